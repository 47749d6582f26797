package dev.sloth.lua.value;

/// Values as text.
public final class Texts {
    private Texts() {}

    /// The text of a string or number; only for those.
    public static LuaString raw(double d, Object o) {
        if (LuaValues.isNumber(d)) {
            return LuaNumbers.text(d);
        }
        return (LuaString) o;
    }

    /// As `tostring` says, `__tostring` included.
    public static LuaString of(LuaState s, double d, Object o) {
        Object method = Metatables.method(s, d, o, Metamethod.TOSTRING);
        if (method == LuaNil.NIL) {
            return plain(d, o);
        }
        double r = Calls.binary(s, method, d, o, LuaValues.TAG, LuaNil.NIL);
        if (LuaValues.isNumber(r)) {
            return LuaNumbers.text(r);
        }
        if (s.out instanceof LuaString text) {
            return text;
        }
        throw s.error("'tostring' must return a string to 'print'");
    }

    /// As `tostring` says of a value without a metatable.
    public static LuaString plain(double d, Object o) {
        if (LuaValues.isNumber(d)) {
            return LuaNumbers.text(d);
        }
        return switch (o) {
            case LuaText text -> text.plain();
            case LuaString text -> text;
            case LuaNil _ -> LuaType.NIL.luaName();
            case Boolean b -> LuaString.of(b.toString());
            default -> LuaString.of(LuaType.of(d, o) + ": " + address(o));
        };
    }

    /// What tells one object from another in text.
    public static String address(Object o) {
        return "0x%08x".formatted(System.identityHashCode(o));
    }
}
