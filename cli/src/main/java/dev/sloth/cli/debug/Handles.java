package dev.sloth.cli.debug;

import dev.sloth.lua.debug.Call;
import dev.sloth.lua.debug.Container;
import dev.sloth.lua.debug.Halt;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/// Numbers for what is shown of halts, as long as they last.
final class Handles {
    private final Map<Integer, Frame> frames = new HashMap<>();
    private final Map<Integer, Held> containers = new HashMap<>();
    private int last;

    /// A call of a halt.
    record Frame(Halt halt, Call call) {}

    /// A container of a halt.
    record Held(Halt halt, Container container) {}

    synchronized int of(Halt halt, Call call) {
        for (var known : frames.entrySet()) {
            if (known.getValue().call().equals(call)) {
                return known.getKey();
            }
        }
        frames.put(++last, new Frame(halt, call));
        return last;
    }

    synchronized int of(Halt halt, Container container) {
        containers.put(++last, new Held(halt, container));
        return last;
    }

    synchronized Optional<Frame> frame(int handle) {
        return Optional.ofNullable(frames.get(handle));
    }

    synchronized Optional<Held> container(int handle) {
        return Optional.ofNullable(containers.get(handle));
    }

    synchronized void forget(Halt halt) {
        frames.values().removeIf(f -> f.halt().equals(halt));
        containers.values().removeIf(c -> c.halt().equals(halt));
    }
}
