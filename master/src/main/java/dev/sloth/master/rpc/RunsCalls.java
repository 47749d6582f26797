package dev.sloth.master.rpc;

import com.google.protobuf.ByteString;
import dev.sloth.api.workflow.Problem;
import dev.sloth.api.workflow.RunId;
import dev.sloth.core.store.ArtifactStore.Artifact;
import dev.sloth.core.store.LogStore.Extent;
import dev.sloth.core.store.Owner;
import dev.sloth.core.store.RunRow;
import dev.sloth.core.store.Store;
import dev.sloth.core.store.StoreFailure;
import dev.sloth.core.store.news.Bell;
import dev.sloth.master.afar.OutputMessages;
import dev.sloth.master.afar.RunLimits;
import dev.sloth.master.afar.RunMessages;
import dev.sloth.master.afar.RunProblems;
import dev.sloth.wire.WireProblems;
import dev.sloth.wire.proto.AnswerPart;
import dev.sloth.wire.proto.ArtifactSeen;
import dev.sloth.wire.proto.AttemptName;
import dev.sloth.wire.proto.ContentName;
import dev.sloth.wire.proto.ContentNames;
import dev.sloth.wire.proto.JournalWanted;
import dev.sloth.wire.proto.OutputWanted;
import dev.sloth.wire.proto.Piece;
import dev.sloth.wire.proto.RetryRequest;
import dev.sloth.wire.proto.RunAsked;
import dev.sloth.wire.proto.RunName;
import dev.sloth.wire.proto.RunRequest;
import dev.sloth.wire.proto.RunRequestKind;
import dev.sloth.wire.proto.RunSeen;
import dev.sloth.wire.proto.RunStand;
import dev.sloth.wire.proto.RunsGrpc;
import dev.sloth.wire.proto.RunsWanted;
import dev.sloth.wire.proto.SubmissionPart;
import dev.sloth.wire.proto.SubmissionTaken;
import io.grpc.stub.StreamObserver;
import java.io.IOException;
import java.time.Duration;
import java.time.InstantSource;

/// What people see of runs, and ask of them.
final class RunsCalls extends RunsGrpc.RunsImplBase {
    /// How many pages, or chunks, are held at once for one call.
    private static final int HELD_MAX = 16;

    /// How often a run that is followed is looked at: output comes without news.
    private static final Duration LOOK_EVERY = Duration.ofMillis(150);

    /// And how long it is left alone at least.
    private static final Duration LOOK_PAUSE = Duration.ofMillis(30);

    private final Store store;
    private final Door.Kept behind;
    private final Places places;
    private final InstantSource time;
    private final Answer answer;
    private final Pouring pouring;
    private final RunRequests requests;
    private final Retrying retrying;

    RunsCalls(Door.Kept behind, Places places, InstantSource time, Answer answer) {
        this.places = places;
        this.store = behind.store();
        this.behind = behind;
        this.time = time;
        this.answer = answer;
        this.pouring = new Pouring(answer);
        this.requests = new RunRequests(store, time);
        this.retrying = new Retrying(store, behind.submitting());
    }

    // ---- what is kept

    @Override
    public void find(RunName request, StreamObserver<AnswerPart> caller) {
        pouring.to(
                caller,
                "find run",
                out -> {
                    var found = store.runs().find(RunMessages.run(request.getRun()));
                    if (found.isPresent()) {
                        Outflow.send(out, seen(found.get()));
                    }
                });
    }

    private RunSeen seen(RunRow row) {
        boolean driven = row.drivenBy().map(by -> lives(by, row)).orElse(false);
        return RunMessages.message(row, driven, time.instant());
    }

    private boolean lives(Owner owner, RunRow row) {
        return switch (behind.fate().of(owner)) {
            case ALIVE -> true;
            case GONE -> false;
            case UNKNOWN -> time.instant().isBefore(row.leaseUntil());
        };
    }

    @Override
    public void list(RunsWanted request, StreamObserver<AnswerPart> caller) {
        pouring.to(
                caller,
                "list runs",
                out -> {
                    for (var row : store.runs().list(RunMessages.query(request))) {
                        Outflow.send(out, seen(row));
                    }
                });
    }

    @Override
    public void journal(JournalWanted request, StreamObserver<AnswerPart> caller) {
        pouring.to(caller, "read journal", out -> journal(request, out));
    }

