package dev.sloth.agent.remote;

import dev.sloth.api.event.EventRefusal;
import dev.sloth.api.event.EventRefusal.Reason;
import dev.sloth.api.event.Events;
import dev.sloth.api.event.Fact;
import dev.sloth.api.event.HookBook;
import dev.sloth.api.event.Watcher;
import dev.sloth.wire.shared.Asking;
import dev.sloth.wire.shared.Outcomes;
import dev.sloth.wire.shared.Telling;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;

/// Tells a master what happened, for those who work on one order.
final class RemoteEvents implements Events.Door {
    private final Lines lines;
    private final Tries tries;
    private final Numbers numbers;
    private final String order;
    private final Path project;
    private final long answerMax;

    /// @param project where the files of the order's run are
    /// @param answerMax how many bytes an answer may have
    RemoteEvents(
            Lines lines, Tries tries, Numbers numbers, String order, Path project, long answerMax) {
        this.lines = lines;
        this.tries = tries;
        this.numbers = numbers;
        this.order = order;
        this.project = project;
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
                throw new EventRefusal(
                        Reason.WRONG,
                        "watchers look at the machine of the master: add them in a task that runs"
                                + " there");
            }

            @Override
            public HookBook hooks() {
                return new RemoteHooks(
                        lines, tries, numbers, new Asking(order, causes), project, answerMax);
            }
        };
    }

    private String told(String source, List<String> causes, Fact fact) {
        var telling = new Telling(new Asking(order, causes), numbers.next(), source, fact).parts();
        try {
            return Outcomes.event(
                    tries.made(patience -> {
                        var left = patience.left();
                        var call =
                                lines.quick()
                                        .withDeadlineAfter(left.toNanos(), TimeUnit.NANOSECONDS)
                                        .dispatch();
                        try {
                            Incoming.send(call, telling, left);
                            return Incoming.part(call, left);
                        } finally {
                            Incoming.end(call);
                        }
                    }));
        } catch (Unanswered e) {
            throw new EventRefusal(Reason.AWAY, String.valueOf(e.getMessage()));
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
            throw new EventRefusal(Reason.AWAY, "interrupted while the master was told: try again");
        }
    }
}
