package dev.sloth.agent.remote;

import dev.sloth.wire.Calling;
import dev.sloth.wire.Credentials;
import dev.sloth.wire.Dialing;
import dev.sloth.wire.LiveCredentials;
import dev.sloth.wire.MasterAddress;
import dev.sloth.wire.WireProblems;
import dev.sloth.wire.proto.SharedGrpc;
import dev.sloth.wire.proto.SharedGrpc.SharedBlockingV2Stub;
import dev.sloth.wire.proto.SharedPart;
import io.grpc.ManagedChannel;
import io.grpc.StatusException;
import io.grpc.stub.BlockingClientCall;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;

/// The connections. They are made when they are used, and those that are not end by themselves.
/// Safe for use by many threads.
final class Lines implements AutoCloseable {
    private final MasterAddress master;
    private final LiveCredentials own;
    private final InstantSource time;

    /// For calls that are answered at once.
    private final Line quick = new Line();

    /// For those that wait, which so keep nobody else from going on, not even whom they wait for.
    private final Line patient = new Line();

    Lines(MasterAddress master, LiveCredentials own, InstantSource time) {
        this.master = master;
        this.own = own;
        this.time = time;
    }

    SharedBlockingV2Stub quick() {
        return SharedGrpc.newBlockingV2Stub(quick.channel());
    }

    /// Asks something that is answered at once and with one part.
    ///
    /// @param within how long asking and answering may take
    <A> A answer(
            Function<SharedBlockingV2Stub, BlockingClientCall<SharedPart, A>> asking,
            List<SharedPart> parts,
            Duration within)
            throws StatusException, TimeoutException, InterruptedException {
        var call = asking.apply(quick().withDeadlineAfter(within.toNanos(), TimeUnit.NANOSECONDS));
        try {
            Incoming.send(call, parts, within);
            return Incoming.part(call, within);
        } finally {
            Incoming.end(call);
        }
    }

    SharedBlockingV2Stub patient() {
        return SharedGrpc.newBlockingV2Stub(patient.channel());
    }

    /// Looks for the master at once, where a connection was lost.
    void hurry() {
        quick.hurry();
        patient.hurry();
    }

    @Override
    public void close() {
        quick.close();
        patient.close();
    }

    /// @param as whose certificate it shows
    private record Dialled(ManagedChannel channel, Credentials as) {}

    private final class Line {
        private final ReentrantLock lock = new ReentrantLock();

        // guarded by `lock`
        private Optional<Dialled> dialled = Optional.empty();
        private boolean closed;

        /// With the certificate of the moment: the master heeds no call of one that has expired.
        ManagedChannel channel() {
            lock.lock();
            try {
                if (closed) {
                    throw WireProblems.of(
                            WireProblems.UNREACHABLE,
                            "the agent ends, and asks its master for nothing any more",
                            "run the task again");
                }
                var now = own.now();
                if (dialled.filter(there -> there.as().equals(now)).isEmpty()) {
                    // What is under way there goes on.
                    dialled.ifPresent(old -> old.channel().shutdown());
                    dialled = Optional.of(new Dialled(Dialing.as(master, own, time), now));
                }
                return dialled.get().channel();
            } finally {
                lock.unlock();
            }
        }

        void hurry() {
            lock.lock();
            try {
                dialled.ifPresent(there -> there.channel().resetConnectBackoff());
            } finally {
                lock.unlock();
            }
        }

        void close() {
            Optional<Dialled> last;
            lock.lock();
            try {
                closed = true;
                last = dialled;
                dialled = Optional.empty();
            } finally {
                lock.unlock();
            }
            last.ifPresent(there -> Calling.close(there.channel()));
        }
    }
}
