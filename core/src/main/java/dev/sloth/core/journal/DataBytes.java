package dev.sloth.core.journal;

import dev.sloth.api.value.Value;

/// Data as bytes that others keep, in the form that it has in journals.
public final class DataBytes {
    private DataBytes() {}

    /// Never empty. Equal tables whose keys are in the same order are equal bytes.
    ///
    /// @throws IllegalArgumentException when it is not data
    public static byte[] of(Value value) {
        return Documents.bare(pen -> ValueFormat.write(pen, value));
    }

    /// @param what the bytes are, for messages
    /// @throws dev.sloth.core.store.StoreFailure `DAMAGED` when they are not what was written
    public static Value read(String what, byte[] bytes) {
        return Damage.unless(what, () -> ValueFormat.read(Documents.bare(bytes)));
    }
}
