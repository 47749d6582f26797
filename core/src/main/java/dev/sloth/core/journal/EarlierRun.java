package dev.sloth.core.journal;

import dev.sloth.api.value.Value;
import dev.sloth.api.workflow.Outcome;
import dev.sloth.api.workflow.Problem;
import dev.sloth.api.workflow.Problems;
import dev.sloth.api.workflow.Span;
import dev.sloth.api.workflow.TaskName;
import dev.sloth.api.workflow.Workflow;
import dev.sloth.core.run.Refusals;
import dev.sloth.core.run.Reuse;
import dev.sloth.core.run.RunEvent;
import dev.sloth.core.run.RunReport;
import dev.sloth.core.run.RunStatus;
import dev.sloth.core.run.TaskReport;
import dev.sloth.core.run.TaskStatus;
import dev.sloth.core.store.RunRow;
import dev.sloth.core.store.RunStore;
import dev.sloth.core.store.StoreFailure;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// A run that has ended, for one who wants to try it again: what a new run has of it, and takes
/// over from it.
public final class EarlierRun {
    /// The code of a run that cannot be tried again because it has not ended.
    public static final String GOES_ON = "SLOTH-4006";

    /// The code of a run of which nothing is left to try again.
    public static final String NOTHING_LEFT = "SLOTH-4010";

    private final RunRow row;
    private final RunEvent.RunSubmitted submitted;
    private final RunReport report;

    private EarlierRun(RunRow row, RunEvent.RunSubmitted submitted, RunReport report) {
        this.row = row;
        this.submitted = submitted;
        this.report = report;
    }

    /// @param remedy what to do about a run that has not ended
    /// @throws Problems when it has not
    /// @throws StoreFailure `DAMAGED` when its journal is not what was written
    public static EarlierRun of(RunStore store, RunRow row, String remedy) {
        if (!row.progress().ended()) {
            throw wrong(GOES_ON, "run %s has not ended".formatted(row.id()), remedy);
        }
        var history = new RunHistory(store, row.id());
        return new EarlierRun(row, history.submitted(), RunReport.of(history.state()));
    }

    public Workflow workflow() {
        return submitted.workflow();
    }

    public Value values() {
        return submitted.values();
    }

    /// @throws StoreFailure `DAMAGED` when a text that it was made of is gone
    public void assureTexts(RunStore store) {
        var known = new HashSet<String>();
        for (var file : row.files()) {
            boolean lost =
                    file.role().holdsText()
                            && known.add(file.content())
                            && store.content(file.content()).isEmpty();
            if (lost) {
                throw Damage.found(
                        "the store does not have of run %s what %s held"
                                .formatted(row.id(), file.path()));
            }
        }
    }

    // ---- what is taken over

    /// What is taken over when all is tried again that did not succeed, and what depends on it.
    ///
    /// @throws Problems when nothing is left to try again
    public Reuse rest() {
        var failed =
                report.tasks().stream()
                        .filter(task -> task.status() != TaskStatus.SUCCEEDED)
                        .map(TaskReport::name)
                        .toList();
        return reuse(dependents(failed));
    }

    /// The same when a task is tried again, whatever became of it, and all that depend on it.
    ///
    /// @throws Problems when there is no such task
    public Reuse from(String task) {
        var names = workflow().tasks().stream().map(each -> each.name().text()).toList();
        if (!names.contains(task)) {
            throw new Problems(
                    Refusals.unknownTask(workflow().name(), workflow().at(), names, task));
        }
        return reuse(dependents(List.of(new TaskName(task))));
    }

    /// Tasks that did not succeed are never taken over.
    private Reuse reuse(Set<TaskName> again) {
        var outcomes = new LinkedHashMap<TaskName, Outcome>();
        for (var task : report.tasks()) {
            if (task.status() == TaskStatus.SUCCEEDED && !again.contains(task.name())) {
                outcomes.put(
                        task.name(),
                        Outcome.succeeded(task.message(), task.outputs(), task.changed()));
            }
        }
        if (outcomes.size() == workflow().tasks().size()
                && report.status() == RunStatus.SUCCEEDED) {
            throw wrong(
                    NOTHING_LEFT,
                    "run %s has succeeded: there is nothing to try again".formatted(row.id()),
                    "--from TASK runs a task and what depends on it again");
        }
        return new Reuse(row.id(), outcomes);
    }

    /// These tasks and all that wait for one of them, directly or not.
    private Set<TaskName> dependents(Collection<TaskName> names) {
        Map<TaskName, List<TaskName>> waiting = new HashMap<>();
        for (var task : workflow().tasks()) {
            for (var other : task.waitsFor()) {
                waiting.computeIfAbsent(other, _ -> new ArrayList<>()).add(task.name());
            }
        }
        var open = new ArrayDeque<>(names);
        var all = new HashSet<TaskName>();
        while (!open.isEmpty()) {
            var name = open.remove();
            if (all.add(name)) {
                open.addAll(waiting.getOrDefault(name, List.of()));
            }
        }
        return all;
    }

    private static Problems wrong(String code, String message, String remedy) {
        return new Problems(new Problem(code, message, Span.NOWHERE, remedy));
    }
}
