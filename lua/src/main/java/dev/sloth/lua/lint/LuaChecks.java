package dev.sloth.lua.lint;

import java.util.List;
import java.util.Set;

/// The checks that know Lua and nothing else.
public final class LuaChecks {
    private LuaChecks() {}

    /// All of them.
    ///
    /// @param globals the names of the globals that the host gives to scripts
    public static List<Check> all(Set<String> globals, Spelling spelling) {
        return List.of(
                new UnusedNames(),
                new HiddenNames(),
                new Globals(globals, spelling),
                new DeadCode(),
                new Lists(),
                new Labels());
    }
}
