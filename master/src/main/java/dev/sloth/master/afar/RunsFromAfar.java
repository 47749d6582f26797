package dev.sloth.master.afar;

import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Parser;
import dev.sloth.api.workflow.AttemptId;
import dev.sloth.api.workflow.Problems;
import dev.sloth.api.workflow.RunId;
import dev.sloth.core.store.ArtifactStore.Artifact;
import dev.sloth.core.store.AttemptRow;
import dev.sloth.core.store.Content;
import dev.sloth.core.store.LogStore.Chunk;
import dev.sloth.core.store.LogStore.Extent;
import dev.sloth.core.store.RequestStore.Request;
import dev.sloth.core.store.RunQuery;
import dev.sloth.core.store.RunStore.Page;
import dev.sloth.core.store.RunStore.Snapshot;
import dev.sloth.wire.Calling;
import dev.sloth.wire.Credentials;
import dev.sloth.wire.Dialing;
import dev.sloth.wire.LiveCredentials;
import dev.sloth.wire.MasterAddress;
import dev.sloth.wire.Protocol;
import dev.sloth.wire.WireProblems;
import dev.sloth.wire.proto.AnswerPart;
import dev.sloth.wire.proto.ArtifactSeen;
import dev.sloth.wire.proto.AttemptSeen;
import dev.sloth.wire.proto.ChunkSeen;
import dev.sloth.wire.proto.ContentName;
import dev.sloth.wire.proto.ContentSeen;
import dev.sloth.wire.proto.ExtentSeen;
import dev.sloth.wire.proto.JournalWanted;
import dev.sloth.wire.proto.OutputWanted;
import dev.sloth.wire.proto.PageSeen;
import dev.sloth.wire.proto.Piece;
import dev.sloth.wire.proto.PlaceSeen;
import dev.sloth.wire.proto.RequestSeen;
import dev.sloth.wire.proto.RetryRequest;
import dev.sloth.wire.proto.RunName;
import dev.sloth.wire.proto.RunRequest;
import dev.sloth.wire.proto.RunSeen;
import dev.sloth.wire.proto.RunStand;
import dev.sloth.wire.proto.RunsGrpc;
import dev.sloth.wire.proto.RunsGrpc.RunsBlockingV2Stub;
import io.grpc.ManagedChannel;
import io.grpc.stub.BlockingClientCall;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;

/// What people ask a master about runs. All of it throws [Problems] when it is refused, or when
/// nobody answers, and [dev.sloth.core.store.StoreFailure] when the master's store fails. Safe for
/// use by many threads.
public final class RunsFromAfar implements AutoCloseable {
    private static final RunQuery FIRST =
            new RunQuery(Set.of(), "", "", Instant.MIN, Map.of(), Optional.empty(), 1);

    private final MasterAddress master;
    private final ManagedChannel channel;
    private final InstantSource time;
    private final Patience patience;

    private RunsFromAfar(
            MasterAddress master, ManagedChannel channel, InstantSource time, Patience patience) {
        this.master = master;
        this.channel = channel;
        this.time = time;
        this.patience = patience;
    }

    public static RunsFromAfar open(MasterAddress master, Credentials own, InstantSource time) {
        var channel = Dialing.as(master, new LiveCredentials(own), time);
        return new RunsFromAfar(master, channel, time, Patience.NONE);
    }

    /// The same connection, for one who has more patience in looking at runs.
    public RunsFromAfar patiently(Patience more) {
        return new RunsFromAfar(master, channel, time, more);
    }

    InstantSource time() {
        return time;
    }

    MasterAddress master() {
        return master;
    }

    RunsBlockingV2Stub stub() {
        return RunsGrpc.newBlockingV2Stub(channel);
    }

    /// For calls that are answered once.
    RunsBlockingV2Stub soon() {
        return stub().withDeadlineAfter(Protocol.CALL_MAX.toMillis(), TimeUnit.MILLISECONDS);
    }

    /// Finds out whether the master answers.
    public void greet() {
        var _ =
                asked(
                        () -> stub().list(RunMessages.message(FIRST)),
                        RunSeen.parser(),
                        RunSeen::getId);
    }

    // ---- answers in parts

    private <M, T> List<T> all(
            Calling.Call<BlockingClientCall<?, AnswerPart>> asked,
            Parser<M> parser,
            Function<M, T> reading) {
        return patience.with(() -> asked(asked, parser, reading));
    }

    private <M, T> List<T> asked(
            Calling.Call<BlockingClientCall<?, AnswerPart>> asked,
            Parser<M> parser,
            Function<M, T> reading) {
        var all = new ArrayList<T>();
        try (var flow = new Inflow<>(master, () -> any(asked.make()))) {
            var whole = ByteString.EMPTY;
            for (var part = flow.next(); part.isPresent(); part = flow.next()) {
                whole = whole.concat(part.get().getPart());
                if (whole.size() > RunLimits.ANSWER_BYTES_MAX) {
                    throw RunProblems.notFromAfar(
                            "an answer of more than %d MiB"
                                    .formatted(RunLimits.ANSWER_BYTES_MAX >> 20));
                }
                if (!part.get().getMore()) {
                    all.add(reading.apply(parsed(whole, parser)));
                    whole = ByteString.EMPTY;
                }
            }
        }
        return all;
    }

    /// What is asked does not matter once it is.
    @SuppressWarnings("unchecked")
    private static BlockingClientCall<Object, AnswerPart> any(
            BlockingClientCall<?, AnswerPart> call) {
        return (BlockingClientCall<Object, AnswerPart>) call;
    }

