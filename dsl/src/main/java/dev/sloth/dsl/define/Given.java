package dev.sloth.dsl.define;

import dev.sloth.api.value.Value;
import dev.sloth.dsl.bind.Border;
import dev.sloth.lua.value.MemoryWalk;
import java.util.ArrayList;
import java.util.List;

/// What a script gave to one field of a draft.
record Given(Draft owner, String field, List<Value> values, Spot at) {
    private static final long BYTES = 256;

    Given {
        values = List.copyOf(values);
    }

    /// The value, when there is but one to look at.
    Value value() {
        return values.isEmpty() ? Value.Nil.NIL : values.getFirst();
    }

    /// What it takes to note these.
    static long bytes(List<Value> values) {
        long bytes = BYTES;
        for (Value value : values) {
            bytes += Border.bytes(value);
        }
        return bytes;
    }

    /// Shows a walk what is noted, and gives the bytes that the note takes.
    long visit(MemoryWalk walk) {
        long bytes = BYTES;
        for (Value value : values) {
            bytes += Border.kept(value, walk);
        }
        return bytes;
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
