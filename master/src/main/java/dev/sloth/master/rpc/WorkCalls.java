package dev.sloth.master.rpc;

import com.google.protobuf.ByteString;
import dev.sloth.api.workflow.Problems;
import dev.sloth.core.log.LogLine;
import dev.sloth.core.store.ArtifactStore.Artifact;
import dev.sloth.core.store.Content;
import dev.sloth.core.store.StoreFailure;
import dev.sloth.core.store.cluster.OrderRow;
import dev.sloth.master.dispatch.Fleet;
import dev.sloth.master.run.ActiveRun;
import dev.sloth.master.run.MasterRuns;
import dev.sloth.wire.Refusals;
import dev.sloth.wire.WireProblems;
import dev.sloth.wire.proto.ArtifactKept;
import dev.sloth.wire.proto.ArtifactList;
import dev.sloth.wire.proto.ArtifactPiece;
import dev.sloth.wire.proto.ArtifactsRequest;
import dev.sloth.wire.proto.ContentRequest;
import dev.sloth.wire.proto.KeptArtifact;
import dev.sloth.wire.proto.LogLines;
import dev.sloth.wire.proto.LogStored;
import dev.sloth.wire.proto.Piece;
import dev.sloth.wire.proto.SecretsAnswer;
import dev.sloth.wire.proto.SecretsRequest;
import dev.sloth.wire.proto.WorkGrpc;
import io.grpc.stub.ServerCallStreamObserver;
import io.grpc.stub.StreamObserver;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/// What agents ask for while they work, and what they bring. Whatever they name must be theirs.
final class WorkCalls extends WorkGrpc.WorkImplBase {
    static final String NO_CHANNEL = "SLOTH-4780";
    static final String NOT_THERE = "SLOTH-4742";

    private static final int PIECE = 256 << 10;

    /// Without the name of an agent: the master adds the one that it knows.
    private static final Pattern CHANNEL =
            Pattern.compile("[A-Za-z]{1,%d}".formatted(LogLine.CHANNEL_MAX));

    private final Fleet fleet;
    private final MasterRuns runs;
    private final Path scratch;
    private final Answer answer;

    /// @param scratch a folder for files that are on their way
    WorkCalls(Fleet fleet, MasterRuns runs, Path scratch, Answer answer) {
        this.fleet = fleet;
        this.runs = runs;
        this.scratch = scratch;
        this.answer = answer;
    }

    /// The run of an order that the caller has.
    ///
    /// @throws Problems when it is not theirs, or its run is not driven now
    private ActiveRun run(Peer peer, String order) {
        return runs.of(peer.agent().id(), order)
                .orElseThrow(() ->
                        answer.overreach(
                                order,
                                WireProblems.problem(
                                        WireProblems.NOT_ITS_ORDER,
                                        "the agent does not have the order that it works for, or"
                                                + " not any more",
                                        "nothing is to be done: the agent ends what it still does"
                                                + " for it")));
    }

    // ---- what they ask for

    @Override
    public void content(ContentRequest request, StreamObserver<Piece> caller) {
        var peer = Peer.current();
        try {
            var run = run(peer, request.getOrder());
            try (var bytes = content(run, request)) {
                send(bytes, (ServerCallStreamObserver<Piece>) caller);
            }
            caller.onCompleted();
        } catch (RuntimeException e) {
            caller.onError(Refusals.of(answer.told("content", e)));
        } catch (IOException e) {
            caller.onError(Refusals.of(answer.told("content", new UncheckedIOException(e))));
        }
    }

    private InputStream content(ActiveRun run, ContentRequest request) throws IOException {
        var sha256 = request.getSha256();
        var content = run.content(sha256).map(Content::open);
        if (content.isPresent()) {
            return content.get();
        }
        var artifact =
                run.artifacts().stream()
                        .filter(each -> each.sha256().equals(sha256))
                        .findFirst()
                        .orElseThrow(() ->
                                answer.overreach(
                                        request.getOrder(),
                                        WireProblems.problem(
                                                NOT_THERE,
                                                "the run has nothing of that SHA-256",
                                                "see whether it was deleted meanwhile")));
        var file = Files.createTempFile(scratch, "artifact", "");
        try {
            run.copy(artifact, file);
            return Files.newInputStream(file, StandardOpenOption.DELETE_ON_CLOSE);
        } catch (IOException | RuntimeException e) {
            Files.deleteIfExists(file);
            throw e;
        }
    }

    private static void send(InputStream bytes, ServerCallStreamObserver<Piece> caller)
            throws IOException {
        for (var piece = bytes.readNBytes(PIECE);
                piece.length > 0 && !caller.isCancelled();
                piece = bytes.readNBytes(PIECE)) {
            caller.onNext(Piece.newBuilder().setBytes(ByteString.copyFrom(piece)).build());
        }
    }

    @Override
    public void secrets(SecretsRequest request, StreamObserver<SecretsAnswer> caller) {
        var peer = Peer.current();
        answer.to(
                caller,
                "secrets",
                () -> {
                    var secrets = run(peer, request.getOrder()).secrets();
                    var said = SecretsAnswer.newBuilder();
                    for (var name : secrets.names()) {
                        secrets.named(name)
                                .ifPresent(secret ->
                                        said.putValues(name, ByteString.copyFrom(secret.bytes())));
                    }
                    secrets.hidden()
                            .forEach(secret -> said.addHidden(ByteString.copyFrom(secret.bytes())));
                    return said.build();
                });
    }

