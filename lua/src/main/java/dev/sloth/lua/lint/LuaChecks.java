package dev.sloth.lua.lint;

import java.util.List;

/// The checks that know Lua and nothing else.
public final class LuaChecks {
    private LuaChecks() {}

    /// All of them.
    public static List<Check> all(GivenNames globals, Spelling spelling) {
        return List.of(
                new UnusedNames(),
                new HiddenNames(),
                new Globals(globals, spelling),
                new DeadCode(),
                new Lists(),
                new Labels());
    }
}
