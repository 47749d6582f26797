package dev.sloth.lua.value;

/// What came of a protected call.
public sealed interface Protected {
    record Ok(Multi values) implements Protected {}

    record Failed(LuaError error) implements Protected {}
}
