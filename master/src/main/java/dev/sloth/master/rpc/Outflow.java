package dev.sloth.master.rpc;

import com.google.protobuf.ByteString;
import com.google.protobuf.MessageLite;
import dev.sloth.core.store.news.Bell;
import dev.sloth.master.afar.RunLimits;
import dev.sloth.wire.proto.AnswerPart;
import io.grpc.Context;
import io.grpc.stub.ServerCallStreamObserver;
import java.time.Duration;
import java.util.concurrent.CancellationException;

/// An answer that goes out bit by bit, as fast as its caller takes it. For one thread.
final class Outflow<T> {
    /// A caller who takes nothing for so long is given up.
    private static final Duration PATIENCE = Duration.ofMinutes(1);

    private final ServerCallStreamObserver<T> caller;
    private final Context context = Context.current();
    private final Bell bell = new Bell();

    /// To be made before the call's own thread goes on to other work.
    Outflow(ServerCallStreamObserver<T> caller) {
        this.caller = caller;
        caller.setOnReadyHandler(bell::ring);
        caller.setOnCancelHandler(bell::ring);
        context.addListener(_ -> bell.ring(), Runnable::run);
    }

    /// @throws CancellationException when nobody takes it any more
    void send(T message) throws InterruptedException {
        for (long heard = bell.rings(); !ready(); heard = bell.rings()) {
            bell.await(heard, PATIENCE);
            if (bell.rings() == heard) {
                throw new CancellationException("the caller takes nothing");
            }
        }
        caller.onNext(message);
    }

    private boolean ready() {
        if (gone()) {
            throw new CancellationException("the caller is gone");
        }
        return caller.isReady();
    }

    /// Or may not make this call any more.
    boolean gone() {
        return caller.isCancelled() || context.isCancelled();
    }

    /// Lets time pass, but no more than until the caller is gone.
    void pause(Duration time) throws InterruptedException {
        long heard = bell.rings();
        if (!gone()) {
            bell.await(heard, time);
        }
    }

    /// Sends a message of any length.
    static void send(Outflow<AnswerPart> out, MessageLite message) throws InterruptedException {
        var whole = message.toByteString();
        int from = 0;
        do {
            int to = Math.min(whole.size(), from + RunLimits.PART_BYTES_MAX);
            out.send(part(whole.substring(from, to), to < whole.size()));
            from = to;
        } while (from < whole.size());
    }

    private static AnswerPart part(ByteString bytes, boolean more) {
        return AnswerPart.newBuilder().setPart(bytes).setMore(more).build();
    }
}
