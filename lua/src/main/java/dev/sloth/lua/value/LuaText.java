package dev.sloth.lua.value;

/// A string that carries named fields: acts as its text everywhere, and answers `value.field` from
/// its fields first.
public final class LuaText extends LuaString {
    private final LuaTable fields;

    public LuaText(LuaString text, LuaTable fields) {
        super(text.bytes());
        this.fields = fields;
    }

    public LuaTable fields() {
        return fields;
    }

    /// The text alone.
    public LuaString plain() {
        return LuaString.ofBytes(bytes());
    }
}
