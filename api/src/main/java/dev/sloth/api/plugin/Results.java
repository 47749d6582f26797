package dev.sloth.api.plugin;

import dev.sloth.api.value.Text;
import dev.sloth.api.value.Value;
import java.util.List;

/// The usual forms of results.
public final class Results {
    private Results() {}

    public static List<Value> none() {
        return List.of();
    }

    public static List<Value> of(Value... values) {
        return List.of(values);
    }

    public static List<Value> text(String text) {
        return List.of(Text.of(text));
    }

    public static List<Value> number(double number) {
        return List.of(new Value.Num(number));
    }

    public static List<Value> bool(boolean bool) {
        return List.of(Value.Bool.of(bool));
    }

    /// `nil, message`: the failure that a script may look at.
    public static List<Value> fail(String message) {
        return List.of(Value.Nil.NIL, Text.of(message));
    }

    /// `false, message`.
    public static List<Value> refuse(String message) {
        return List.of(Value.Bool.FALSE, Text.of(message));
    }
}
