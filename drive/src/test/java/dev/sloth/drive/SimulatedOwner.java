package dev.sloth.drive;

import dev.sloth.api.workflow.Assignment;
import dev.sloth.api.workflow.AttemptId;
import dev.sloth.api.workflow.Outcome;
import dev.sloth.core.journal.StoredJournal;
import dev.sloth.core.run.Answer;
import dev.sloth.core.run.Conductor;
import dev.sloth.core.run.Driver;
import dev.sloth.core.run.Journal;
import dev.sloth.core.run.RunCommand;
import dev.sloth.core.run.RunEvent;
import dev.sloth.core.run.RunInput;
import dev.sloth.core.run.RunReport;
import dev.sloth.core.store.Claim;
import dev.sloth.core.store.Claiming;
import dev.sloth.core.store.Owner;
import dev.sloth.core.store.Store;
import dev.sloth.core.store.StoreFailure;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// A process that drives the run, as [LocalRun] does, in virtual time. It may be killed, freeze, or
/// find that its store fails at any moment.
final class SimulatedOwner {
    private static final Duration BEAT = Duration.ofMillis(100);

    private final DurableWorld world;
    private final Owner owner;
    private final StoreFaults faults;
    private final Store store;
    private final Set<Object> busy = new HashSet<>();
    private Instant frozenUntil = Instant.MIN;
    private boolean dead;
    private boolean mute;
    private long acknowledged;
    private @Nullable Claim claim;
    private @Nullable Driver driver;
    private @Nullable Tenancy tenancy;
    private @Nullable Hands hands;

    SimulatedOwner(DurableWorld world, Owner owner, StoreFaults faults, Store store) {
        this.world = world;
        this.owner = owner;
        this.faults = faults;
        this.store = store;
    }

    Owner owner() {
        return owner;
    }

    String boot() {
        return owner.boot();
    }

    boolean dead() {
        return dead;
    }

    private boolean frozen() {
        return world.time.instant().isBefore(frozenUntil);
    }

    /// Whether it does what it should, as far as somebody can see.
    boolean answers() {
        return !dead && !frozen();
    }

    // ---- its life

    /// Does something, unless the process is gone by then or goes with it.
    void guarded(Runnable act) {
        if (dead) {
            return;
        }
        if (!frozen() && world.freezes()) {
            world.tally.freezes++;
            frozenUntil = world.time.instant().plus(world.within(30_000));
        }
        if (frozen()) {
            world.time.at(frozenUntil, () -> guarded(act));
            return;
        }
        if (world.kills()) {
            kill();
            return;
        }
        world.judge.watching(claim, () -> alive(act));
    }

    private void alive(Runnable act) {
        try {
            act.run();
        } catch (StoreFailure e) {
            world.judge.excuses(e, claim);
            world.tally.failures++;
            giveUp();
        } catch (StoreFaults.Stop e) {
            world.tally.stops++;
            kill();
        }
    }

    /// As `kill -9`.
    void kill() {
        if (dead) {
            return;
        }
        world.tally.kills++;
        dead = true;
        faults.heal();
        world.attempts.processEnds(this);
        store.close();
    }

    /// As a run that cannot go on: it ends what it can, and tries to give the run back.
    private void giveUp() {
        dead = true;
        world.attempts.processEnds(this);
        try {
            release();
        } catch (StoreFailure | StoreFaults.Stop e) {
            // Its lease ends by itself.
            world.tally.unreleased++;
        }
        faults.heal();
        store.close();
    }

    private void release() {
        if (claim != null) {
            store.runs().release(claim);
        }
    }

    private void leave() {
        release();
        dead = true;
        faults.heal();
        store.close();
    }

    /// Faults are over: nobody who keeps an answer for ever is left.
    void heal() {
        faults.heal();
        if (mute) {
            kill();
        }
    }

    // ---- its run

    void submit() {
        guarded(() -> {
            var journal = StoredJournal.submitting(store.runs(), world.newRun(owner), world.pace);
            var made = drives(journal);
            made.accept(List.of(world.submission()));
            owns(journal.claim());
            beat();
        });
    }

    void resume() {
        guarded(() -> {
            var claiming =
                    store.runs()
                            .claim(
                                    DurableWorld.RUN,
                                    owner,
                                    world.time.instant(),
                                    Lease.TTL,
                                    other -> world.fate(owner, other));
            if (!(claiming instanceof Claiming.Granted(var granted))) {
                leave();
                return;
            }
            world.tally.takeovers++;
            owns(granted);
            world.judge.deep();
            acknowledged = world.judge.events();
            drives(StoredJournal.resuming(store.runs(), granted, world.pace)).resume();
            beat();
        });
    }

