package dev.sloth.plugins.reliability;

import dev.sloth.api.value.ScriptFailure;
import dev.sloth.api.value.Value;
import dev.sloth.plugins.value.Shown;
import java.util.List;

/// One call of the function that may fail.
sealed interface Attempt {
    record Succeeded(List<Value> results) implements Attempt {}

    record Failed(String message) implements Attempt {}

    /// Calls it. An error, or nil or false with a message behind it, is a failure.
    static Attempt of(Value.Callable function) {
        List<Value> results;
        try {
            results = function.call(List.of());
        } catch (ScriptFailure e) {
            return new Failed(String.valueOf(e.getMessage()));
        }
        if (results.isEmpty() || results.getFirst().truthy()) {
            return new Succeeded(results);
        }
        boolean said = results.size() > 1 && results.get(1) != Value.Nil.NIL;
        boolean refused = results.getFirst() == Value.Bool.FALSE;
        if (said || refused) {
            return new Failed(said ? Shown.line(results.get(1)) : "the function returned false");
        }
        return new Succeeded(results);
    }
}
