package dev.sloth.master.afar;

import dev.sloth.wire.Calling;
import dev.sloth.wire.MasterAddress;
import dev.sloth.wire.Refusals;
import dev.sloth.wire.WireProblems;
import io.grpc.Status;
import io.grpc.StatusException;
import io.grpc.stub.BlockingClientCall;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/// One call whose answer comes bit by bit. For one thread.
final class Inflow<Q, A> implements AutoCloseable {
    /// A master that says nothing for so long is taken to be gone.
    private static final Duration SILENCE_MAX = Duration.ofSeconds(20);

    private final MasterAddress master;
    private final BlockingClientCall<Q, A> call;
    private boolean over;

    Inflow(MasterAddress master, Calling.Call<BlockingClientCall<Q, A>> call) {
        this.master = master;
        this.call = told(master, call);
    }

    /// The next bit; nothing at the end.
    Optional<A> next() {
        try {
            return within(SILENCE_MAX);
        } catch (TimeoutException _) {
            throw Refusals.read(
                    new StatusException(
                            Status.DEADLINE_EXCEEDED.withDescription(
                                    "nothing came for %d seconds"
                                            .formatted(SILENCE_MAX.toSeconds()))),
                    master);
        }
    }

    /// @throws TimeoutException when nothing comes within this time; it may be asked again
    Optional<A> within(Duration time) throws TimeoutException {
        try {
            return ended(call.read(time.toMillis(), TimeUnit.MILLISECONDS));
        } catch (StatusException e) {
            over = true;
            throw RunProblems.read(Refusals.read(e, master));
        } catch (InterruptedException _) {
            throw interrupted();
        }
    }

    private Optional<A> ended(@Nullable A answer) {
        over = answer == null;
        return Optional.ofNullable(answer);
    }

    /// Sends one bit of a question. False when the master wants no more: it has answered already.
    boolean send(Q message) {
        try {
            return call.write(message, SILENCE_MAX.toMillis(), TimeUnit.MILLISECONDS);
        } catch (StatusException e) {
            over = true;
            throw RunProblems.read(Refusals.read(e, master));
        } catch (TimeoutException _) {
            return false;
        } catch (InterruptedException _) {
            throw interrupted();
        }
    }

    /// Nothing more is sent.
    void sent() {
        call.halfClose();
    }

    private static RuntimeException interrupted() {
        Thread.currentThread().interrupt();
        return WireProblems.of(
                WireProblems.UNREACHABLE,
                "the answer of the master was not waited for",
                "ask again");
    }

    private static <T> T told(MasterAddress master, Calling.Call<T> call) {
        return Calling.answered(master, call);
    }

    @Override
    public void close() {
        if (!over) {
            call.cancel("enough", null);
        }
    }
}
