package dev.sloth.lua.value;

/// The value `nil`.
public enum LuaNil {
    NIL;

    @Override
    public String toString() {
        return "nil";
    }
}
