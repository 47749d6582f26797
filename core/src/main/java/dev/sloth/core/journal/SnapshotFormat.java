package dev.sloth.core.journal;

import dev.sloth.api.workflow.Outcome;
import dev.sloth.api.workflow.RunId;
import dev.sloth.codec.Documents;
import dev.sloth.codec.Fields;
import dev.sloth.codec.Json;
import dev.sloth.codec.OutcomeFormat;
import dev.sloth.codec.Pen;
import dev.sloth.codec.Section;
import dev.sloth.core.run.RunEngine;
import dev.sloth.core.run.RunEvent;
import dev.sloth.core.run.RunPhase;
import dev.sloth.core.run.RunReport;
import dev.sloth.core.run.RunSnapshot;
import dev.sloth.core.run.RunState;
import dev.sloth.core.run.RunStatus;
import dev.sloth.core.run.StageProgress;
import dev.sloth.core.run.TaskState;
import dev.sloth.core.run.TaskStatus;
import dev.sloth.core.run.Verdict;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// The state of a run as one compressed document: `run`, the event that `submitted` it, how it
/// stands as a `state`, and its `tasks`, which are written and read one by one.
final class SnapshotFormat {
    private static final int NOBODY = -1;

    /// A time that has not come, which is left out.
    private static final Instant NOT_YET = RunReport.NOT_YET;

    /// What a task has ended with that has not.
    private final Outcome none = Outcome.ended(Outcome.Status.UNKNOWN, "");

    /// @param submissions must know what `submitted` holds, so that nothing new is to be kept
    byte[] write(RunEvent.RunSubmitted submitted, RunSnapshot snapshot, Submissions submissions) {
        return Documents.large(pen -> {
            pen.text("run", submitted.run().text());
            pen.name("submitted");
            new EventFormat(submitted.run(), submissions).write(pen, submitted);
            pen.fielded("state", () -> state(pen, snapshot));
            pen.name("tasks");
            pen.items(snapshot.tasks(), task -> pen.fielded(() -> task(pen, task)));
        });
    }

    private static void state(Pen pen, RunSnapshot snapshot) {
        pen.word("phase", snapshot.phase());
        pen.instant("endedAt", snapshot.endedAt(), NOT_YET);
        var stage = snapshot.stage();
        pen.fielded(
                "stage",
                () -> {
                    pen.number("number", stage.number());
                    pen.word("step", stage.step());
                    pen.number("open", stage.open());
                    pen.flag("failed", stage.failed(), false);
                    pen.flag("stopping", stage.stopping(), false);
                    pen.number("because", stage.because(), NOBODY);
                });
        var verdict = snapshot.verdict();
        pen.fielded(
                "verdict",
                () -> {
                    pen.word("status", verdict.status());
                    pen.text("message", verdict.message(), "");
                    pen.flag("previousFailed", verdict.previousFailed(), false);
                    pen.flag("aborting", verdict.aborting(), false);
                    pen.flag("stopped", verdict.stopped(), false);
                });
    }

    private void task(Pen pen, TaskState task) {
        pen.word("status", task.status());
        pen.number("attempts", task.attempts(), 0);
        pen.number("needs", task.needs(), 0);
        pen.number("watched", task.watched(), 0);
        pen.flag("triggered", task.triggered(), false);
        pen.number("blockedBy", task.blockedBy(), NOBODY);
        if (!task.last().equals(none)) {
            OutcomeFormat.write(pen, "last", task.last());
        }
        pen.text("message", task.message(), "");
        pen.instant("startedAt", task.startedAt(), NOT_YET);
        pen.instant("endedAt", task.endedAt(), NOT_YET);
        pen.instant("due", task.due(), NOT_YET);
    }

    // ---- reading

    /// A state, and the event that its run began with.
    record Restored(RunEvent.RunSubmitted submitted, RunState state) {}

    Restored read(String what, byte[] body, Submissions submissions) {
        var sections = new Sections(submissions);
        return Damage.unless(
                what,
                () -> {
                    Documents.read(body, sections);
                    return sections.restored();
                });
    }

    private final class Sections implements Documents.Sections {
        private final Submissions submissions;
        private final List<TaskState> tasks = new ArrayList<>();
        private Optional<RunId> run = Optional.empty();
        private Optional<Json> submitted = Optional.empty();
        private Optional<Json> state = Optional.empty();

        Sections(Submissions submissions) {
            this.submissions = submissions;
        }

        @Override
        public boolean section(String name, Section section) {
            switch (name) {
                case "run" -> run = Optional.of(new RunId(section.json().text()));
                case "submitted" -> submitted = Optional.of(section.json());
                case "state" -> state = Optional.of(section.json());
                case "tasks" -> section.each(json -> tasks.add(task(json.fields())));
                default -> {
                    return false;
                }
            }
            return true;
        }

        Restored restored() {
            var of = run.orElseThrow(() -> Damage.found("it does not say its run"));
            var event = new EventFormat(of, submissions).read(there(submitted));
            if (!(event instanceof RunEvent.RunSubmitted first)) {
                throw Damage.found("no run begins so");
            }
            var fields = there(state).fields();
            var snapshot =
                    new RunSnapshot(
                            fields.word("phase", RunPhase.values()),
                            stage(fields.at("stage").fields()),
                            verdict(fields.at("verdict").fields()),
                            fields.instant("endedAt", NOT_YET),
                            tasks);
            return new Restored(first, RunEngine.restore(first, snapshot));
        }

        private Json there(Optional<Json> section) {
            return section.orElseThrow(() -> Damage.found("half of it is missing"));
        }
    }

    private static StageProgress stage(Fields fields) {
        return new StageProgress(
                fields.count("number"),
                fields.word("step", StageProgress.Step.values()),
                fields.count("open"),
                fields.flag("failed", false),
                fields.flag("stopping", false),
                fields.count("because", NOBODY));
    }

    private static Verdict verdict(Fields fields) {
        return new Verdict(
                fields.word("status", RunStatus.values()),
                fields.text("message", ""),
                fields.flag("previousFailed", false),
                fields.flag("aborting", false),
                fields.flag("stopped", false));
    }

    private TaskState task(Fields fields) {
        return new TaskState(
                fields.word("status", TaskStatus.values()),
                fields.count("attempts", 0),
                fields.count("needs", 0),
                fields.count("watched", 0),
                fields.flag("triggered", false),
                fields.count("blockedBy", NOBODY),
                fields.or("last", none, OutcomeFormat::read),
                fields.text("message", ""),
                fields.instant("startedAt", NOT_YET),
                fields.instant("endedAt", NOT_YET),
                fields.instant("due", NOT_YET));
    }
}
