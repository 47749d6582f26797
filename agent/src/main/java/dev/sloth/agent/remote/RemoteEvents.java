package dev.sloth.agent.remote;

import dev.sloth.api.event.EventRefusal;
import dev.sloth.api.event.EventRefusal.Reason;
import dev.sloth.api.event.Events;
import dev.sloth.api.event.Fact;
import dev.sloth.api.event.HookBook;
import dev.sloth.api.event.Watcher;
import dev.sloth.api.workflow.Problems;
import dev.sloth.wire.WatcherSight;
import dev.sloth.wire.WireProblems;
import dev.sloth.wire.shared.Agreeing;
import dev.sloth.wire.shared.Asking;
import dev.sloth.wire.shared.Outcomes;
import dev.sloth.wire.shared.Sights;
import dev.sloth.wire.shared.Telling;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// Tells a master what happened, for those who work on one order.
final class RemoteEvents implements Events.Door {
    private final Lines lines;
    private final Tries tries;
    private final Numbers numbers;
    private final String order;
    private final Path project;
    private final Registering registering;
    private final long answerMax;

    /// @param project where the files of the order's run are
    /// @param registering has this machine watch something
    /// @param answerMax how many bytes an answer may have
    RemoteEvents(
            Lines lines,
            Tries tries,
            Numbers numbers,
            String order,
            Path project,
            Registering registering,
            long answerMax) {
        this.lines = lines;
        this.tries = tries;
        this.numbers = numbers;
        this.order = order;
        this.project = project;
        this.registering = registering;
        this.answerMax = answerMax;
    }

    @Override
    public Events as(String source, List<String> causes) {
        return new Events() {
            @Override
            public String dispatch(Fact fact) {
                return told(source, causes, fact);
            }

            @Override
            public String watch(Watcher watcher) {
                stays(watcher);
                agree(source, causes, watcher);
                return registering.put(watcher, source);
            }

            @Override
            public HookBook hooks() {
                return new RemoteHooks(
                        lines, tries, numbers, new Asking(order, causes), project, answerMax);
            }
        };
    }

    /// A path that is not absolute leads into the folder of the run, which goes with it.
    private void stays(Watcher watcher) {
        var run = Optional.ofNullable(project.getParent()).orElse(project);
        if (watcher.target().startsWith(run + "/")) {
            throw new EventRefusal(
                    Reason.WRONG,
                    "the file '%s' is of the run and goes with it: give an absolute path of this machine"
                            .formatted(Path.of(watcher.target()).getFileName()));
        }
    }

    /// The master writes down what is watched from now on, and knows whether the order counts.
    private void agree(String source, List<String> causes, Watcher watcher) {
        var sight = Sights.of(watcher, source, Instant.EPOCH);
        if (sight.size() > WatcherSight.BYTES_MAX) {
            throw new EventRefusal(
                    Reason.WRONG,
                    "a watcher takes at most %d bytes: put a long command into a file"
                            .formatted(WatcherSight.BYTES_MAX));
        }
        var agreeing = new Agreeing(new Asking(order, causes), sight).parts();
        try {
            var _ =
                    tries.made(patience ->
                            lines.answer(stub -> stub.agree(), agreeing, patience.left()));
        } catch (Unanswered e) {
            throw new EventRefusal(Reason.AWAY, String.valueOf(e.getMessage()));
        } catch (Problems e) {
            throw notAgreed(e);
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
            throw new EventRefusal(
                    Reason.AWAY, "interrupted while the master was asked: try again");
        }
    }

    private static EventRefusal notAgreed(Problems refused) {
        var why = refused.list().getFirst();
        return new EventRefusal(
                Reason.WRONG,
                why.code().equals(WireProblems.OTHER_VERSION)
                        ? "watchers look at the machine of the master: add them in a task that runs"
                                + " there"
                        : "%s: %s [%s]".formatted(why.message(), why.remedy(), why.code()));
    }

    private String told(String source, List<String> causes, Fact fact) {
        var telling = new Telling(new Asking(order, causes), numbers.next(), source, fact).parts();
        try {
            return Outcomes.event(
                    tries.made(patience ->
                            lines.answer(stub -> stub.dispatch(), telling, patience.left())));
        } catch (Unanswered e) {
            throw new EventRefusal(Reason.AWAY, String.valueOf(e.getMessage()));
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
            throw new EventRefusal(Reason.AWAY, "interrupted while the master was told: try again");
        }
    }
}
