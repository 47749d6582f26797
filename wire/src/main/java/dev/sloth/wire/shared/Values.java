package dev.sloth.wire.shared;

import com.google.protobuf.ByteString;
import dev.sloth.api.state.StateRefusal;
import dev.sloth.api.state.StateRefusal.Reason;
import dev.sloth.api.value.Data;
import dev.sloth.api.value.Value;
import dev.sloth.codec.ValueFormat;
import dev.sloth.wire.Parts;
import dev.sloth.wire.proto.Moment;
import dev.sloth.wire.proto.TimeSpan;
import java.time.Duration;
import java.time.Instant;

/// Values and times in messages.
final class Values {
    private Values() {}

    /// @param where the value is, for messages
    /// @throws StateRefusal when it is not data
    static ByteString checked(Value value, String where) {
        try {
            return bytes(Data.copyOf(value, where, Parts.WHOLE_MAX));
        } catch (Data.TooLarge e) {
            throw new StateRefusal(Reason.QUOTA, String.valueOf(e.getMessage()));
        } catch (IllegalArgumentException e) {
            throw new StateRefusal(Reason.WRONG, String.valueOf(e.getMessage()));
        }
    }

    /// @param value that is data
    static ByteString bytes(Value value) {
        return value == Value.Nil.NIL
                ? ByteString.EMPTY
                : ByteString.copyFrom(ValueFormat.bytes(value));
    }

    /// About what a value takes once it is read.
    static long memory(ByteString bytes) {
        return ValueFormat.memory(bytes.toByteArray());
    }

    /// @throws dev.sloth.codec.DamagedDocument when it is none
    static Value read(ByteString bytes) {
        return bytes.isEmpty() ? Value.Nil.NIL : ValueFormat.read(bytes.toByteArray());
    }

    static TimeSpan span(Duration time) {
        return TimeSpan.newBuilder().setSeconds(time.getSeconds()).setNanos(time.getNano()).build();
    }

    static Duration read(TimeSpan span) {
        return Duration.ofSeconds(span.getSeconds(), span.getNanos());
    }

    static Moment moment(Instant at) {
        return Moment.newBuilder().setSeconds(at.getEpochSecond()).setNanos(at.getNano()).build();
    }

    static Instant read(Moment at) {
        return Instant.ofEpochSecond(at.getSeconds(), at.getNanos());
    }
}