    private void journal(JournalWanted request, Outflow<AnswerPart> out)
            throws InterruptedException {
        var run = RunMessages.run(request.getRun());
        int left = RunMessages.page(request.getPages());
        long from = request.getFrom();
        if (from < 1) {
            throw RunProblems.noQuestion("events count from 1, not " + from);
        }
        while (left > 0) {
            int wanted = Math.min(HELD_MAX, left);
            var pages = store.runs().journal(run, from, wanted);
            for (var page : pages) {
                Outflow.send(out, RunMessages.message(page));
                from = page.first() + page.events();
            }
            left = pages.size() < wanted ? 0 : left - wanted;
        }
    }

    @Override
    public void snapshot(RunName request, StreamObserver<AnswerPart> caller) {
        pouring.to(
                caller,
                "read snapshot",
                out -> {
                    var found = store.runs().snapshot(RunMessages.run(request.getRun()));
                    if (found.isPresent()) {
                        Outflow.send(out, RunMessages.message(found.get()));
                    }
                });
    }

    @Override
    public void content(ContentName request, StreamObserver<AnswerPart> caller) {
        pouring.to(
                caller,
                "read content",
                out -> {
                    var found = store.runs().content(RunMessages.sha256(request.getSha256()));
                    if (found.isPresent()) {
                        Outflow.send(out, RunMessages.message(found.get()));
                    }
                });
    }

    @Override
    public void outputs(RunName request, StreamObserver<AnswerPart> caller) {
        pouring.to(
                caller,
                "list output",
                out -> {
                    for (var each : store.logs().extents(RunMessages.run(request.getRun()))) {
                        Outflow.send(out, OutputMessages.message(each));
                    }
                });
    }

    @Override
    public void output(OutputWanted request, StreamObserver<AnswerPart> caller) {
        pouring.to(caller, "read output", out -> output(request, out));
    }

    private void output(OutputWanted request, Outflow<AnswerPart> out) throws InterruptedException {
        var id = OutputMessages.attempt(request.getId());
        int left = RunMessages.page(request.getLimit());
        int from = request.getFrom();
        if (from < 0) {
            throw RunProblems.noQuestion("chunks count from 0");
        }
        while (left > 0) {
            int wanted = Math.min(HELD_MAX, left);
            var chunks = store.logs().read(id, from, wanted);
            for (var chunk : chunks) {
                Outflow.send(out, OutputMessages.message(chunk));
                from = chunk.number() + 1;
            }
            left = chunks.size() < wanted ? 0 : left - wanted;
        }
    }

    @Override
    public void artifacts(RunName request, StreamObserver<AnswerPart> caller) {
        pouring.to(
                caller,
                "list artifacts",
                out -> {
                    for (var each : store.artifacts().of(RunMessages.run(request.getRun()))) {
                        Outflow.send(out, OutputMessages.message(each));
                    }
                });
    }

    @Override
    public void artifact(ArtifactSeen request, StreamObserver<Piece> caller) {
        pouring.to(
                caller,
                "read artifact",
                out -> {
                    var artifact = OutputMessages.wanted(request);
                    try {
                        artifact(artifact, out);
                    } catch (IOException e) {
                        throw new StoreFailure(
                                StoreFailure.Reason.BROKEN,
                                "artifact %s cannot be read: %s"
                                        .formatted(artifact.path(), e.getMessage()),
                                e);
                    }
                });
    }

    private void artifact(Artifact artifact, Outflow<Piece> out)
            throws IOException, InterruptedException {
        try (var in = store.artifacts().open(artifact)) {
            for (var bytes = in.readNBytes(RunLimits.PART_BYTES_MAX);
                    bytes.length > 0;
                    bytes = in.readNBytes(RunLimits.PART_BYTES_MAX)) {
                out.send(Piece.newBuilder().setBytes(ByteString.copyFrom(bytes)).build());
            }
        }
    }

    @Override
    public void attempts(RunName request, StreamObserver<AnswerPart> caller) {
        pouring.to(
                caller,
                "list attempts",
                out -> {
                    for (var each : store.attempts().of(RunMessages.run(request.getRun()))) {
                        Outflow.send(out, OutputMessages.message(each));
                    }
                });
    }

