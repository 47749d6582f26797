package dev.sloth.lua.value;

/// The fields of a metatable that the engine itself looks for.
@SuppressWarnings("ImmutableEnumChecker") // strings never change
public enum Metamethod {
    INDEX("__index"),
    NEWINDEX("__newindex"),
    CALL("__call"),
    ADD("__add"),
    SUBTRACT("__sub"),
    MULTIPLY("__mul"),
    DIVIDE("__div"),
    MODULO("__mod"),
    POWER("__pow"),
    NEGATE("__unm"),
    CONCAT("__concat"),
    LENGTH("__len"),
    EQUAL("__eq"),
    LESS("__lt"),
    LESS_OR_EQUAL("__le"),
    TOSTRING("__tostring"),
    METATABLE("__metatable"),
    MODE("__mode"),
    GC("__gc");

    private final LuaString key;

    Metamethod(String key) {
        this.key = LuaString.of(key);
    }

    /// The operator that it stands for, of those of arithmetic with two operands.
    public char sign() {
        return switch (this) {
            case ADD -> '+';
            case SUBTRACT -> '-';
            case MULTIPLY -> '*';
            case DIVIDE -> '/';
            case MODULO -> '%';
            case POWER -> '^';
            default -> throw new IllegalArgumentException("no such arithmetic: " + this);
        };
    }

    public LuaString key() {
        return key;
    }

    @SuppressWarnings("EnumOrdinal") // a bit each, kept nowhere
    int bit() {
        return 1 << ordinal();
    }
}
