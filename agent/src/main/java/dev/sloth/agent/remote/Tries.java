package dev.sloth.agent.remote;

import dev.sloth.api.workflow.Problem;
import dev.sloth.wire.MasterAddress;
import dev.sloth.wire.Refusals;
import dev.sloth.wire.WireProblems;
import io.grpc.Status;
import io.grpc.StatusException;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/// Makes calls again that broke. Safe for use by many threads.
final class Tries {
    /// A call that ended so was not answered: who called does not know what was done.
    private static final Set<Status.Code> BROKEN =
            Set.of(
                    Status.Code.UNAVAILABLE,
                    Status.Code.DEADLINE_EXCEEDED,
                    Status.Code.CANCELLED,
                    Status.Code.ABORTED,
                    Status.Code.INTERNAL,
                    Status.Code.UNKNOWN);

    private final MasterAddress master;
    private final RemoteLimits limits;
    private final SecureRandom random;
    private final Runnable hurry;

    /// @param hurry has a connection that was lost looked for at once
    Tries(MasterAddress master, RemoteLimits limits, SecureRandom random, Runnable hurry) {
        this.master = master;
        this.limits = limits;
        this.random = random;
        this.hurry = hurry;
    }

    /// One call, which must be harmless when it is made again.
    @FunctionalInterface
    interface Try<T> {
        /// @param patience what is left of it
        T make(Patience patience) throws StatusException, TimeoutException, InterruptedException;
    }

    /// How long there may be no sign of the master.
    static final class Patience {
        private final Duration most;
        private Deadline end;

        Patience(Duration most) {
            this.most = most;
            this.end = Deadline.within(most);
        }

        Duration left() {
            return end.left();
        }

        /// There was a sign.
        void renew() {
            end = Deadline.within(most);
        }
    }

    /// @throws dev.sloth.api.workflow.Problems what the master refused it for
    /// @throws Unanswered when patience ran out
    <T> T made(Try<T> call) throws InterruptedException {
        var patience = new Patience(limits.patience());
        var pause = limits.pause();
        while (true) {
            Problem why;
            try {
                return call.make(patience);
            } catch (StatusException e) {
                why = broken(e);
            } catch (TimeoutException _) {
                why = silent();
            }
            if (patience.left().isZero()) {
                throw new Unanswered(why, limits.patience());
            }
            pause(pause, patience.left());
            pause = pause.multipliedBy(2);
            pause = pause.compareTo(limits.pauseMax()) < 0 ? pause : limits.pauseMax();
        }
    }

    /// What became of a call that broke.
    ///
    /// @throws dev.sloth.api.workflow.Problems when it did not break, but was refused
    Problem broken(StatusException failure) {
        var problems = Refusals.read(failure, master);
        var first = problems.list().getFirst();
        boolean broken = BROKEN.contains(failure.getStatus().getCode());
        // A master that has just started does not drive all its runs yet, and says so.
        if (first.code().equals(WireProblems.UNREACHABLE)
                || (broken && !first.code().equals(WireProblems.NOT_OUR_MASTER))) {
            return first;
        }
        throw problems;
    }

    private Problem silent() {
        return WireProblems.problem(
                WireProblems.UNREACHABLE,
                "the master at %s says nothing".formatted(master),
                "see how it does");
    }

    private void pause(Duration pause, Duration left) throws InterruptedException {
        long most = Math.min(pause.toNanos(), left.toNanos());
        TimeUnit.NANOSECONDS.sleep(most / 2 + random.nextLong(Math.max(1, most / 2)));
        hurry.run();
    }
}
