package dev.sloth.plugins.data;

import dev.sloth.api.value.Text;
import dev.sloth.api.value.Value;
import java.util.function.Supplier;

/// What becomes of a document's scalars that are no text.
enum Scalars {
    /// Numbers, booleans and nil.
    TYPED,
    /// Numbers and booleans are the text that stands there; null is `false`, which nothing else is.
    WRITTEN;

    static final Value NULL_WRITTEN = Value.Bool.FALSE;

    /// @param text as it stands there
    Value scalar(String text, Supplier<Value> typed) {
        return this == WRITTEN ? Text.of(text) : typed.get();
    }

    Value nothing() {
        return this == WRITTEN ? NULL_WRITTEN : Value.Nil.NIL;
    }
}
