package dev.sloth.wire;

import io.grpc.ManagedChannel;
import io.grpc.StatusException;
import java.util.concurrent.TimeUnit;

/// Calls to a master that are answered once.
public final class Calling {
    private static final long CLOSE_SECONDS = 5;

    private Calling() {}

    /// A call that may fail.
    @FunctionalInterface
    public interface Call<T> {
        T make() throws StatusException;
    }

    /// @throws dev.sloth.api.workflow.Problems what the master said, or why it said nothing
    public static <T> T answered(MasterAddress master, Call<T> call) {
        try {
            return call.make();
        } catch (StatusException e) {
            throw Refusals.read(e, master);
        }
    }

    /// Ends a connection; what still goes on is broken off.
    public static void close(ManagedChannel channel) {
        try {
            boolean _ = channel.shutdownNow().awaitTermination(CLOSE_SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }
}
