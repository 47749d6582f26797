package dev.sloth.dsl;

import dev.sloth.api.plugin.Permission;
import dev.sloth.api.value.Value;
import java.time.ZoneId;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.Iterator;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;

/// States that were put back to what they were when their script had been loaded, for the next who
/// asks for the same. Any thread may ask.
final class Idle {
    /// More are not kept; the one that has waited longest goes first.
    private static final int STATES_MAX = 8;

    /// What all of them may take together.
    private static final long BYTES_MAX = 256L << 20;

    /// Of what all scripts may take, they may take this part at most.
    private static final int OF_ALL_SCRIPTS = 4;

    private final ReentrantLock lock = new ReentrantLock();
    private final Deque<Loaded> states = new ArrayDeque<>();
    private final long bytesMax;
    private long bytes;

    /// @param all what all scripts may take, in bytes
    Idle(long all) {
        bytesMax = Math.min(BYTES_MAX, all / OF_ALL_SCRIPTS);
    }

    /// A state, what it was loaded for, and what it was like then.
    record Loaded(Purpose purpose, ScriptState state, ScriptState.Origin origin) {
        long bytes() {
            return origin.imprint().bytes();
        }
    }

    /// What a state is loaded for. Two are the same when the script and the values are the same
    /// objects: what a script imports belongs to its run.
    record Purpose(
            Source source, String workflow, Value values, Set<Permission> granted, ZoneId zone) {

        @SuppressWarnings("ReferenceEquality") // these very objects
        boolean is(Purpose other) {
            return source == other.source
                    && values == other.values
                    && workflow.equals(other.workflow)
                    && granted.equals(other.granted)
                    && zone.equals(other.zone);
        }
    }

    Optional<Loaded> take(Purpose purpose) {
        lock.lock();
        try {
            for (Iterator<Loaded> each = states.iterator(); each.hasNext(); ) {
                var loaded = each.next();
                if (loaded.purpose().is(purpose)) {
                    each.remove();
                    bytes -= loaded.bytes();
                    return Optional.of(loaded);
                }
            }
            return Optional.empty();
        } finally {
            lock.unlock();
        }
    }

    /// Takes a state in when all could be put back, or closes it.
    void give(Loaded loaded) {
        if (!loaded.state().putBack(loaded.origin())) {
            loaded.state().close();
            return;
        }
        var oldest = new ArrayList<Loaded>();
        lock.lock();
        try {
            states.addFirst(loaded);
            bytes += loaded.bytes();
            while (states.size() > STATES_MAX || bytes > bytesMax) {
                var last = states.removeLast();
                bytes -= last.bytes();
                oldest.add(last);
            }
        } finally {
            lock.unlock();
        }
        oldest.forEach(old -> old.state().close());
    }
}
