package dev.sloth.core.journal;

import dev.sloth.api.value.Value;
import dev.sloth.codec.ValueFormat;

/// Data as bytes that a store keeps, in the form that it has in journals.
public final class DataBytes {
    private DataBytes() {}

    /// Never empty. Equal tables whose keys are in the same order are equal bytes.
    ///
    /// @throws IllegalArgumentException when it is not data
    public static byte[] of(Value value) {
        return ValueFormat.bytes(value);
    }

    /// About what the value takes once it is read.
    public static long memory(byte[] bytes) {
        return ValueFormat.memory(bytes);
    }

    /// @param what the bytes are, for messages
    /// @throws dev.sloth.core.store.StoreFailure `DAMAGED` when they are not what was written
    public static Value read(String what, byte[] bytes) {
        return Damage.unless(what, () -> ValueFormat.read(bytes));
    }
}
