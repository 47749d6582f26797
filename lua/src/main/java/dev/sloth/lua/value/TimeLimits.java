package dev.sloth.lua.value;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// The limits of time that are open in a state. They are opened, closed and looked at by the holder
/// of the baton; one is made to expire by any thread, under the guard of [Fibers], as is closing.
final class TimeLimits {
    private final List<TimeLimit> open = new ArrayList<>();

    /// Whether the time of an open one is up.
    private volatile boolean late;

    void open(TimeLimit limit) {
        open.add(limit);
    }

    /// Whether it was open.
    boolean expire(TimeLimit limit) {
        boolean up = limit.beUp();
        if (up) {
            late = true;
        }
        return up;
    }

    void close(TimeLimit limit) {
        open.remove(limit);
        limit.beClosed();
        late = isLate(open);
    }

    boolean late() {
        return late;
    }

    /// Those that concern what runs now.
    List<TimeLimit> concerning(@Nullable Fiber running, @Nullable LuaCoroutine current) {
        if (open.isEmpty() || running == null) {
            return List.of();
        }
        return open.stream().filter(limit -> limit.concerns(running, current)).toList();
    }

    static boolean isLate(List<TimeLimit> limits) {
        return firstUp(limits).isPresent();
    }

    static Optional<TimeLimit> firstUp(List<TimeLimit> limits) {
        return limits.stream().filter(TimeLimit::isUp).findFirst();
    }
}
