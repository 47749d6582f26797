package dev.sloth.core.journal;

import dev.sloth.core.store.StoreFailure;
import java.time.DateTimeException;
import java.util.function.Supplier;
import tools.jackson.core.JacksonException;

/// What is said of bytes that are not what was written.
final class Damage {
    private Damage() {}

    static StoreFailure found(String what) {
        return new StoreFailure(StoreFailure.Reason.DAMAGED, what);
    }

    /// Reads, and calls damage whatever the parser and the types say against what was read.
    static <T> T unless(String what, Supplier<T> read) {
        try {
            return read.get();
        } catch (StoreFailure e) {
            throw new StoreFailure(e.reason(), what + ": " + e.getMessage(), e);
        } catch (JacksonException
                | IllegalArgumentException
                | ArithmeticException
                | DateTimeException e) {
            throw new StoreFailure(
                    StoreFailure.Reason.DAMAGED, what + " is damaged: " + e.getMessage(), e);
        }
    }
}
