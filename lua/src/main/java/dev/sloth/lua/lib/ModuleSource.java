package dev.sloth.lua.lib;

import dev.sloth.lua.value.LuaFunction;
import dev.sloth.lua.value.LuaState;
import java.util.Optional;

/// Where `require` finds modules; the host decides which there are.
@FunctionalInterface
public interface ModuleSource {
    /// The loader of a module, to be called with the module's name; empty if there is no such
    /// module. A module that does not compile is a [dev.sloth.lua.value.LuaError].
    Optional<LuaFunction> find(LuaState s, String name);
}
