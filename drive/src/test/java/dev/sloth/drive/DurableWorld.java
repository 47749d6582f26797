package dev.sloth.drive;

import dev.sloth.api.value.DataTable;
import dev.sloth.api.value.Value;
import dev.sloth.api.workflow.AttemptId;
import dev.sloth.api.workflow.RunId;
import dev.sloth.api.workflow.Workflow;
import dev.sloth.core.journal.Requests;
import dev.sloth.core.journal.StoredJournal;
import dev.sloth.core.run.Ruling;
import dev.sloth.core.run.RunInput;
import dev.sloth.core.run.RunReport;
import dev.sloth.core.store.NewRun;
import dev.sloth.core.store.Owner;
import dev.sloth.core.store.RequestStore.Request;
import dev.sloth.core.store.RunStore.Fate;
import dev.sloth.core.store.Store;
import dev.sloth.testkit.Gen;
import dev.sloth.testkit.VirtualTime;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.random.RandomGenerator;

/// One durable run in virtual time, driven by processes on two machines that crash, freeze and come
/// back, on a store that fails or stops between any two statements. The engine, the driver, the
/// journal, the tenancy, the marks of attempts and the store are the real ones; only attempts are
/// played. After a while faults stop, and then the run must end.
final class DurableWorld {
    static final RunId RUN = new RunId("run");
    private static final int ACTIONS_MAX = 2_000_000;
    private static final int WATCH_MILLIS = 400;
    private static final int SEED_OF_JITTER = 7;

    final VirtualTime time = new VirtualTime();
    final Tally tally;
    final DurableJudge judge;
    final PlayedAttempts attempts;
    final StoredJournal.Pace pace;
    private final Function<Consumer<String>, Store> opening;
    private final Store eyes;
    private final RandomGenerator random;
    private final Workflow workflow;
    private final List<SimulatedMachine> machines =
            List.of(new SimulatedMachine("a"), new SimulatedMachine("b"));
    private final List<SimulatedOwner> owners = new ArrayList<>();
    private final Duration faultyFor;
    private final int killOneIn;
    private final int freezeOneIn;
    private final int faultOneIn;
    private boolean healed;

    /// How often things happened, so that a test sees that they do.
    static final class Tally {
        int runs;
        int kills;
        int outages;
        int freezes;
        int failures;
        int stops;
        int unreleased;
        int again;
        int takeovers;
        int mutes;
        int fenced;
        int undecided;
        int cancelled;
        int snapshots;
    }

    /// @param opening another handle on the same store, with faults
    DurableWorld(Gen gen, Tally tally, Function<Consumer<String>, Store> opening) {
        this.tally = tally;
        this.opening = opening;
        this.workflow = SimulatedFlow.of(gen);
        this.pace = new StoredJournal.Pace(gen.between(1, 60), gen.below(3));
        this.killOneIn = gen.oneOf(0, 150, 40);
        this.freezeOneIn = gen.oneOf(0, 400, 80);
        this.faultOneIn = gen.oneOf(0, 400, 60);
        this.faultyFor = Duration.ofMillis(gen.below(60_000));
        this.random = gen.random();
        this.eyes = opening.apply(_ -> {});
        this.judge = new DurableJudge(eyes);
        this.attempts = new PlayedAttempts(time, random, judge);
        if (gen.chance(30)) {
            time.after(within(20_000), () -> ask(Request.Kind.CANCEL, "enough"));
        }
    }

    /// Until nothing is due any more, which must be the run's end.
    RunReport run() {
        time.after(Duration.ZERO, this::watch);
        time.after(faultyFor, this::heal);
        time.runUntilIdle(ACTIONS_MAX);
        var report = judge.atTheEnd();
        tally.runs++;
        tally.fenced += judge.fenced;
        tally.snapshots += eyes.runs().snapshot(RUN).isPresent() ? 1 : 0;
        owners.forEach(SimulatedOwner::kill);
        eyes.close();
        return report;
    }

