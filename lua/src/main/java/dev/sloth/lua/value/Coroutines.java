package dev.sloth.lua.value;

import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/// The coroutines of a state that have begun and not ended.
final class Coroutines {
    private final LuaState s;
    private final Set<LuaCoroutine> begun = new LinkedHashSet<>();

    Coroutines(LuaState s) {
        this.s = s;
    }

    int count() {
        return begun.size();
    }

    /// One begins.
    ///
    /// @throws LuaError when there are as many as the budget allows
    void admit(LuaCoroutine coroutine) {
        int most = s.budget().coroutines();
        if (begun.size() >= most) {
            endUnreachable();
        }
        if (begun.size() >= most) {
            throw s.error("too many coroutines");
        }
        begun.add(coroutine);
    }

    /// One has ended.
    void dismiss(LuaCoroutine coroutine) {
        begun.remove(coroutine);
    }

    /// Ends those that nothing in the state refers to any more: a script may begin many and leave
    /// them unfinished.
    private void endUnreachable() {
        s.check(begun.size());
        Set<Object> reached = Collections.newSetFromMap(new IdentityHashMap<>());
        long _ =
                s.walk(o -> {
                    if (o instanceof LuaCoroutine) {
                        reached.add(o);
                    }
                });
        for (LuaCoroutine each : List.copyOf(begun)) {
            if (!reached.contains(each)) {
                each.close(s);
            }
        }
    }

    /// Ends all that are suspended.
    void close() {
        for (LuaCoroutine each : List.copyOf(begun)) {
            each.close(s);
        }
    }
}
