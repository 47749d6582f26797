package dev.sloth.master.run;

import dev.sloth.api.secret.Secrets;
import dev.sloth.api.workflow.Problems;
import dev.sloth.api.workflow.RunId;
import dev.sloth.api.workflow.Workflow;
import dev.sloth.core.journal.RunHistory;
import dev.sloth.core.journal.StoredJournal;
import dev.sloth.core.run.RunEvent;
import dev.sloth.core.run.RunInput;
import dev.sloth.core.run.RunReport;
import dev.sloth.core.store.Claim;
import dev.sloth.core.store.NewRun;
import dev.sloth.core.store.RunQuery;
import dev.sloth.core.store.RunRow;
import dev.sloth.core.store.StoreFailure;
import dev.sloth.core.store.cluster.OrderRow;
import dev.sloth.drive.Adoption;
import dev.sloth.drive.KeptRuns;
import dev.sloth.drive.Lease;
import dev.sloth.drive.LocalRun;
import dev.sloth.master.dispatch.Fleet;
import dev.sloth.wire.WireProblems;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.BiConsumer;
import java.util.function.LongSupplier;

/// The runs of a master, each driven on a thread of its own. Safe for use by many threads.
public final class MasterRuns implements AutoCloseable {
    /// How many attempts of a run are made at once when its workflow does not say.
    private static final int PARALLEL = 64;

    /// How long a run is left alone that could not go on.
    private static final Duration TROUBLE_PAUSE = Duration.ofSeconds(30);

    private static final String RUNNING = "running";
    private static final String WAITING = "waiting";

    private final KeptRuns runs;
    private final Fleet fleet;
    private final Driving driving;
    private final WorkflowSecrets secrets;
    private final InstantSource clock;
    private final LongSupplier random;
    private final RunNews news;
    private final ExecutorService threads =
            Executors.newThreadPerTaskExecutor(Thread.ofVirtual().name("run ", 0).factory());
    private final Map<RunId, ActiveRun> active = new ConcurrentHashMap<>();

    private final Set<RunId> taken = ConcurrentHashMap.newKeySet();

    /// Those that are not known to be on disk yet.
    private final Map<RunId, CompletableFuture<RunId>> submitting = new ConcurrentHashMap<>();

    /// Those that could not go on, and until when they are left alone.
    private final Map<RunId, Instant> troubled = new ConcurrentHashMap<>();

    private volatile boolean ending;

    /// @param secrets those that a workflow declares
    /// @param random asked by many threads
    public MasterRuns(
            KeptRuns runs,
            Fleet fleet,
            WorkflowSecrets secrets,
            InstantSource clock,
            LongSupplier random,
            RunNews news) {
        this.runs = runs;
        this.fleet = fleet;
        this.clock = clock;
        this.random = random;
        this.news = news;
        this.secrets = secrets;
        this.driving = new Driving(runs, fleet, clock, () -> Long.toHexString(random.getAsLong()));
    }

    /// A run that is driven now.
    public Optional<ActiveRun> active(RunId run) {
        return Optional.ofNullable(active.get(run));
    }

    private Optional<ActiveRun> of(String order) {
        return fleet.row(order)
                .flatMap(row -> Optional.ofNullable(active.get(new RunId(row.run()))));
    }

    /// The run for which an agent has an order; nothing when it has no such order.
    ///
    /// @throws Problems `UNREACHABLE` when the run is not driven just now: the agent asks again
    public Optional<ActiveRun> of(String agent, String order) {
        boolean theirs =
                fleet.row(order)
                        .filter(row ->
                                row.agent().equals(agent) && row.state() != OrderRow.State.GIVEN_UP)
                        .isPresent();
        if (!theirs) {
            return Optional.empty();
        }
        var run = of(order);
        if (run.isEmpty()) {
            throw WireProblems.of(
                    WireProblems.UNREACHABLE,
                    "the run of an order is not driven just now",
                    "the agent tries again");
        }
        return run;
    }

    /// The same, when the agent has not told yet what came of the order.
    ///
    /// @throws Problems as above
    public Optional<ActiveRun> underWay(String agent, String order) {
        boolean open =
                fleet.row(order)
                        .filter(row ->
                                row.state() == OrderRow.State.GIVEN
                                        || row.state() == OrderRow.State.ACCEPTED)
                        .isPresent();
        return open ? of(agent, order) : Optional.empty();
    }

