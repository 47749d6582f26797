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
        } catch (JacksonException e) {
            throw damaged(what, e.getOriginalMessage(), e);
        } catch (IllegalArgumentException | ArithmeticException | DateTimeException e) {
            throw damaged(what, String.valueOf(e.getMessage()), e);
        }
    }

    private static StoreFailure damaged(String what, String why, RuntimeException cause) {
        return new StoreFailure(StoreFailure.Reason.DAMAGED, what + " is damaged: " + why, cause);
    }
}