    // ---- chance

    boolean oneIn(int bound) {
        return random.nextInt(bound) == 0;
    }

    private boolean strikes(int oneIn) {
        return !healed && oneIn > 0 && oneIn(oneIn);
    }

    boolean kills() {
        return strikes(killOneIn);
    }

    boolean freezes() {
        return strikes(freezeOneIn);
    }

    boolean mutes() {
        return strikes(killOneIn);
    }

    Duration within(int millis) {
        return Duration.ofMillis(1 + random.nextInt(millis));
    }

    // ---- the run

    RunInput submission() {
        return new RunInput.Submit(time.instant(), RUN, workflow, Value.Nil.NIL, 2, SEED_OF_JITTER);
    }

    NewRun newRun(Owner owner) {
        return new NewRun(
                RUN,
                workflow.name(),
                "script",
                time.instant(),
                Map.of(),
                List.of(),
                List.of(),
                owner,
                time.instant().plus(Lease.TTL));
    }

    // ---- somebody outside

    /// Starts the run, resumes it when nobody seems to drive it, and decides.
    private void watch() {
        var row = eyes.runs().find(RUN);
        if (row.isPresent() && row.get().progress().ended()) {
            return;
        }
        if (owners.stream().noneMatch(SimulatedOwner::answers) || oneIn(20)) {
            var process = start();
            if (row.isEmpty()) {
                process.submit();
            } else {
                process.resume();
            }
        }
        if (row.isPresent()) {
            decide();
            judgeNowAndThen();
        }
        outageNowAndThen();
        time.after(within(WATCH_MILLIS), this::watch);
    }

    private void judgeNowAndThen() {
        if (oneIn(10)) {
            judge.deep();
        }
    }

    private SimulatedOwner start() {
        var machine = machines.get(random.nextInt(machines.size()));
        var faults = new StoreFaults(random, healed ? 0 : faultOneIn);
        var owner = new Owner(machine.name(), machine.boot(), owners.size() + 1, 1);
        var process = new SimulatedOwner(this, owner, faults, opening.apply(faults));
        owners.add(process);
        return process;
    }

    /// What one can know of another process: only those of one's own machine can be looked at.
    Fate.Verdict fate(Owner asking, Owner other) {
        if (!asking.boot().equals(other.boot())) {
            return Fate.Verdict.UNKNOWN;
        }
        boolean dead =
                owners.stream().filter(p -> p.owner().equals(other)).allMatch(SimulatedOwner::dead);
        return dead ? Fate.Verdict.GONE : Fate.Verdict.ALIVE;
    }

    private void decide() {
        for (var id : judge.pending()) {
            tally.undecided++;
            if (oneIn(3)) {
                int wrong = oneIn(10) ? 1 : 0;
                var about = new AttemptId(id.run(), id.task(), id.number() + wrong);
                var body = Requests.decision(about, ruling(), "somebody", time.instant());
                ask(Request.Kind.DECIDE, body);
            }
        }
    }

    private Ruling ruling() {
        return switch (random.nextInt(3)) {
            case 0 -> new Ruling.Again();
            case 1 -> new Ruling.Failed();
            default -> new Ruling.Succeeded(new DataTable());
        };
    }

    private void ask(Request.Kind kind, String body) {
        if (eyes.requests().ask(RUN, kind, body, "somebody", time.instant())
                && kind == Request.Kind.CANCEL) {
            tally.cancelled++;
        }
        judge.requests();
    }

    private void outageNowAndThen() {
        if (!strikes(killOneIn)) {
            return;
        }
        var machine = machines.get(random.nextInt(machines.size()));
        tally.outages++;
        attempts.machineStops(machine.boot());
        owners.stream().filter(p -> p.boot().equals(machine.boot())).forEach(SimulatedOwner::kill);
        machine.restart();
    }

    private void heal() {
        healed = true;
        owners.forEach(SimulatedOwner::heal);
    }
}