    // ---- new ones

    /// Has a run driven, unless there is one of its id already. When this returns it is on disk,
    /// whoever of several was the first to ask for it.
    ///
    /// @throws Problems when the workflow asks for what cannot be done here
    /// @throws StoreFailure when it cannot be kept
    public void submit(Submission wanted) {
        var kept = new CompletableFuture<RunId>();
        var other = submitting.putIfAbsent(wanted.id(), kept);
        if (other != null) {
            await(other);
            return;
        }
        try {
            // Looked at only now: who was faster has kept it before it made room for us.
            boolean there = runs.store().runs().find(wanted.id()).isPresent();
            if (!there && taken.add(wanted.id())) {
                threads.execute(() -> guarded(wanted.id(), kept, () -> fresh(wanted, kept)));
            } else {
                kept.complete(wanted.id());
            }
            await(kept);
        } catch (RuntimeException e) {
            boolean _ = kept.completeExceptionally(e);
            throw e;
        } finally {
            submitting.remove(wanted.id(), kept);
        }
    }

    private static void await(CompletableFuture<RunId> kept) {
        try {
            var _ = kept.join();
        } catch (CompletionException e) {
            throw e.getCause() instanceof RuntimeException cause ? cause : e;
        }
    }

    @FunctionalInterface
    private interface Work {
        void drive() throws InterruptedException;
    }

    /// @param kept is told of a failure when the run is not on disk by then
    private void guarded(RunId run, CompletableFuture<RunId> kept, Work work) {
        Optional<RuntimeException> unkept = Optional.empty();
        try {
            work.drive();
        } catch (InterruptedException _) {
            unkept = Optional.of(ended()).filter(_ -> !kept.isDone());
            Thread.currentThread().interrupt();
        } catch (RuntimeException e) {
            unkept = Optional.of(e).filter(_ -> !kept.isDone());
            if (unkept.isEmpty() && !ending) {
                troubled.put(run, clock.instant().plus(TROUBLE_PAUSE));
                news.trouble(run, e);
            }
        } finally {
            active.remove(run);
            taken.remove(run);
        }
        // Only now: whoever hears of it may ask for the run once more.
        unkept.ifPresent(kept::completeExceptionally);
    }

    /// Whoever still waits for a run to be kept hears that, rather than nothing.
    private static RuntimeException ended() {
        return WireProblems.of(
                WireProblems.UNREACHABLE,
                "the master has just ended",
                "start it again, and ask again: a run that is there already is not made twice");
    }

    private void fresh(Submission wanted, CompletableFuture<RunId> kept)
            throws InterruptedException {
        new Adoption(runs.store().artifacts(), wanted.reuse()).assure();
        var now = clock.instant();
        var made =
                new NewRun(
                                wanted.id(),
                                wanted.workflow().name(),
                                wanted.script(),
                                now,
                                wanted.labels(),
                                wanted.files(),
                                wanted.contents(),
                                runs.owner(),
                                now.plus(Lease.TTL))
                        .causedBy(wanted.cause());
        var submit =
                new RunInput.Submit(
                        now,
                        wanted.id(),
                        wanted.workflow(),
                        wanted.values(),
                        PARALLEL,
                        random.getAsLong(),
                        wanted.reuse(),
                        true);
        var subject =
                new Driving.Subject(
                        new Claim(wanted.id(), 1),
                        wanted.workflow(),
                        wanted.values(),
                        secrets.begin(wanted.id(), wanted.workflow()),
                        wanted.files(),
                        wanted.labels(),
                        wanted.reuse(),
                        StoredJournal.submitting(runs.store().runs(), made),
                        Instant.MIN);
        drive(subject, run -> run.run(submit), news::began, kept);
    }

    private void drive(
            Driving.Subject subject,
            Driving.Beginning beginning,
            BiConsumer<RunId, String> toldOf,
            CompletableFuture<RunId> kept)
            throws InterruptedException {
        var id = subject.claim().run();
        var report =
                driving.drive(
                        subject,
                        beginning,
                        run -> {
                            active.put(id, run);
                            toldOf.accept(id, subject.workflow().name());
                        },
                        event -> {
                            if (event instanceof RunEvent.RunSubmitted) {
                                kept.complete(id);
                            }
                        });
        kept.complete(id);
        secrets.rests(id);
        if (report.status().ended()) {
            fleet.rows(id.text()).forEach(row -> fleet.settled(row.id()));
        }
        news.rests(report);
    }

