package dev.sloth.drive;

import dev.sloth.api.value.DataTable;
import dev.sloth.api.workflow.AttemptId;
import dev.sloth.api.workflow.Outcome;
import dev.sloth.core.run.Answer;
import dev.sloth.testkit.VirtualTime;
import java.time.Duration;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;

/// What attempts do to the world, whoever drives the run. Some are as commands, which live on when
/// their runner dies and can be found again on their machine; others are as functions, which die
/// with it.
final class PlayedAttempts {
    private static final int LONGEST_MILLIS = 400;
    private static final int ABORTS_ONE_IN = 60;

    private static final Outcome.Status[] ENDS = {
        Outcome.Status.SUCCEEDED,
        Outcome.Status.SUCCEEDED,
        Outcome.Status.SUCCEEDED,
        Outcome.Status.SUCCEEDED,
        Outcome.Status.FAILED,
        Outcome.Status.TIMED_OUT,
        Outcome.Status.SKIPPED,
        Outcome.Status.UNKNOWN
    };

    private final VirtualTime time;
    private final RandomGenerator random;
    private final DurableJudge judge;
    private final long seed;
    private final Map<AttemptId, Play> plays = new LinkedHashMap<>();
    private final Set<AttemptId> cancelled = new HashSet<>();

    PlayedAttempts(VirtualTime time, RandomGenerator random, DurableJudge judge) {
        this.time = time;
        this.random = random;
        this.judge = judge;
        this.seed = random.nextLong();
    }

    /// One execution.
    static final class Play {
        final AttemptId id;
        final SimulatedOwner by;
        final String boot;
        final boolean command;
        Optional<Outcome> outcome = Optional.empty();
        private boolean lost;

        private Play(AttemptId id, SimulatedOwner by, boolean command) {
            this.id = id;
            this.by = by;
            this.boot = by.boot();
            this.command = command;
        }

        boolean lost() {
            return lost;
        }

        void lose() {
            lost = outcome.isEmpty();
        }
    }

    Optional<Play> find(AttemptId id) {
        return Optional.ofNullable(plays.get(id));
    }

    /// Whether it is a command that outlives its runner.
    boolean command(AttemptId id) {
        return chance(id.toString(), "kind").nextBoolean();
    }

    private SplittableRandom chance(String what, String about) {
        return new SplittableRandom(seed + what.hashCode() * 1_000_003L + about.hashCode());
    }

    Play execute(AttemptId id, SimulatedOwner by) {
        judge.executes(id);
        var play = new Play(id, by, command(id));
        plays.put(id, play);
        Runnable finish = () -> finish(play);
        time.after(
                Duration.ofMillis(1 + random.nextInt(LONGEST_MILLIS)),
                play.command ? finish : () -> by.guarded(finish));
        return play;
    }

    private void finish(Play play) {
        if (play.lost) {
            return;
        }
        boolean cancels = cancelled.contains(play.id) && random.nextInt(3) > 0;
        play.outcome =
                Optional.of(
                        cancels
                                ? Outcome.ended(Outcome.Status.CANCELLED, "cancelled")
                                : end(play.id));
    }

    private Outcome end(AttemptId id) {
        var chance = chance(id.toString(), "end");
        if (chance.nextInt(ABORTS_ONE_IN) == 0) {
            return Outcome.ended(Outcome.Status.ABORTED, "as planned");
        }
        var status = ENDS[chance.nextInt(ENDS.length)];
        return status == Outcome.Status.SUCCEEDED
                ? Outcome.succeeded("", new DataTable().with("from", id.task().text()), true)
                : Outcome.ended(status, "as planned");
    }

    Answer answer(String stage) {
        return switch (chance(stage, "condition").nextInt(4)) {
            case 0 -> new Answer.No();
            case 1 -> new Answer.Failed("no answer");
            default -> new Answer.Yes();
        };
    }

    void cancel(AttemptId id) {
        cancelled.add(id);
    }

    /// Its functions die with a process.
    void processEnds(SimulatedOwner process) {
        plays.values().stream().filter(p -> p.by == process && !p.command).forEach(Play::lose);
    }

    /// All dies with a machine.
    void machineStops(String boot) {
        plays.values().stream().filter(p -> p.boot.equals(boot)).forEach(Play::lose);
    }
}
