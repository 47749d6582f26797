package dev.sloth.store.sql;

import dev.sloth.core.store.StoreFailure;
import java.nio.ByteBuffer;
import java.util.zip.CRC32C;

/// Tells bytes that were kept from bytes that a disk made of them: databases do not look.
final class Checksum {
    private Checksum() {}

    /// @param numbers that belong to the bytes, such as which events they are
    static long of(byte[] body, long... numbers) {
        var crc = new CRC32C();
        var head = ByteBuffer.allocate(numbers.length * Long.BYTES);
        for (long number : numbers) {
            head.putLong(number);
        }
        crc.update(head.array());
        crc.update(body);
        return crc.getValue();
    }

    /// @throws StoreFailure `DAMAGED` when they differ
    static void check(long kept, String what, byte[] body, long... numbers) {
        if (of(body, numbers) != kept) {
            throw new StoreFailure(
                    StoreFailure.Reason.DAMAGED,
                    "%s is damaged: its checksum is another. Restore the store from a backup, or delete the run."
                            .formatted(what));
        }
    }
}