    // ---- those that are there

    /// Goes on with all runs that nobody drives and that have something to go on with, and lets go
    /// of orders whose run is over. To be called at the start, and again and again.
    ///
    /// @throws StoreFailure when the store cannot be read
    public void look() {
        for (var row : open()) {
            if (hasWork(row) && taken.add(row.id())) {
                var done = CompletableFuture.completedFuture(row.id());
                threads.execute(() -> guarded(row.id(), done, () -> goOn(row)));
            }
        }
    }

    private List<RunRow> open() {
        var all = RunQuery.ALL;
        var query =
                new RunQuery(
                        Set.of(RUNNING, WAITING),
                        all.workflow(),
                        all.script(),
                        all.since(),
                        all.labels(),
                        all.before(),
                        all.limit());
        var open = new ArrayList<RunRow>();
        var page = runs.store().runs().list(query);
        while (!page.isEmpty()) {
            open.addAll(page);
            page =
                    page.size() < query.limit()
                            ? List.of()
                            : runs.store().runs().list(query.after(page.getLast().id()));
        }
        return open;
    }

    /// A run that waits for a decision has nothing to go on with until somebody has taken it.
    private boolean hasWork(RunRow row) {
        return !taken.contains(row.id())
                && !isTroubled(row.id())
                && (row.progress().status().equals(RUNNING)
                        || !runs.store().requests().of(row.id()).isEmpty());
    }

    private boolean isTroubled(RunId run) {
        var until = Optional.ofNullable(troubled.get(run));
        if (until.filter(end -> end.isAfter(clock.instant())).isPresent()) {
            return true;
        }
        troubled.remove(run);
        return false;
    }

    private void goOn(RunRow row) throws InterruptedException {
        Claim claim;
        try {
            claim = runs.claimAgain(row.id());
        } catch (Problems _) {
            // Somebody drives it, or it has ended meanwhile: the next look sees which.
            return;
        }
        var store = runs.store().runs();
        var history = new RunHistory(store, row.id());
        var submitted = history.submitted();
        var subject =
                new Driving.Subject(
                        claim,
                        submitted.workflow(),
                        submitted.values(),
                        secrets(claim, submitted.workflow(), history),
                        row.files(),
                        row.labels(),
                        submitted.reuse(),
                        StoredJournal.resuming(store, claim),
                        row.progress().at());
        var kept = CompletableFuture.completedFuture(row.id());
        var adoption = new Adoption(runs.store().artifacts(), submitted.reuse());
        drive(subject, run -> goOn(run, adoption, claim), news::goesOn, kept);
    }

    /// The life in which it was submitted may have ended before it was given what it takes over.
    private static RunReport goOn(LocalRun run, Adoption adoption, Claim claim)
            throws InterruptedException {
        adoption.make(claim);
        return run.resume();
    }

    /// A run that cannot go on without its secrets is left for later.
    private Secrets secrets(Claim claim, Workflow workflow, RunHistory history)
            throws InterruptedException {
        boolean found = false;
        try {
            var run = claim.run();
            boolean toEnd = runs.isAskedToEnd(run) || history.isCancelled();
            var given = secrets.goOn(run, workflow, toEnd);
            found = true;
            return given;
        } finally {
            if (!found) {
                runs.leave(claim);
            }
        }
    }

    /// Lets go of orders whose run is over or gone. For the start, before agents come.
    ///
    /// @throws StoreFailure when the store cannot be read
    public void tidy() {
        for (var row : fleet.rows()) {
            var over =
                    runs.store()
                            .runs()
                            .find(new RunId(row.run()))
                            .filter(run ->
                                    Set.of(RUNNING, WAITING).contains(run.progress().status()))
                            .isEmpty();
            if (over) {
                fleet.settled(row.id());
            }
        }
    }

    /// Leaves all runs as they are, as if we had been killed: the next start goes on with them. The
    /// fleet is to be closed before, or what agents do would be cancelled.
    @Override
    public void close() {
        ending = true;
        threads.shutdownNow();
        threads.close();
    }
}
