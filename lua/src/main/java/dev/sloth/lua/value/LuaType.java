package dev.sloth.lua.value;

/// The types of Lua.
@SuppressWarnings("ImmutableEnumChecker") // strings never change
public enum LuaType {
    NIL("nil"),
    BOOLEAN("boolean"),
    NUMBER("number"),
    STRING("string"),
    TABLE("table"),
    FUNCTION("function"),
    THREAD("thread"),
    USERDATA("userdata");

    private final String word;
    private final LuaString name;

    LuaType(String word) {
        this.word = word;
        this.name = LuaString.of(word);
    }

    /// What `type` answers.
    public LuaString luaName() {
        return name;
    }

    @Override
    public String toString() {
        return word;
    }

    public static LuaType of(double d, Object o) {
        if (LuaValues.isNumber(d)) {
            return NUMBER;
        }
        return switch (o) {
            case LuaNil _ -> NIL;
            case Boolean _ -> BOOLEAN;
            case LuaString _ -> STRING;
            case LuaTable _ -> TABLE;
            case LuaFunction _ -> FUNCTION;
            case LuaCoroutine _ -> THREAD;
            default -> USERDATA;
        };
    }
}
