package dev.sloth.cli;

import dev.sloth.api.workflow.AttemptId;
import dev.sloth.api.workflow.RunId;
import dev.sloth.api.workflow.TaskName;
import dev.sloth.core.journal.RunHistory;
import dev.sloth.core.log.LogQuery;
import dev.sloth.core.log.LogReader;
import dev.sloth.core.log.LoggedLine;
import dev.sloth.core.run.RunEngine;
import dev.sloth.core.run.RunEvent;
import dev.sloth.core.run.RunReport;
import dev.sloth.core.run.RunState;
import dev.sloth.core.run.RunStatus;
import dev.sloth.master.afar.Place;
import java.util.ArrayDeque;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// Shows a run that somebody else drives, from its beginning, as if it were driven here. Events and
/// output are kept apart and come at their own pace; here they are brought together so that what an
/// attempt wrote is shown after its beginning and before its end, whatever the clocks say.
final class Following {
    private final RunHistory history;
    private final LogReader output;
    private final RunView view;
    private final RunId run;
    private final Deque<RunEvent> unshown = new ArrayDeque<>();
    private final RunsInSight runs;
    private final boolean delegated;

    /// Those of which it was told which agent does them.
    private final Set<Part> located = new HashSet<>();

    private final Set<AttemptId> begun = new HashSet<>();
    private RunState state = RunEngine.start();
    private long next = 1;
    private int shown;

    /// @param delegated whether agents do its tasks
    Following(RunsInSight runs, RunId run, RunView view, boolean delegated) {
        this.history = new RunHistory(runs.runs(), run);
        this.output = new LogReader(runs.store().logs(), run, LogQuery.ALL);
        this.view = view;
        this.run = run;
        this.runs = runs;
        this.delegated = delegated;
    }

    /// What one agent does of an attempt.
    ///
    /// @param agent its name, where there are several; empty otherwise
    private record Part(AttemptId id, String agent) {}

    /// Shows where attempts are now.
    void placed(List<Place.Of> places) {
        for (var each : places) {
            // Before the beginning is shown, the view only notes it down.
            if (each.place().stand() == Place.Stand.TAKEN && begun.contains(each.attempt())) {
                located(each.attempt(), each.place().agent());
            }
            view.placed(each);
        }
    }

    /// A function may have chosen one agent: its place has a name then, and its lines have none.
    private void located(AttemptId id, String agent) {
        located.add(new Part(id, agent));
        located.add(new Part(id, ""));
    }

    /// Shows what has come since the last look. False once nothing more comes by itself: the run
    /// has ended, or waits for somebody's decision.
    boolean look() {
        read();
        int known = shown + unshown.size();
        tellAnswers();
        // Whatever those attempts wrote that have ended by now is there already.
        output.read(this::show);
        while (shown < known) {
            show(unshown.remove());
        }
        return state.status() == RunStatus.RUNNING;
    }

    /// Before what an agent wrote: it was back then.
    private void tellAnswers() {
        for (var event : unshown) {
            if (event instanceof RunEvent.HostEnded(_, var id, var share)
                    && Delegations.isAnswer(share)) {
                view.answered(id, share.host());
            }
        }
    }

    /// How it stands.
    RunReport report() {
        return RunReport.of(state);
    }

    private void read() {
        history.events(
                next,
                (number, event) -> {
                    next = number + 1;
                    unshown.add(event);
                });
    }

    private void show(RunEvent event) {
        state = RunEngine.evolve(state, event);
        shown++;
        begins(event).ifPresent(begun::add);
        if (event instanceof RunEvent.HostEnded(_, var id, var share)
                && share.givenAt().isPresent()) {
            located(id, share.host());
        }
        view.event(event);
    }

    /// An attempt that is not known yet has begun since the events were read.
    private boolean show(LoggedLine line) {
        if (!begun.contains(line.id())) {
            showUntil(line.id());
        }
        var name = line.id().task();
        if (name.isBeside()) {
            view.note(PlainRunView.prefix(name) + line.line().shown());
            return true;
        }
        if (delegated) {
            locate(line.id(), line.line().agent());
        }
        view.line(line.id(), line.line().shown());
        return true;
    }

    /// It has written something: which agent that was is told first.
    private void locate(AttemptId id, String agent) {
        if (located.add(new Part(id, agent))) {
            (agent.isEmpty() ? only(id) : Optional.of(agent))
                    .ifPresent(name -> view.begun(id, name));
        }
    }

    /// The one agent that does it. Its end says so, or its master as long as it goes on; when it
    /// has ended between these two looks, its end is there by now.
    private Optional<String> only(AttemptId id) {
        return ended(id)
                .or(() -> goesOn(id))
                .or(() -> {
                    read();
                    return ended(id);
                });
    }

    private Optional<String> ended(AttemptId id) {
        return unshown.stream()
                .filter(RunEvent.HostEnded.class::isInstance)
                .map(RunEvent.HostEnded.class::cast)
                .filter(end -> end.id().equals(id) && end.share().givenAt().isPresent())
                .map(end -> end.share().host())
                .findFirst();
    }

    /// Where a function chooses the agent, that function has a place too, which has no name.
    private Optional<String> goesOn(AttemptId id) {
        return runs.places(id).stream()
                .filter(place -> place.given() && !place.on().isEmpty())
                .max(Comparator.comparing(place -> !place.agent().isEmpty()))
                .map(Place::on);
    }

    private void showUntil(AttemptId id) {
        if (!willBegin(id)) {
            read();
        }
        while (!begun.contains(id) && !unshown.isEmpty() && willBegin(id)) {
            show(unshown.remove());
        }
    }

    private boolean willBegin(AttemptId id) {
        return unshown.stream().anyMatch(event -> begins(event).filter(id::equals).isPresent());
    }

    /// Whose output may come from this event on.
    private Optional<AttemptId> begins(RunEvent event) {
        if (event instanceof RunEvent.AttemptAssigned(_, var id)) {
            return Optional.of(id);
        }
        if (event instanceof RunEvent.HookCalled(_, var hook, _)) {
            return Optional.of(beside(TaskName.of(hook)));
        }
        return event instanceof RunEvent.ConditionAsked(_, var stage)
                ? Optional.of(beside(TaskName.ofCondition(stage)))
                : Optional.empty();
    }

    private AttemptId beside(TaskName name) {
        return new AttemptId(run, name, 1);
    }
}
