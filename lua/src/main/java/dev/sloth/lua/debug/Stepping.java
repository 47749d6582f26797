package dev.sloth.lua.debug;

import dev.sloth.lua.value.Fiber;
import dev.sloth.lua.vm.Frame;
import dev.sloth.lua.vm.Stop;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// Decides where a step ends. Calls are told apart by what they are, not by how deep they are: so
/// recursion, tail calls and what runs beside it do not end a step, and the resumer of a coroutine
/// is a caller like any other.
sealed interface Stepping {
    /// Goes on without end.
    Stepping FREE = new Free();

    /// Whether a stop ends the step.
    boolean endsAt(Fiber fiber, Frame f, Stop stop);

    /// Where a step begins.
    ///
    /// @param callers calls that wait for `frame`
    record Origin(Fiber fiber, Frame frame, Optional<Stop> stop, Set<Object> callers) {
        static Origin of(Fiber fiber, Frame frame, Optional<Stop> stop, List<?> under) {
            Set<Object> callers = Collections.newSetFromMap(new IdentityHashMap<>());
            callers.addAll(under);
            callers.remove(frame);
            return new Origin(fiber, frame, stop, callers);
        }

        @SuppressWarnings("ReferenceEquality") // this very call, this very place
        boolean leftBy(Frame f, Stop to) {
            return f != frame
                    || stop.isEmpty()
                    || stop.get() == to
                    || stop.get().line() != to.line();
        }

        /// The host makes one call after the other, each a fiber of its own.
        @SuppressWarnings("ReferenceEquality") // this very fiber
        boolean isOn(Fiber other) {
            return fiber == other || (fiber.isHost() && other.isHost());
        }
    }

    static Stepping of(Go go, Origin from) {
        return switch (go) {
            case ON -> FREE;
            case INTO -> new Into(from);
            case OVER -> new Over(from);
            case OUT -> new Out(from);
        };
    }

    record Free() implements Stepping {
        @Override
        public boolean endsAt(Fiber fiber, Frame f, Stop stop) {
            return false;
        }
    }

    record Into(Origin from) implements Stepping {
        @Override
        public boolean endsAt(Fiber fiber, Frame f, Stop stop) {
            return from.isOn(fiber) && from.leftBy(f, stop);
        }
    }

    record Over(Origin from) implements Stepping {
        @Override
        @SuppressWarnings("ReferenceEquality") // this very call
        public boolean endsAt(Fiber fiber, Frame f, Stop stop) {
            return (f == from.frame && from.leftBy(f, stop)) || from.callers.contains(f);
        }
    }

    record Out(Origin from) implements Stepping {
        @Override
        public boolean endsAt(Fiber fiber, Frame f, Stop stop) {
            return from.callers.contains(f);
        }
    }
}
