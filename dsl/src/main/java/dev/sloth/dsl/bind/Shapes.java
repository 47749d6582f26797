package dev.sloth.dsl.bind;

import dev.sloth.api.plugin.Parameter;
import dev.sloth.api.plugin.Type;
import dev.sloth.api.value.Text;
import dev.sloth.api.value.Value;
import dev.sloth.lua.value.LuaValues;
import java.util.Optional;

/// Whether a value is of a declared type, and what to say when it is not.
final class Shapes {
    private Shapes() {}

    /// What is wrong with the value, in Lua's words; empty when it fits.
    static Optional<String> misfit(Type type, Value value) {
        return switch (type) {
            case ANY -> Optional.empty();
            case BOOLEAN -> expect(value instanceof Value.Bool, "boolean", value);
            case NUMBER -> expect(LuaValues.isNumber(number(value)), "number", value);
            case INTEGER -> integer(value);
            case STRING -> expect(isText(value), "string", value);
            case TABLE -> expect(value instanceof Value.Table, "table", value);
            case FUNCTION -> expect(value instanceof Value.Callable, "function", value);
            case DURATION -> duration(value);
            case STRING_OR_TABLE ->
                    expect(isText(value) || value instanceof Value.Table, "string or table", value);
            case STRING_OR_FUNCTION ->
                    expect(
                            isText(value) || value instanceof Value.Callable,
                            "string or function",
                            value);
            case HANDLE -> expect(value instanceof Value.Handle, "userdata", value);
        };
    }

    /// What is wrong with a text that is none of the declared ones.
    static Optional<String> stranger(Parameter parameter, Value text) {
        return parameter.words().isEmpty() || parameter.words().contains(text.toString())
                ? Optional.empty()
                : Optional.of(
                        "%s expected, got \"%s\""
                                .formatted(String.join(" or ", parameter.words()), text));
    }

    /// What messages call an item of a list.
    static String item(Parameter list, int index) {
        return list.name() + "[" + index + "]";
    }

    /// Whether a parameter of this type can be a table.
    static boolean takesTable(Type type) {
        return switch (type) {
            case ANY, TABLE, STRING_OR_TABLE -> true;
            case BOOLEAN, NUMBER, INTEGER, STRING, FUNCTION, DURATION, STRING_OR_FUNCTION, HANDLE ->
                    false;
        };
    }

    /// A number, or a string that reads as one; else Lua's tag.
    static double number(Value value) {
        return switch (value) {
            case Value.Num number -> LuaValues.number(number.value());
            case Text text -> CheckedCall.parsed(text);
            case Value.Nil _, Value.Bool _, Value.Table _, Value.Callable _, Value.Handle _ ->
                    LuaValues.TAG;
        };
    }

    private static boolean isText(Value value) {
        return value instanceof Text || value instanceof Value.Num;
    }

    private static Optional<String> expect(boolean fits, String wanted, Value value) {
        return fits ? Optional.empty() : Optional.of(wanted + " expected, got " + value.type());
    }

    private static Optional<String> integer(Value value) {
        double number = number(value);
        if (LuaValues.isObject(number)) {
            return expect(false, "number", value);
        }
        if (new Value.Num(number).whole()) {
            return Optional.empty();
        }
        return Optional.of(
                number == Math.rint(number)
                        ? "number is too large: whole numbers are exact up to 2^53"
                        : "number has no integer representation");
    }

    private static Optional<String> duration(Value value) {
        try {
            var _ = Durations.of(value);
            return Optional.empty();
        } catch (IllegalArgumentException e) {
            return Optional.ofNullable(e.getMessage());
        }
    }
}
