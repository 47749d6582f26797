package dev.sloth.dsl.lint;

import dev.sloth.lua.Lua;
import dev.sloth.lua.Script;
import dev.sloth.lua.lib.Surroundings;
import dev.sloth.lua.value.Budget;
import dev.sloth.lua.value.Grants;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// The globals of Lua itself, and what its libraries hold: all that there can be, granted or not.
/// Asked from a state, so that there is no second list to keep.
record LuaNames(Set<String> globals, Map<String, Set<String>> libraries) {
    private static final Grants ALL = Grants.of("io", "os", "debug", "dofile", "loadfile");

    /// Gives the names of globals, and of what is in those that are tables as `library.name`.
    private static final String LISTER =
            """
            local names = {}
            for name, value in pairs(_G) do
                names[#names + 1] = name
                if type(value) == "table" and value ~= _G then
                    for field in pairs(value) do
                        names[#names + 1] = name .. "." .. tostring(field)
                    end
                end
            end
            return unpack(names)
            """;

    /// Libraries that grow while scripts run.
    private static final Set<String> OPEN = Set.of("package", "_G", "arg");

    static LuaNames all() {
        var around = Surroundings.NOTHING.withModules((_, _) -> Optional.empty());
        var globals = new HashSet<String>();
        var libraries = new HashMap<String, Set<String>>();
        try (var lua = Lua.newState(Budget.DEFAULT, ALL, around)) {
            for (var each : lua.run(lister())) {
                var name = each.toString();
                int dot = name.indexOf('.');
                if (dot < 0) {
                    globals.add(name);
                } else if (!OPEN.contains(name.substring(0, dot))) {
                    libraries
                            .computeIfAbsent(name.substring(0, dot), _ -> new HashSet<>())
                            .add(name.substring(dot + 1));
                }
            }
        }
        globals.add("arg");
        return new LuaNames(globals, libraries);
    }

    private static Script lister() {
        return switch (Script.compile("lister", LISTER.getBytes(StandardCharsets.UTF_8))) {
            case Script.Outcome.Ready(var script) -> script;
            case Script.Outcome.Wrong(var errors) ->
                    throw new IllegalStateException(errors.toString());
        };
    }
}
