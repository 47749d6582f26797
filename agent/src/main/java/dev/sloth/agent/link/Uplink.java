package dev.sloth.agent.link;

import com.google.protobuf.ByteString;
import dev.sloth.api.secret.Secret;
import dev.sloth.api.secret.Secrets;
import dev.sloth.wire.Calling;
import dev.sloth.wire.MasterAddress;
import dev.sloth.wire.Parts;
import dev.sloth.wire.Protocol;
import dev.sloth.wire.Refusals;
import dev.sloth.wire.proto.ArtifactPiece;
import dev.sloth.wire.proto.ArtifactsRequest;
import dev.sloth.wire.proto.ContentRequest;
import dev.sloth.wire.proto.FromAgent;
import dev.sloth.wire.proto.FromMaster;
import dev.sloth.wire.proto.Leaving;
import dev.sloth.wire.proto.OrderAccepted;
import dev.sloth.wire.proto.OrderDeclined;
import dev.sloth.wire.proto.OrderEnded;
import dev.sloth.wire.proto.SecretsRequest;
import dev.sloth.wire.proto.WorkGrpc;
import dev.sloth.wire.proto.WorkGrpc.WorkBlockingV2Stub;
import io.grpc.ManagedChannel;
import io.grpc.Status;
import io.grpc.StatusException;
import io.grpc.stub.BlockingClientCall;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.ReentrantLock;

/// What an agent says to its master, and asks it for, during one session. Safe for use by many
/// threads. What asks throws `Problems` when it is refused, or when the session is over.
public final class Uplink {
    private static final int PIECE = 256 << 10;

    private static final Duration AT_ONCE = Duration.ofMillis(1);

    /// How long whoever leaves waits for those that are saying something.
    private static final Duration LEAVE_MAX = Duration.ofSeconds(2);

    private final MasterAddress master;
    private final ManagedChannel channel;
    private final BlockingClientCall<FromAgent, FromMaster> call;
    private final long epoch;
    private final ReentrantLock saying = new ReentrantLock();

    // guarded by `saying`
    private boolean left;

    Uplink(
            MasterAddress master,
            ManagedChannel channel,
            BlockingClientCall<FromAgent, FromMaster> call,
            long epoch) {
        this.master = master;
        this.channel = channel;
        this.call = call;
        this.epoch = epoch;
    }

    // ---- on the stream of the session: what is lost is said again in the next one

    /// @throws StatusException when the session is over
    void say(FromAgent.Builder what) throws StatusException, InterruptedException {
        saying.lockInterruptibly();
        try {
            if (left) {
                throw Status.CANCELLED.withDescription("the session was left").asException();
            }
            boolean _ = call.write(what.setSessionEpoch(epoch).build());
        } finally {
            saying.unlock();
        }
    }

    /// For the one thread that reads, which must not wait for those that write: they wait for the
    /// master, or until what it said last was read.
    ///
    /// @return false when it cannot be said at once
    /// @throws StatusException when the session is over
    boolean sayAtOnce(FromAgent.Builder what) throws StatusException, InterruptedException {
        if (!saying.tryLock()) {
            return false;
        }
        try {
            return !left
                    && call.write(
                            what.setSessionEpoch(epoch).build(),
                            AT_ONCE.toMillis(),
                            TimeUnit.MILLISECONDS);
        } catch (TimeoutException _) {
            return false;
        } finally {
            saying.unlock();
        }
    }

    /// Ends the session: what anybody says after this is said again in the next one.
    void leave() throws StatusException, InterruptedException {
        if (!saying.tryLock(LEAVE_MAX.toMillis(), TimeUnit.MILLISECONDS)) {
            call.cancel("the agent leaves", Status.CANCELLED.asException());
            return;
        }
        try {
            if (sayAtOnce(FromAgent.newBuilder().setLeaving(Leaving.getDefaultInstance()))) {
                call.halfClose();
            } else {
                call.cancel("the agent leaves", Status.CANCELLED.asException());
            }
            left = true;
        } finally {
            saying.unlock();
        }
    }

