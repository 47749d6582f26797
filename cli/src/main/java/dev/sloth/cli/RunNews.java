package dev.sloth.cli;

import dev.sloth.api.workflow.AttemptId;
import dev.sloth.api.workflow.Outcome;
import dev.sloth.api.workflow.TaskName;
import dev.sloth.cli.view.Board;
import dev.sloth.cli.view.Took;
import dev.sloth.cli.view.Visible;
import dev.sloth.core.run.Ruling;
import dev.sloth.core.run.RunEvent;
import dev.sloth.core.run.TaskStatus;
import dev.sloth.master.afar.Place;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// Turns the events of a run into what is on the board and into lines of text.
final class RunNews {
    private final Board board;
    private final Vantage from;
    private final Optional<Delegations> delegations;

    /// @param from where it is followed; where agents do its tasks, an attempt has not begun when
    ///   it is assigned
    RunNews(Board board, Vantage from) {
        this.board = board;
        this.from = from;
        this.delegations = from.delegated() ? Optional.of(new Delegations()) : Optional.empty();
    }

    /// A line about one task, or about the run when `task` is absent.
    ///
    /// @param pictured whether a picture of the tasks shows it
    record Line(Optional<TaskName> task, String text, boolean pictured) {}

    /// Takes the event in and gives the lines that tell of it, if it is worth some.
    List<Line> take(RunEvent event) {
        if (delegations.isPresent()) {
            switch (event) {
                case RunEvent.AttemptAssigned(var at, var id) -> {
                    board.assigned(id.task(), id.number(), at);
                    return lines(id, delegations.get().assigned(id));
                }
                case RunEvent.HostEnded(_, var id, var share) when share.givenAt().isPresent() -> {
                    return lines(id, delegations.get().begun(id, share.host()));
                }
                case RunEvent.AttemptEnded(_, var id, _) -> delegations.get().ended(id);
                default -> {}
            }
        }
        return told(event).stream().toList();
    }

    /// An attempt is elsewhere now.
    List<Line> placed(Place.Of news) {
        return delegations.map(all -> lines(news.attempt(), all.placed(news))).orElse(List.of());
    }

    /// An agent does an attempt.
    List<Line> begun(AttemptId id, String agent) {
        return delegations.map(all -> lines(id, all.begun(id, agent))).orElse(List.of());
    }

    /// An agent has said how it ended there.
    List<Line> answered(AttemptId id, String agent) {
        return delegations.map(all -> lines(id, all.answered(id, agent))).orElse(List.of());
    }

    /// An attempt has written something, so it has begun; where is told by whoever knows.
    void written(AttemptId id) {
        if (delegations.isPresent()) {
            board.begun(id.task());
        }
    }

    private List<Line> lines(AttemptId id, List<Delegations.Told> told) {
        if (told.stream().anyMatch(Delegations.Told::begins)) {
            board.begun(id.task());
        }
        return told.stream()
                .map(each -> new Line(Optional.of(id.task()), each.text(), each.begins()))
                .toList();
    }

