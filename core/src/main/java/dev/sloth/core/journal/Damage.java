package dev.sloth.core.journal;

import dev.sloth.codec.DamagedDocument;
import dev.sloth.core.store.StoreFailure;
import java.time.DateTimeException;
import java.util.function.Supplier;

/// What is said of bytes in a store that are not what was written.
final class Damage {
    private Damage() {}

    static StoreFailure found(String what) {
        return new StoreFailure(StoreFailure.Reason.DAMAGED, what);
    }

    /// Reads, and calls damage whatever the codec and the types say against what was read.
    static <T> T unless(String what, Supplier<T> read) {
        try {
            return read.get();
        } catch (StoreFailure e) {
            throw new StoreFailure(e.reason(), what + ": " + e.getMessage(), e);
        } catch (DamagedDocument e) {
            throw e.newer()
                    ? new StoreFailure(StoreFailure.Reason.NEWER, what + ": " + e.getMessage(), e)
                    : damaged(what, e);
        } catch (IllegalArgumentException | ArithmeticException | DateTimeException e) {
            throw damaged(what, e);
        }
    }

    private static StoreFailure damaged(String what, RuntimeException cause) {
        return new StoreFailure(
                StoreFailure.Reason.DAMAGED, what + " is damaged: " + cause.getMessage(), cause);
    }
}
