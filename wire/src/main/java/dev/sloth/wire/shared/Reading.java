package dev.sloth.wire.shared;

import com.google.protobuf.InvalidProtocolBufferException;
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

    /// @throws dev.sloth.api.workflow.Problems when it cannot be read
    static <T> T of(Act<T> act) {
        try {
            return act.read();
        } catch (InvalidProtocolBufferException
                | DamagedDocument
                | IllegalArgumentException
                | ArithmeticException
                | DateTimeException e) {
            throw WireProblems.unreadable(String.valueOf(e.getMessage()));
        }
    }
}