    private Optional<Line> told(RunEvent event) {
        return switch (event) {
            case RunEvent.AttemptAssigned(var at, var id) -> {
                board.started(id.task(), id.number(), at);
                yield about(
                        id.task(),
                        id.number() == 1 ? "started" : "started again, attempt " + id.number());
            }
            case RunEvent.AttemptEnded(var at, var id, var outcome) -> {
                board.ended(id.task(), outcome, at);
                yield Optional.empty();
            }
            case RunEvent.RetryScheduled(var at, var next, var due) -> {
                board.retrying(next.task(), at);
                var message = board.task(next.task()).outcome().message();
                yield about(
                        next.task(),
                        "failed" + because(message) + "; tried again in " + seconds(at, due));
            }
            case RunEvent.DecisionAwaited e -> undecided(e);
            case RunEvent.AttemptDecided(_, var id, var ruling, var by) ->
                    about(id.task(), "decided by " + by + ": " + word(ruling));
            case RunEvent.TaskReused(var at, var task, var from, var outcome) -> {
                board.ended(task, outcome, at);
                yield about(task, "taken over from run " + from + because(outcome.message()));
            }
            case RunEvent.TaskEnded(var at, var task, var status, var message) -> {
                board.settled(task, outcome(status), message, at);
                yield about(task, ended(task));
            }
            case RunEvent.TaskSkipped(var at, var task, _, var message) -> {
                board.settled(task, Outcome.Status.SKIPPED, message, at);
                yield about(task, "skipped" + because(message));
            }
            // Tasks outside of stages run in one without a name.
            case RunEvent.StageStarted(_, var stage) ->
                    stage.isEmpty() ? Optional.empty() : run("stage " + stage);
            case RunEvent.StageSkipped(_, var stage, _, var message) ->
                    stage.isEmpty()
                            ? Optional.empty()
                            : run("stage " + stage + " skipped" + because(message));
            case RunEvent.RunStopping(_, var as, var message) ->
                    run("stopping" + because(message.isEmpty() ? as.toString() : message));
            case RunEvent.HookEnded(_, var hook, var outcome) -> hook(hook.toString(), outcome);
            case RunEvent.RunSubmitted _,
                    RunEvent.HostEnded _,
                    RunEvent.HookCalled _,
                    RunEvent.HookCancelling _,
                    RunEvent.ConditionAsked _,
                    RunEvent.ConditionCancelling _,
                    RunEvent.StageStopping _,
                    RunEvent.StageEnded _,
                    RunEvent.TaskReady _,
                    RunEvent.AttemptCancelling _,
                    RunEvent.RunEnded _ ->
                    Optional.empty();
        };
    }

    private Optional<Line> undecided(RunEvent.DecisionAwaited e) {
        var task = e.id().task();
        board.undecided(task, e.at());
        return about(
                task,
                "undecided: %s; decide with %s and --succeeded, --failed or --retry"
                        .formatted(
                                Visible.of(board.task(task).outcome().message()),
                                from.command("runs decide %s %s".formatted(e.id().run(), task))));
    }

    private static String word(Ruling ruling) {
        return switch (ruling) {
            case Ruling.Succeeded _ -> "it succeeded";
            case Ruling.Failed() -> "it failed";
            case Ruling.Again() -> "it is tried again";
        };
    }

    private String ended(TaskName task) {
        var view = board.task(task);
        var word = view.phase().word().replace('_', ' ');
        var took = view.attempt() == 0 ? "" : " after " + seconds(view.took());
        return word + took + because(view.outcome().message());
    }

    private static Optional<Line> hook(String name, Outcome outcome) {
        return outcome.status() == Outcome.Status.SUCCEEDED
                ? Optional.empty()
                : run(name.toLowerCase(Locale.ROOT) + " failed" + because(outcome.message()));
    }

    private static String because(String message) {
        return message.isEmpty() ? "" : ": " + Visible.of(message);
    }

    private static String seconds(Instant from, Instant to) {
        return seconds(Duration.between(from, to));
    }

    private static String seconds(Duration time) {
        return Took.text(time);
    }

    private static Optional<Line> about(TaskName task, String text) {
        return Optional.of(new Line(Optional.of(task), text, true));
    }

    private static Optional<Line> run(String text) {
        return Optional.of(new Line(Optional.empty(), text, false));
    }

    private static Outcome.Status outcome(TaskStatus status) {
        return switch (status) {
            case SUCCEEDED -> Outcome.Status.SUCCEEDED;
            case SKIPPED -> Outcome.Status.SKIPPED;
            case FAILED -> Outcome.Status.FAILED;
            case TIMED_OUT -> Outcome.Status.TIMED_OUT;
            case CANCELLED -> Outcome.Status.CANCELLED;
            case ABORTED -> Outcome.Status.ABORTED;
            case UNKNOWN -> Outcome.Status.UNKNOWN;
            case WAITING, READY, RUNNING, CANCELLING, RETRYING, UNDECIDED ->
                    throw new IllegalArgumentException("a task cannot end as " + status);
        };
    }
}
