package dev.sloth.cli;

import dev.sloth.api.workflow.Problems;
import dev.sloth.drive.SteadyTime;
import dev.sloth.master.afar.Patience;
import dev.sloth.wire.WireProblems;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;

/// Waits for a master that does not answer for a while, since the runs that it drives go on. For
/// one thread.
final class MasterPatience implements Patience {
    /// Longer than a master takes to start again, wherever it does.
    private static final Duration LONGEST = Duration.ofMinutes(5);

    private static final Duration PAUSE = Duration.ofMillis(500);

    private final Caller caller;
    private final InstantSource time = SteadyTime.notBefore(Instant.MIN);
    private final String meanwhile;
    private final AtomicBoolean leaving;

    private MasterPatience(Caller caller, String meanwhile, AtomicBoolean leaving) {
        this.caller = caller;
        this.meanwhile = meanwhile;
        this.leaving = leaving;
    }

    /// For who follows a run.
    ///
    /// @param leaving says that nobody wants to wait any more
    static MasterPatience ofRun(Caller caller, AtomicBoolean leaving) {
        return new MasterPatience(caller, "the run goes on, and ", leaving);
    }

    /// For who looks at something else.
    static MasterPatience of(Caller caller) {
        return new MasterPatience(caller, "", new AtomicBoolean());
    }

    /// Nobody wants to wait any more.
    static final class Left extends RuntimeException {
        private static final long serialVersionUID = 1L;
    }

    @Override
    public <T> T with(Supplier<T> question) {
        var until = Instant.MIN;
        while (true) {
            try {
                var answer = question.get();
                end(until);
                return answer;
            } catch (Problems e) {
                if (!passes(e)) {
                    end(until);
                    throw e;
                }
                var now = time.instant();
                if (until.equals(Instant.MIN)) {
                    until = now.plus(LONGEST);
                    begin(e);
                }
                if (now.isAfter(until)) {
                    throw e;
                }
                pause();
            }
        }
    }

    private static boolean passes(Problems problems) {
        return problems.list().getFirst().code().equals(WireProblems.UNREACHABLE);
    }

    private void begin(Problems problems) {
        caller.complain(
                List.of(
                        "warning: %s; %sit is asked again for %d minutes"
                                .formatted(
                                        problems.list().getFirst().message(),
                                        meanwhile,
                                        LONGEST.toMinutes())));
    }

    /// That is so, whatever it answers.
    private void end(Instant until) {
        if (!until.equals(Instant.MIN)) {
            caller.complain(List.of("the master answers again"));
        }
    }

    private void pause() {
        if (leaving.get()) {
            throw new Left();
        }
        try {
            Thread.sleep(PAUSE);
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
            throw new Left();
        }
    }
}
