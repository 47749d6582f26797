package dev.sloth.cli.serve;

import dev.sloth.api.workflow.RunId;
import dev.sloth.core.schedule.Scheduler;
import dev.sloth.core.store.Claiming;
import dev.sloth.core.store.FireRow;
import dev.sloth.core.store.Owner;
import dev.sloth.core.store.RunStore.Fate.Verdict;
import dev.sloth.core.store.ScheduleRow;
import dev.sloth.core.store.StoreFailure;
import dev.sloth.drive.KeptRuns;
import dev.sloth.drive.Lease;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Collectors;

/// Fires schedules: decides what is due, starts the runs of what is ready, and goes on with those
/// whose process is gone.
public final class ScheduleResident implements Resident {
    /// How often the store is looked at for what others have changed.
    private static final Duration LOOK_EVERY = Duration.ofMillis(500);

    /// How long to wait when the store does not work just now.
    private static final Duration FAULT_PAUSE = Duration.ofSeconds(5);

    private final KeptRuns runs;
    private final Scheduler scheduler;
    private final Launcher launcher;
    private final Crew crew;
    private final InstantSource time;
    private final Consumer<StoreFailure> trouble;
    private final Semaphore pokes = new Semaphore(0);
    private volatile boolean stopping;
    private Optional<Thread> thread = Optional.empty();

    /// @param trouble is told when the store does not work, and that will be tried again
    public ScheduleResident(
            KeptRuns runs,
            Launcher launcher,
            Crew crew,
            InstantSource time,
            Consumer<StoreFailure> trouble) {
        this.runs = runs;
        this.scheduler = new Scheduler(runs.store().schedules(), runs.store().requests(), time);
        this.launcher = launcher;
        this.crew = crew;
        this.time = time;
        this.trouble = trouble;
    }

    @Override
    public String name() {
        return "schedules";
    }

    @Override
    public void start(Consumer<RuntimeException> fault) {
        crew.whenOneEnds(pokes::release);
        thread = Optional.of(Thread.ofPlatform().daemon().name("schedules").start(() -> go(fault)));
    }

    @Override
    public void stop(Duration grace) throws InterruptedException {
        stopping = true;
        pokes.release();
        if (thread.isPresent()) {
            thread.get().join();
        }
    }

    private void go(Consumer<RuntimeException> fault) {
        try {
            while (!stopping) {
                var pause = look();
                if (pokes.tryAcquire(pause.toNanos(), TimeUnit.NANOSECONDS)) {
                    pokes.drainPermits();
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (RuntimeException e) {
            fault.accept(e);
        }
    }

    /// @return how long nothing is to be done, as far as can be known
    private Duration look() {
        try {
            var wake = scheduler.tick();
            begin();
            return wake.map(this::until).orElse(LOOK_EVERY);
        } catch (StoreFailure e) {
            if (isForGood(e)) {
                throw e;
            }
            trouble.accept(e);
            return FAULT_PAUSE;
        }
    }

    /// Whether it is of no use to try again.
    private static boolean isForGood(StoreFailure failure) {
        return switch (failure.reason()) {
            case FORBIDDEN, DAMAGED, NEWER -> true;
            case FENCED, TAKEN, CONFLICT, FULL, BUSY, BROKEN -> false;
        };
    }

    private Duration until(Instant wake) {
        var left = Duration.between(time.instant(), wake);
        if (left.isNegative()) {
            return Duration.ZERO;
        }
        return left.compareTo(LOOK_EVERY) < 0 ? left : LOOK_EVERY;
    }

    private void begin() {
        if (crew.room() <= 0) {
            return;
        }
        List<FireRow> open = runs.store().schedules().open();
        if (open.isEmpty()) {
            return;
        }
        Map<Long, ScheduleRow> schedules =
                runs.store().schedules().list().stream()
                        .collect(Collectors.toMap(ScheduleRow::number, Function.identity()));
        for (var fire : open) {
            var schedule = Optional.ofNullable(schedules.get(fire.schedule()));
            if (crew.room() > 0 && !stopping) {
                schedule.ifPresent(s -> begin(s, fire));
            }
        }
    }

    private void begin(ScheduleRow schedule, FireRow fire) {
        if (crew.keys().contains(key(fire))) {
            return;
        }
        switch (fire.status()) {
            case READY -> start(schedule, fire);
            case STARTED -> fire.runId().ifPresent(run -> takeOver(schedule, fire, run));
            case QUEUED, OVER, SKIPPED, FAILED -> {}
        }
    }

    private static String key(FireRow fire) {
        return "fire-" + fire.number();
    }

    private void start(ScheduleRow schedule, FireRow fire) {
        if (!isFree(fire)) {
            return;
        }
        var until = time.instant().plus(Lease.TTL);
        runs.store()
                .schedules()
                .take(fire, runs.owner(), until)
                .ifPresent(claim -> crew.begin(key(fire), launcher.fired(schedule, fire, claim)));
    }

    /// Whether nobody is about to start its run; ourselves we would know.
    private boolean isFree(FireRow fire) {
        var holder = fire.heldBy();
        if (holder.isEmpty() || holder.get().equals(runs.owner())) {
            return true;
        }
        return switch (runs.fate(holder.get())) {
            case GONE -> true;
            case ALIVE -> false;
            case UNKNOWN -> !time.instant().isBefore(fire.leaseUntil());
        };
    }

    /// A run whose process is gone, and that does not wait for somebody's word.
    private void takeOver(ScheduleRow schedule, FireRow fire, RunId run) {
        if (!launcher.resumes() || fire.runEnded() || isWaiting(fire, run)) {
            return;
        }
        var claiming =
                runs.store().runs().claim(run, runs.owner(), time.instant(), Lease.TTL, this::fate);
        switch (claiming) {
            case Claiming.Granted(var claim) -> {
                if (!crew.begin(key(fire), launcher.resumed(schedule, fire, claim))) {
                    runs.leave(claim);
                }
            }
            case Claiming.Held _, Claiming.Over _, Claiming.Unknown _ -> {}
        }
    }

    /// A run that we drive would be at work here: one that is not was left by us.
    private Verdict fate(Owner owner) {
        return owner.equals(runs.owner()) ? Verdict.GONE : runs.fate(owner);
    }

    private boolean isWaiting(FireRow fire, RunId run) {
        return fire.runStatus().equals("waiting") && runs.store().requests().of(run).isEmpty();
    }
}
