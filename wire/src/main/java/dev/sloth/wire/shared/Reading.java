package dev.sloth.wire.shared;

import com.google.protobuf.InvalidProtocolBufferException;
import dev.sloth.api.workflow.Problems;
import dev.sloth.codec.DamagedDocument;
import dev.sloth.wire.WireProblems;
import java.time.DateTimeException;

/// Reads what the other side sent.
final class Reading {
    private Reading() {}

    /// Something that can be wrong with it.
    @FunctionalInterface
    interface Act<T> {
        T read() throws InvalidProtocolBufferException;
    }

    /// @throws Problems when it cannot be read
    static <T> T of(Act<T> act) {
        try {
            return act.read();
        } catch (InvalidProtocolBufferException
                | DamagedDocument
                | IllegalArgumentException
                | ArithmeticException
                | DateTimeException e) {
            throw unreadable(String.valueOf(e.getMessage()));
        }
    }

    static Problems unreadable(String why) {
        return WireProblems.of(
                WireProblems.UNREADABLE,
                "what was said of shared state cannot be read: " + why,
                "use the same version of sloth-runner on both sides");
    }
}
