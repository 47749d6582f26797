package dev.sloth.api.plugin;

/// What a parameter takes or a result is.
public enum Type {
    ANY("any"),
    BOOLEAN("boolean"),
    /// A number; numeric strings are accepted, as Lua does.
    NUMBER("number"),
    /// A number without fraction.
    INTEGER("integer"),
    /// A string; numbers are accepted, as Lua does.
    STRING("string"),
    TABLE("table"),
    FUNCTION("function"),
    /// Seconds as a number, or text such as `300ms`, `10s`, `1h30m`.
    DURATION("string|number"),
    STRING_OR_TABLE("string|table"),
    STRING_OR_FUNCTION("string|function"),
    HANDLE("userdata");

    private final String annotation;

    Type(String annotation) {
        this.annotation = annotation;
    }

    /// The type as editors' annotations write it.
    public String annotation() {
        return annotation;
    }
}
