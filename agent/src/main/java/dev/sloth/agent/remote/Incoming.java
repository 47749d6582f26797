package dev.sloth.agent.remote;

import dev.sloth.api.state.StateRefusal;
import dev.sloth.api.value.Allowance;
import dev.sloth.wire.proto.SharedPart;
import dev.sloth.wire.shared.SharedParts;
import io.grpc.Status;
import io.grpc.StatusException;
import io.grpc.stub.BlockingClientCall;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.LongConsumer;

/// A call whose answers come in parts. It ends when this is closed. For use by one thread at a
/// time.
final class Incoming implements AutoCloseable {
    private final BlockingClientCall<?, SharedPart> call;
    private final SharedParts parts;

    Incoming(BlockingClientCall<?, SharedPart> call, long max) {
        this.call = call;
        this.parts = new SharedParts(max);
    }

    /// The next message.
    ///
    /// @param allowance pays for it and, while it is put together, for its parts
    /// @throws StateRefusal when the allowance does not give what it takes
    byte[] next(Duration timeout, Allowance allowance)
            throws StatusException, TimeoutException, InterruptedException {
        var end = Deadline.within(timeout);
        var cost = paying(allowance);
        while (true) {
            var part = part(call, end.left());
            cost.accept(2L * SharedParts.size(part));
            var message = parts.add(part);
            if (message.isPresent()) {
                return message.get();
            }
        }
    }

    /// The next message of a call whose answers are small.
    byte[] next(Duration timeout) throws StatusException, TimeoutException, InterruptedException {
        return next(timeout, Allowance.FREE);
    }

    /// Takes of an allowance what an answer takes, without waiting for the script: the call would
    /// go on meanwhile.
    static LongConsumer paying(Allowance allowance) {
        return bytes -> {
            if (!allowance.tryTake(bytes)) {
                throw StateRefusal.noMemory();
            }
        };
    }

    /// What a call says next.
    static <T> T part(BlockingClientCall<?, T> call, Duration timeout)
            throws StatusException, TimeoutException, InterruptedException {
        var part = call.read(timeout.toNanos(), TimeUnit.NANOSECONDS);
        if (part == null) {
            throw Status.UNAVAILABLE
                    .withDescription("the master ended the call before its answer")
                    .asException();
        }
        return part;
    }

    /// Says all of a message. A call that is over says no more: its answer tells why.
    static void send(
            BlockingClientCall<SharedPart, ?> call, List<SharedPart> message, Duration timeout)
            throws StatusException, TimeoutException, InterruptedException {
        var end = Deadline.within(timeout);
        for (var part : message) {
            if (!call.write(part, end.left().toNanos(), TimeUnit.NANOSECONDS)) {
                return;
            }
        }
    }

    @Override
    public void close() {
        end(call);
    }

    static void end(BlockingClientCall<?, ?> call) {
        call.cancel("nothing more is wanted of it", null);
    }
}
