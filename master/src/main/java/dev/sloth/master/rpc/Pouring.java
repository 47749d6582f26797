package dev.sloth.master.rpc;

import dev.sloth.wire.Refusals;
import io.grpc.Context;
import io.grpc.Status;
import io.grpc.stub.ServerCallStreamObserver;
import io.grpc.stub.StreamObserver;
import java.util.concurrent.CancellationException;

/// Answers calls bit by bit, each on a thread of its own: the thread of a call is the one that
/// hears when its caller takes more.
final class Pouring {
    private final Answer answer;

    Pouring(Answer answer) {
        this.answer = answer;
    }

    /// Makes an answer.
    @FunctionalInterface
    interface Work<T> {
        void into(Outflow<T> out) throws InterruptedException;
    }

    /// @param call what the answer is to, for the news
    <T> void to(StreamObserver<T> caller, String call, Work<T> work) {
        var flowing = (ServerCallStreamObserver<T>) caller;
        var out = new Outflow<>(flowing);
        var _ =
                Thread.ofVirtual()
                        .name("answer")
                        .start(Context.current().wrap(() -> pour(flowing, out, call, work)));
    }

    private <T> void pour(
            ServerCallStreamObserver<T> caller, Outflow<T> out, String call, Work<T> work) {
        try {
            work.into(out);
        } catch (CancellationException e) {
            caller.onError(Status.CANCELLED.withDescription(e.getMessage()).asException());
            return;
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
            caller.onError(Status.CANCELLED.asException());
            return;
        } catch (RuntimeException e) {
            caller.onError(Refusals.of(answer.told(call, e)));
            return;
        }
        caller.onCompleted();
    }
}
