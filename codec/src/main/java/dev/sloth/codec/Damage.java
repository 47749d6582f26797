package dev.sloth.codec;

import java.time.DateTimeException;
import java.util.function.Supplier;
import tools.jackson.core.JacksonException;

/// What is said of bytes that are not what was written.
final class Damage {
    private Damage() {}

    static DamagedDocument found(String why) {
        return new DamagedDocument(why);
    }

    /// Reads, and calls damage whatever the parser and the types say against what was read.
    static <T> T unless(Supplier<T> read) {
        try {
            return read.get();
        } catch (JacksonException e) {
            throw new DamagedDocument(e.getOriginalMessage(), e);
        } catch (IllegalArgumentException | ArithmeticException | DateTimeException e) {
            throw new DamagedDocument(String.valueOf(e.getMessage()), e);
        }
    }
}