    @Override
    public void artifacts(ArtifactsRequest request, StreamObserver<ArtifactList> caller) {
        var peer = Peer.current();
        answer.to(
                caller,
                "artifacts",
                () -> {
                    var list = ArtifactList.newBuilder();
                    run(peer, request.getOrder()).artifacts().stream()
                            .map(WorkCalls::kept)
                            .forEach(list::addArtifacts);
                    return list.build();
                });
    }

    private static KeptArtifact kept(Artifact artifact) {
        return KeptArtifact.newBuilder()
                .setTask(artifact.id().task().text())
                .setPath(artifact.path())
                .setSha256(artifact.sha256())
                .setSize(artifact.size())
                .setExecutable(artifact.executable())
                .build();
    }

    // ---- what they bring

    @Override
    public StreamObserver<LogLines> logs(StreamObserver<LogStored> caller) {
        return new LogStream(Peer.current(), caller);
    }

    /// Takes lines in. The next ones are read when these are on disk.
    private final class LogStream implements StreamObserver<LogLines> {
        private final Peer peer;
        private final StreamObserver<LogStored> caller;
        private boolean over;

        LogStream(Peer peer, StreamObserver<LogStored> caller) {
            this.peer = peer;
            this.caller = caller;
        }

        @Override
        public void onNext(LogLines lines) {
            if (over) {
                return;
            }
            try {
                caller.onNext(
                        LogStored.newBuilder()
                                .setOrder(lines.getOrder())
                                .setLines(stored(lines))
                                .build());
            } catch (RuntimeException e) {
                over = true;
                caller.onError(Refusals.of(answer.told("logs", e)));
            }
        }

        /// Lines of an order that nobody wants any more go nowhere, so that the agent forgets them.
        private long stored(LogLines lines) {
            long end = lines.getFirst() + lines.getLinesCount();
            if (isForgotten(lines.getOrder())) {
                return end;
            }
            return run(peer, lines.getOrder())
                    .lines(lines.getOrder(), lines.getFirst(), list(lines))
                    .orElseThrow(() ->
                            WireProblems.of(
                                    WireProblems.UNREACHABLE,
                                    "the run of an order is not driven just now",
                                    "the agent tries again"));
        }

        private boolean isForgotten(String order) {
            var row = fleet.row(order);
            return row.isEmpty() || row.get().state() == OrderRow.State.GIVEN_UP;
        }

        private List<ActiveRun.Line> list(LogLines lines) {
            for (var line : lines.getLinesList()) {
                if (!CHANNEL.matcher(line.getChannel()).matches()) {
                    throw answer.overreach(
                            lines.getOrder(),
                            WireProblems.problem(
                                    NO_CHANNEL,
                                    "a line of output cannot come from where it says",
                                    "use the same version of sloth-runner on both sides"));
                }
            }
            return lines.getLinesList().stream()
                    .map(line -> new ActiveRun.Line(line.getChannel(), line.getText()))
                    .toList();
        }

        @Override
        public void onError(Throwable failure) {
            over = true;
        }

        @Override
        public void onCompleted() {
            if (!over) {
                over = true;
                caller.onCompleted();
            }
        }
    }

    @Override
    public StreamObserver<ArtifactPiece> keep(StreamObserver<ArtifactKept> caller) {
        return new ArtifactStream(Peer.current(), caller);
    }

    /// Takes one file in.
    private final class ArtifactStream implements StreamObserver<ArtifactPiece> {
        private final Peer peer;
        private final StreamObserver<ArtifactKept> caller;
        private Optional<Arriving> arriving = Optional.empty();
        private boolean over;

        ArtifactStream(Peer peer, StreamObserver<ArtifactKept> caller) {
            this.peer = peer;
            this.caller = caller;
        }

        @Override
        public void onNext(ArtifactPiece piece) {
            if (over) {
                return;
            }
            try {
                if (arriving.isEmpty()) {
                    arriving = Optional.of(begun(piece));
                }
                arriving.get().add(piece.getBytes());
            } catch (IOException e) {
                fail(new StoreFailure(StoreFailure.Reason.BROKEN, "a file was not kept", e));
            } catch (RuntimeException e) {
                fail(e);
            }
        }

        private Arriving begun(ArtifactPiece piece) throws IOException {
            var run = run(peer, piece.getOrder());
            if (!Arriving.mayBeCalled(piece.getPath())) {
                throw answer.overreach(piece.getOrder(), Arriving.noName());
            }
            return Arriving.begin(
                    run, piece.getOrder(), piece.getPath(), piece.getExecutable(), scratch);
        }

        private void fail(RuntimeException e) {
            over = true;
            arriving.ifPresent(Arriving::drop);
            caller.onError(Refusals.of(answer.told("keep", e)));
        }

        @Override
        public void onError(Throwable failure) {
            over = true;
            arriving.ifPresent(Arriving::drop);
        }

        @Override
        public void onCompleted() {
            if (over || arriving.isEmpty()) {
                return;
            }
            over = true;
            try {
                arriving.get().kept();
                caller.onNext(ArtifactKept.getDefaultInstance());
                caller.onCompleted();
            } catch (IOException e) {
                fail(new StoreFailure(StoreFailure.Reason.BROKEN, "a file was not kept", e));
            } catch (RuntimeException e) {
                fail(e);
            }
        }
    }
}