    private void owns(Claim granted) {
        claim = granted;
        var lease = new Lease(store.runs(), granted, world.time);
        tenancy = new StoreTenancy(store, granted, lease, world.time);
        hands =
                new OnceHands(
                        new SimulatedHands(this, world.attempts, world.judge),
                        store.attempts(),
                        lease,
                        granted,
                        owner.boot(),
                        world.time);
    }

    private Driver drives(Journal journal) {
        var made = new Driver(new Conductor(journal), world.time, this::kept, this::carryOut);
        driver = made;
        return made;
    }

    private static <T> T there(@Nullable T thing) {
        if (thing == null) {
            throw new IllegalStateException("the process does not drive the run yet");
        }
        return thing;
    }

    private void kept(RunEvent event) {
        acknowledged++;
        world.judge.acknowledged(acknowledged, event);
    }

    /// A refused step has not happened and may be tried again.
    private void take(List<RunInput> inputs) {
        try {
            there(driver).accept(inputs);
        } catch (StoreFailure e) {
            if (e.reason() == StoreFailure.Reason.FENCED || world.oneIn(2)) {
                throw e;
            }
            world.tally.again++;
            there(driver).accept(inputs);
        }
        there(tenancy).kept();
    }

    private void beat() {
        guarded(() -> {
            there(driver).ring();
            take(there(tenancy).look());
            if (over()) {
                leave();
                return;
            }
            world.time.after(BEAT, this::beat);
        });
    }

    private boolean over() {
        var run = there(driver);
        return run.over() && (run.state().status().ended() || busy.isEmpty());
    }

    // ---- what the run asks for

    private void carryOut(RunCommand command) {
        switch (command) {
            case RunCommand.Dispatch(var assignment) -> dispatch(assignment);
            case RunCommand.CancelAttempt(var id) -> world.attempts.cancel(id);
            case RunCommand.StartTimer e ->
                    throw new IllegalStateException("the driver minds timers: " + e);
            case RunCommand.EvaluateCondition e -> evaluate(e);
            case RunCommand.CancelCondition(var stage) ->
                    reportSoon(
                            stage,
                            () ->
                                    new RunInput.ConditionAnswered(
                                            world.time.instant(),
                                            stage,
                                            new Answer.Failed("cancelled")));
            case RunCommand.CallHook e -> call(e);
            // Its end is reported anyway.
            case RunCommand.CancelHook _ -> {}
        }
    }

    private void soon(Object work, int millis, Runnable act) {
        busy.add(work);
        world.time.after(world.within(millis), () -> guarded(act));
    }

    private void dispatch(Assignment assignment) {
        var id = assignment.id();
        soon(
                id,
                5,
                () -> {
                    var begun = outcome(() -> there(hands).attempt(assignment));
                    if (begun.equals(SimulatedHands.BEGUN)) {
                        await(world.attempts.find(id).orElseThrow());
                    } else {
                        reportAttempt(id, begun);
                    }
                });
    }

    @FunctionalInterface
    private interface Act<T> {
        T perform() throws InterruptedException;
    }

    private static <T> T outcome(Act<T> act) {
        try {
            return act.perform();
        } catch (InterruptedException e) {
            throw new IllegalStateException("nobody interrupts", e);
        }
    }

    /// Answers come late, twice, or never.
    private void await(PlayedAttempts.Play play) {
        soon(
                play.id,
                50,
                () -> {
                    if (play.outcome.isEmpty()) {
                        await(play);
                        return;
                    }
                    if (world.mutes()) {
                        mute = true;
                        world.tally.mutes++;
                        return;
                    }
                    reportAttempt(play.id, play.outcome.get());
                    if (world.oneIn(10)) {
                        reportAttempt(play.id, play.outcome.get());
                    }
                });
    }

    private void reportAttempt(AttemptId id, Outcome outcome) {
        soon(
                id,
                world.oneIn(20) ? 3_000 : 10,
                () -> {
                    busy.remove(id);
                    take(List.of(new RunInput.AttemptEnded(world.time.instant(), id, outcome)));
                });
    }

    private void evaluate(RunCommand.EvaluateCondition e) {
        reportSoon(
                e.stage(),
                () ->
                        new RunInput.ConditionAnswered(
                                world.time.instant(),
                                e.stage(),
                                outcome(() -> there(hands).condition(e.stage(), e.condition()))));
    }

    private void call(RunCommand.CallHook e) {
        var soFar = RunReport.of(there(driver).state());
        reportSoon(
                e.hook(),
                () ->
                        new RunInput.HookEnded(
                                world.time.instant(),
                                e.hook(),
                                outcome(() ->
                                        there(hands)
                                                .hook(
                                                        e.hook(),
                                                        e.function(),
                                                        e.success(),
                                                        soFar))));
    }

    private void reportSoon(Object work, Supplier<RunInput> input) {
        soon(
                work,
                50,
                () -> {
                    var report = input.get();
                    soon(
                            work,
                            10,
                            () -> {
                                busy.remove(work);
                                take(List.of(report));
                            });
                });
    }
}
