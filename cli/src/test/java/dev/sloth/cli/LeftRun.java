package dev.sloth.cli;

import dev.sloth.agent.RunSecrets;
import dev.sloth.api.value.DataTable;
import dev.sloth.api.workflow.AttemptId;
import dev.sloth.api.workflow.Outcome;
import dev.sloth.api.workflow.RunId;
import dev.sloth.api.workflow.TaskName;
import dev.sloth.cli.config.Layers;
import dev.sloth.core.journal.StoredJournal;
import dev.sloth.core.run.Conductor;
import dev.sloth.core.run.Reuse;
import dev.sloth.core.run.RunInput;
import dev.sloth.drive.KeptScript;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;

/// A run that was submitted and then left by whoever drove it: the store as a process leaves it
/// that ends in the middle.
final class LeftRun {
    private static final InstantSource TIME = InstantSource.system();

    private LeftRun() {}

    /// Its first tasks are assigned, and nothing of them has begun.
    ///
    /// @param unknown tasks of which nobody can tell whether they ran
    static RunId of(Door door, String script, String... unknown) {
        return of(door, script, Reuse.NOTHING, unknown);
    }

    /// The same, before it has been given the artifacts of what it takes over.
    static RunId of(Door door, String script, Reuse reuse, String... unknown) {
        var caller = door.caller();
        var given =
                new Given(Arguments.parse(new RunCommand().spec(), "run", List.of(script)), caller);
        var config = Layers.read(caller.home(), Map.of(), Map.of()).config();
        var target = RunOptions.target(given);
        var kept = KeptScript.fresh();
        var read =
                Script.read(
                        target.file(),
                        new Script.Reading(kept.files(), caller.out()),
                        RunValues.Read.NOTHING,
                        config,
                        given);
        var workflow = target.among(read.definition().workflows());
        var order =
                new Wiring.Order(
                        read.reader(),
                        read.source(),
                        kept,
                        workflow,
                        RunSecrets.NONE,
                        new DataTable());
        try (var runs = Wiring.keptRuns(caller)) {
            var made =
                    Submission.of(
                            Wiring.newId(),
                            RunValues.Read.NOTHING,
                            runs,
                            order,
                            Map.of("left", "yes"));
            var journal = StoredJournal.submitting(runs.store().runs(), made);
            var conductor = new Conductor(journal);
            conductor.accept(
                    new RunInput.Submit(
                            TIME.instant(), made.id(), workflow, new DataTable(), 2, 1, reuse));
            for (var task : unknown) {
                conductor.accept(
                        new RunInput.AttemptEnded(
                                TIME.instant(),
                                new AttemptId(made.id(), new TaskName(task), 1),
                                Outcome.ended(Outcome.Status.UNKNOWN, "the runner ended")));
            }
            runs.leave(journal.claim());
            return made.id();
        }
    }
}
