package dev.sloth.master.rpc;

import dev.sloth.wire.Refusals;
import dev.sloth.wire.proto.SharedPart;
import dev.sloth.wire.shared.SharedParts;
import io.grpc.Status;
import io.grpc.stub.ServerCallStreamObserver;
import io.grpc.stub.StreamObserver;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.function.Function;

/// One call whose messages come in parts. What comes in is seen by one thread at a time; the call
/// may be ended by any.
final class Gathering<A> implements StreamObserver<SharedPart> {
    private final String call;
    private final String agent;
    private final Burden burden;
    private final Answer answer;
    private final SharedParts parts;
    private final StreamObserver<A> caller;
    private final Consumer<byte[]> work;
    private final Untaken.Share untaken;
    private final CompletableFuture<Boolean> ended = new CompletableFuture<>();
    private final ReentrantLock sending = new ReentrantLock();

    // guarded by `sending`
    private boolean over;
    private long held;

    /// @param call what it is, for the news
    /// @param max how many bytes a message may have
    /// @param untaken what is answered and not taken yet
    /// @param work is given each message, and this to answer by
    Gathering(
            String call,
            Burden burden,
            Untaken untaken,
            long max,
            Answer answer,
            StreamObserver<A> caller,
            Function<Gathering<A>, Consumer<byte[]>> work) {
        this.call = call;
        this.agent = Peer.current().agent().id();
        this.burden = burden;
        this.answer = answer;
        this.parts = new SharedParts(max);
        this.untaken = untaken.share(agent);
        this.caller = quiet(caller, this.untaken::over);
        this.work = work.apply(this);
    }

    /// To whoever ends a call nothing more is said, and that is no fault.
    static <T> StreamObserver<T> quiet(StreamObserver<T> caller) {
        return quiet(caller, () -> {});
    }

    /// @param over is told once all of the answer is taken, or nobody waits for it any more
    static <T> StreamObserver<T> quiet(StreamObserver<T> caller, Runnable over) {
        if (caller instanceof ServerCallStreamObserver<T> call) {
            call.setOnCancelHandler(over);
            call.setOnCloseHandler(over);
        }
        return caller;
    }

    /// What this call is answered.
    Untaken.Share untaken() {
        return untaken;
    }

    @Override
    public void onNext(SharedPart part) {
        if (isOver()) {
            return;
        }
        try {
            hold(SharedParts.size(part));
            parts.add(part).ifPresent(work);
        } catch (RuntimeException e) {
            var problem = answer.told(call, e);
            end(() -> caller.onError(Refusals.of(problem)));
        }
    }

    /// All that came counts until the call is over: who handles it may keep it.
    private void hold(int bytes) {
        if (!burden.take(agent, bytes)) {
            throw SharedParts.tooLarge(burden.max());
        }
        sending.lock();
        try {
            held += bytes;
        } finally {
            sending.unlock();
        }
    }

    void say(A message) {
        sending.lock();
        try {
            if (!over) {
                caller.onNext(message);
            }
        } finally {
            sending.unlock();
        }
    }

    /// Ends the call well.
    void finish() {
        end(caller::onCompleted);
    }

    /// Breaks the call off if it is not over by then.
    void endWithin(Duration time) {
        var late = Status.ABORTED.withDescription("it took longer than " + time);
        var _ =
                ended.orTimeout(time.toMillis(), TimeUnit.MILLISECONDS)
                        .whenComplete(
                                (_, _) -> end(() -> caller.onError(late.asRuntimeException())));
    }

    private void end(Runnable how) {
        sending.lock();
        try {
            if (!over) {
                over = true;
                boolean _ = ended.complete(true);
                burden.give(agent, held);
                how.run();
            }
        } finally {
            sending.unlock();
        }
    }

    boolean isOver() {
        sending.lock();
        try {
            return over;
        } finally {
            sending.unlock();
        }
    }

    @Override
    public void onError(Throwable failure) {
        end(() -> {});
    }

    @Override
    public void onCompleted() {
        end(caller::onCompleted);
    }
}
