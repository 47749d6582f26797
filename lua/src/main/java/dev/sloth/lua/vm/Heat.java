package dev.sloth.lua.vm;

import dev.sloth.lua.value.LuaState;
import org.jspecify.annotations.Nullable;

/// How often a loop has turned, and what it has become. Races of several states do no harm: a turn
/// more or less does not matter, and of two classes for one loop either does.
final class Heat {
    private final Promoter promoter;
    private final Promotions promotions;
    private final String function;
    private int turns;
    private @Nullable HotLoop made;

    /// @param function the name of the one that the loop is in
    Heat(Promoter promoter, Promotions promotions, String function) {
        this.promoter = promoter;
        this.promotions = promotions;
        this.function = function;
    }

    /// Counts a turn of a loop.
    ///
    /// @return what goes on with it, if something does
    @Nullable HotLoop turn(LuaState s, Step loop) {
        HotLoop known = made;
        if (known != null) {
            return s.tiered ? known : null;
        }
        if (++turns < s.hotTurns) {
            return null;
        }
        turns = Integer.MIN_VALUE;
        s.charge(Code.BYTES);
        made = promotions.counted(promoter.loop(loop, function)).orElse(null);
        return made;
    }
}
