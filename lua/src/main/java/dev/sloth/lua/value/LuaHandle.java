package dev.sloth.lua.value;

import org.jspecify.annotations.Nullable;

/// A userdata: an object of the host, opaque to scripts but for its metatable.
public final class LuaHandle {
    private final Object held;
    private @Nullable LuaTable metatable;

    public LuaHandle(Object held, @Nullable LuaTable metatable) {
        this.held = held;
        this.metatable = metatable;
    }

    public Object held() {
        return held;
    }

    public @Nullable LuaTable metatable() {
        return metatable;
    }

    public void setMetatable(@Nullable LuaTable table) {
        metatable = table;
    }
}