    @Override
    public void requests(RunName request, StreamObserver<AnswerPart> caller) {
        pouring.to(
                caller,
                "list requests",
                out -> {
                    for (var each : store.requests().of(RunMessages.run(request.getRun()))) {
                        Outflow.send(out, OutputMessages.message(each));
                    }
                });
    }

    // ---- what goes on

    @Override
    public void places(AttemptName request, StreamObserver<AnswerPart> caller) {
        pouring.to(
                caller,
                "find places",
                out -> {
                    for (var place : places.of(OutputMessages.attempt(request).toString())) {
                        Outflow.send(out, place);
                    }
                });
    }

    @Override
    public void follow(RunName request, StreamObserver<RunStand> caller) {
        pouring.to(caller, "follow run", out -> follow(request, out));
    }

    private void follow(RunName request, Outflow<RunStand> out) throws InterruptedException {
        var run = RunMessages.run(request.getRun());
        var bell = new Bell();
        try (var _ = store.pages().listen(bell::ring)) {
            var told = RunStand.getDefaultInstance();
            var whereabouts = new Whereabouts(places, run);
            boolean first = true;
            while (!told.getEnded() && !out.gone()) {
                long heard = bell.rings();
                var now = stand(run);
                var news = whereabouts.news();
                if (first || !now.equals(told) || !news.isEmpty()) {
                    out.send(now.toBuilder().addAllPlaces(news).build());
                    told = now;
                    first = false;
                }
                out.pause(LOOK_PAUSE);
                bell.await(heard, LOOK_EVERY.minus(LOOK_PAUSE));
            }
        }
    }

    /// The end is looked for first: what came before it is counted after it.
    private RunStand stand(RunId run) {
        var row = store.runs().find(run);
        long chunks = store.logs().extents(run).stream().mapToLong(Extent::chunks).sum();
        return RunStand.newBuilder()
                .setEvents(row.map(RunRow::events).orElse(0L))
                .setChunks(chunks)
                .setEnded(row.map(r -> r.progress().ended()).orElse(true))
                .build();
    }

    // ---- what is to happen

    @Override
    public void ask(RunRequest request, StreamObserver<RunAsked> caller) {
        answer.announced(
                caller,
                request.getRun(),
                asked(request.getKind()),
                () -> {
                    boolean taken = requests.ask(request, Peer.current().deed().name());
                    if (!taken) {
                        answer.undone(request.getRun(), ended());
                    }
                    return RunAsked.newBuilder().setTaken(taken).build();
                });
    }

    private static Problem ended() {
        return WireProblems.problem(
                "SLOTH-4003",
                "there is no such run, or it has ended",
                "`sloth-runner runs show RUN` shows how it has ended");
    }

    private static String asked(RunRequestKind kind) {
        return switch (kind) {
            case RUN_REQUEST_KIND_CANCEL -> "asked to be cancelled";
            case RUN_REQUEST_KIND_DECIDE -> "asked to be decided";
            case RUN_REQUEST_KIND_NONE, UNRECOGNIZED -> "asked for something unknown";
        };
    }

    @Override
    public void missing(ContentNames request, StreamObserver<ContentNames> caller) {
        answer.to(caller, "compare contents", () -> missing(request));
    }

    private ContentNames missing(ContentNames asked) {
        if (asked.getSha256Count() > 0) {
            int _ = RunMessages.page(asked.getSha256Count());
        }
        return ContentNames.newBuilder()
                .addAllSha256(
                        asked.getSha256List().stream()
                                .map(RunMessages::sha256)
                                .filter(sha256 -> store.runs().content(sha256).isEmpty())
                                .toList())
                .build();
    }

    @Override
    public StreamObserver<SubmissionPart> submit(StreamObserver<SubmissionTaken> caller) {
        return new SubmissionStream(
                new Intake(store, behind.submitting(), Submitter.text(Peer.current())),
                answer,
                caller);
    }

    @Override
    public void retry(RetryRequest request, StreamObserver<SubmissionTaken> caller) {
        var by = Submitter.text(Peer.current());
        answer.announced(
                caller,
                request.getRun(),
                "submitted, to try %s again".formatted(RunProblems.shown(request.getEarlier())),
                () ->
                        SubmissionTaken.newBuilder()
                                .setFresh(retrying.submitted(request, by))
                                .build());
    }
}
