package dev.sloth.master.rpc;

import dev.sloth.api.workflow.Problem;
import dev.sloth.wire.Refusals;
import io.grpc.Context;
import io.grpc.Contexts;
import io.grpc.ForwardingServerCall.SimpleForwardingServerCall;
import io.grpc.ForwardingServerCallListener.SimpleForwardingServerCallListener;
import io.grpc.Metadata;
import io.grpc.ServerCall;
import io.grpc.ServerCallHandler;
import io.grpc.Status;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;

/// Calls that stay open, and end when their caller may not make them any more. Safe for use by many
/// threads.
final class OpenCalls {
    private final Set<Open<?, ?>> open = ConcurrentHashMap.newKeySet();

    /// Lets a call through that is looked at again later.
    ///
    /// @param refusal why its caller may not make it, at the moment of asking
    <Q, A> ServerCall.Listener<Q> watch(
            ServerCall<Q, A> call,
            Metadata headers,
            ServerCallHandler<Q, A> next,
            Context context,
            Supplier<Optional<Problem>> refusal) {
        var cancellable = context.withCancellation();
        var watched = new Open<>(call, cancellable, refusal);
        open.add(watched);
        return new SimpleForwardingServerCallListener<>(
                Contexts.interceptCall(cancellable, watched, headers, next)) {
            @Override
            public void onCancel() {
                forget(watched);
                super.onCancel();
            }

            @Override
            public void onComplete() {
                forget(watched);
                super.onComplete();
            }
        };
    }

    private void forget(Open<?, ?> call) {
        open.remove(call);
        call.context.cancel(null);
    }

    /// Ends those whose caller may not make them any more. Who does the work of a call learns it
    /// from the context.
    void sweep() {
        for (var each : List.copyOf(open)) {
            var refusal = each.refusal.get();
            if (refusal.isPresent() && open.remove(each)) {
                each.end(refusal.get());
            }
        }
    }

    /// A call of which two may speak: who does its work, and we.
    private static final class Open<Q, A> extends SimpleForwardingServerCall<Q, A> {
        private final Context.CancellableContext context;
        private final Supplier<Optional<Problem>> refusal;
        private final ReentrantLock speaking = new ReentrantLock();
        private boolean over;

        Open(
                ServerCall<Q, A> call,
                Context.CancellableContext context,
                Supplier<Optional<Problem>> refusal) {
            super(call);
            this.context = context;
            this.refusal = refusal;
        }

        void end(Problem why) {
            close(Refusals.status(why), Refusals.trailers(why));
            context.cancel(null);
        }

        private void unlessOver(Runnable word) {
            speaking.lock();
            try {
                if (!over) {
                    word.run();
                }
            } finally {
                speaking.unlock();
            }
        }

        @Override
        public void sendHeaders(Metadata headers) {
            unlessOver(() -> super.sendHeaders(headers));
        }

        @Override
        public void sendMessage(A message) {
            unlessOver(() -> super.sendMessage(message));
        }

        @Override
        public void close(Status status, Metadata trailers) {
            unlessOver(() -> {
                over = true;
                super.close(status, trailers);
            });
        }
    }
}
