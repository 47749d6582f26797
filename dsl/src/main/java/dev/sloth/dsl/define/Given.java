package dev.sloth.dsl.define;

import dev.sloth.api.value.Value;
import java.util.ArrayList;
import java.util.List;

/// What a script gave to one field of a draft.
record Given(Draft owner, String field, List<Value> values, Spot at) {
    Given {
        values = List.copyOf(values);
    }

    /// The value, when there is but one to look at.
    Value value() {
        return values.isEmpty() ? Value.Nil.NIL : values.getFirst();
    }

    Given and(List<Value> more) {
        var all = new ArrayList<>(values);
        all.addAll(more);
        return new Given(owner, field, all, at);
    }

    /// How the function in this field is found again in another load of the script.
    String path() {
        return FunctionPath.of(owner, field);
    }
}