    /// Says something unless the session is over.
    void tell(FromAgent.Builder what) {
        try {
            say(what);
        } catch (StatusException _) {
            // The session is over, and the thread that reads from it finds out.
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }

    /// The order is on the disk.
    public void accepted(String id) {
        tell(FromAgent.newBuilder().setAccepted(OrderAccepted.newBuilder().setId(id)));
    }

    /// The order is not taken. To be said once for each time that it came in this session: what is
    /// said of an order counts for when it came last.
    public void declined(String id, String why, Declining how) {
        tell(
                FromAgent.newBuilder()
                        .setDeclined(
                                OrderDeclined.newBuilder()
                                        .setId(id)
                                        .setWhy(why)
                                        .setForNow(how == Declining.FOR_NOW)
                                        .setLeaving(how == Declining.LEAVING)));
    }

    /// What came of the order.
    public void ended(String id, byte[] result) {
        saying.lock();
        try {
            for (var part : Parts.of(result)) {
                tell(
                        FromAgent.newBuilder()
                                .setEnded(
                                        OrderEnded.newBuilder()
                                                .setId(id)
                                                .setPart(part.bytes())
                                                .setMore(part.more())));
            }
        } finally {
            saying.unlock();
        }
    }

    // ---- calls of their own

    private WorkBlockingV2Stub work() {
        return WorkGrpc.newBlockingV2Stub(channel);
    }

    private WorkBlockingV2Stub quick() {
        return work().withDeadlineAfter(Protocol.CALL_MAX.toMillis(), TimeUnit.MILLISECONDS);
    }

    /// Writes a content of the order's run.
    ///
    /// @throws IOException when it cannot be written
    public void content(String order, String sha256, OutputStream out)
            throws IOException, InterruptedException {
        var request = ContentRequest.newBuilder().setOrder(order).setSha256(sha256).build();
        var pieces = work().content(request);
        try {
            for (var piece = pieces.read(); piece != null; piece = pieces.read()) {
                piece.getBytes().writeTo(out);
            }
        } catch (StatusException e) {
            throw Refusals.read(e, master);
        }
    }

    /// Those that the workflow of the order declares.
    public Secrets secrets(String order) {
        var request = SecretsRequest.newBuilder().setOrder(order).build();
        var answer = Calling.answered(master, () -> quick().secrets(request));
        var named = new HashMap<String, Secret>();
        answer.getValuesMap()
                .forEach((name, value) -> named.put(name, Secret.of(value.toByteArray())));
        var hidden =
                answer.getHiddenList().stream()
                        .map(value -> Secret.of(value.toByteArray()))
                        .toList();
        return new Secrets(named, hidden);
    }

    /// A file that a task of the run has kept.
    public record Kept(String path, String sha256, boolean executable) {}

    /// In the order in which they were kept.
    public List<Kept> artifacts(String order) {
        var request = ArtifactsRequest.newBuilder().setOrder(order).build();
        return Calling.answered(master, () -> quick().artifacts(request))
                .getArtifactsList()
                .stream()
                .map(kept -> new Kept(kept.getPath(), kept.getSha256(), kept.getExecutable()))
                .toList();
    }

    /// Keeps a file of the order's attempt.
    ///
    /// @param path relative, as later tasks ask for it
    /// @throws IOException when the file cannot be read
    public void keep(String order, String path, Path file)
            throws IOException, InterruptedException {
        var stream = work().keep();
        try (var bytes = Files.newInputStream(file)) {
            var first =
                    ArtifactPiece.newBuilder()
                            .setOrder(order)
                            .setPath(path)
                            .setExecutable(Files.isExecutable(file))
                            .setSize(Files.size(file));
            boolean more = stream.write(first.build());
            for (var piece = bytes.readNBytes(PIECE);
                    piece.length > 0 && more;
                    piece = bytes.readNBytes(PIECE)) {
                more =
                        stream.write(
                                ArtifactPiece.newBuilder()
                                        .setBytes(ByteString.copyFrom(piece))
                                        .build());
            }
            stream.halfClose();
            if (stream.read() == null) {
                throw new IOException("the master does not say that it has kept " + path);
            }
        } catch (StatusException e) {
            throw Refusals.read(e, master);
        }
    }

    /// A stream for lines.
    public LogUplink logs() {
        return new LogUplink(master, work().logs());
    }
}