    private static <M> M parsed(ByteString whole, Parser<M> parser) {
        try {
            return parser.parseFrom(whole);
        } catch (InvalidProtocolBufferException e) {
            throw WireProblems.of(
                    WireProblems.OTHER_VERSION,
                    "the master's answer cannot be read: " + e.getMessage(),
                    "use the same version of sloth-runner on both sides");
        }
    }

    private <M, T> Optional<T> one(
            Calling.Call<BlockingClientCall<?, AnswerPart>> asked,
            Parser<M> parser,
            Function<M, T> reading) {
        return all(asked, parser, reading).stream().findFirst();
    }

    private static RunName name(RunId run) {
        return RunName.newBuilder().setRun(run.text()).build();
    }

    // ---- what is kept

    Optional<RunSeen> find(RunId run) {
        return one(() -> stub().find(name(run)), RunSeen.parser(), seen -> seen);
    }

    List<RunSeen> list(RunQuery query) {
        var wanted = RunMessages.message(query);
        return all(() -> stub().list(wanted), RunSeen.parser(), seen -> seen);
    }

    List<Page> journal(RunId run, long from, int pages) {
        var wanted =
                JournalWanted.newBuilder().setRun(run.text()).setFrom(from).setPages(pages).build();
        return all(() -> stub().journal(wanted), PageSeen.parser(), RunMessages::page);
    }

    Optional<Snapshot> snapshot(RunId run) {
        return one(() -> stub().snapshot(name(run)), PageSeen.parser(), RunMessages::snapshot);
    }

    Optional<Content> content(String sha256) {
        var wanted = ContentName.newBuilder().setSha256(sha256).build();
        return one(() -> stub().content(wanted), ContentSeen.parser(), RunMessages::content);
    }

    List<Extent> extents(RunId run) {
        return all(() -> stub().outputs(name(run)), ExtentSeen.parser(), OutputMessages::extent);
    }

    List<Chunk> chunks(AttemptId id, int from, int limit) {
        var wanted =
                OutputWanted.newBuilder()
                        .setId(OutputMessages.message(id))
                        .setFrom(from)
                        .setLimit(limit)
                        .build();
        return all(
                () -> stub().output(wanted),
                ChunkSeen.parser(),
                seen -> OutputMessages.chunk(id, seen));
    }

    List<Artifact> artifacts(RunId run) {
        return all(
                () -> stub().artifacts(name(run)), ArtifactSeen.parser(), OutputMessages::artifact);
    }

    /// To be closed.
    Inflow<ArtifactSeen, Piece> artifact(Artifact artifact) {
        var wanted = OutputMessages.message(artifact);
        return new Inflow<>(master, () -> same(stub().artifact(wanted)));
    }

    @SuppressWarnings("unchecked")
    private static <Q, A> BlockingClientCall<Q, A> same(BlockingClientCall<?, A> call) {
        return (BlockingClientCall<Q, A>) call;
    }

    List<AttemptRow> attempts(RunId run) {
        return all(() -> stub().attempts(name(run)), AttemptSeen.parser(), OutputMessages::row);
    }

    List<Request> requests(RunId run) {
        return all(() -> stub().requests(name(run)), RequestSeen.parser(), OutputMessages::request)
                .stream()
                .flatMap(Optional::stream)
                .toList();
    }

    /// Where an attempt is, while it goes on.
    public List<Place> places(AttemptId id) {
        return all(() -> stub().places(OutputMessages.message(id)), PlaceSeen.parser(), Place::of);
    }

    /// Follows a run; to be closed.
    Inflow<RunName, RunStand> follow(RunId run) {
        return new Inflow<>(master, () -> same(stub().follow(name(run))));
    }

    // ---- what is to happen

    /// False when there is no such run, or it has ended.
    boolean ask(RunId run, Request.Kind kind, String body) {
        var request =
                RunRequest.newBuilder()
                        .setRun(run.text())
                        .setKind(OutputMessages.message(kind))
                        .setBody(body)
                        .build();
        if (request.getSerializedSize() > RunLimits.REQUEST_BYTES_MAX) {
            throw RunProblems.noSubmission(
                    "what is to be decided takes more than %d KiB"
                            .formatted(RunLimits.REQUEST_BYTES_MAX >> 10),
                    "give less with --outputs");
        }
        return answered(() -> soon().ask(request)).getTaken();
    }

    private <T> T answered(Calling.Call<T> call) {
        try {
            return Calling.answered(master, call);
        } catch (Problems e) {
            throw RunProblems.read(e);
        }
    }

    /// Hands a run over. Handed over again, it is the same run.
    ///
    /// @return whether the master did not have it before
    public boolean submit(Handover submission) {
        return new Submitter(this).submit(submission);
    }

    /// Has a run that has ended tried again. Asked again with the same id, it is the same run.
    ///
    /// @param run the new one
    /// @param from a task that is done again with all that depend on it; empty for what did not
    ///   succeed
    /// @return whether the master did not have it before
    public boolean retry(RunId run, RunId earlier, String from) {
        var request =
                RetryRequest.newBuilder()
                        .setRun(run.text())
                        .setEarlier(earlier.text())
                        .setFrom(from)
                        .build();
        return answered(() -> soon().retry(request)).getFresh();
    }

    @Override
    public void close() {
        Calling.close(channel);
    }
}
