package dev.sloth.cli;

import dev.sloth.api.value.DataTable;
import dev.sloth.api.workflow.Workflow;
import dev.sloth.cli.config.Config;
import dev.sloth.core.schedule.Definition;
import dev.sloth.core.store.FireRow;
import dev.sloth.core.store.ScheduleRow;
import dev.sloth.drive.KeptScript;
import java.util.Map;

/// What the run of a fire is made of, read from the files that its schedule names.
record FiredScript(Script script, KeptScript kept, RunValues.Read values, Workflow workflow) {
    /// @throws dev.sloth.api.workflow.Problems with all that is wrong with them
    static FiredScript read(Given given, Config config, ScheduleRow schedule, FireRow fire) {
        var words = ScheduleWords.of(Definition.parse(schedule.definition()));
        var values =
                RunValues.read(words.values(), words.variables(), given.caller().folder())
                        .over(occasion(schedule, fire));
        var kept = KeptScript.fresh();
        var reading = new Script.Reading(kept.files(), given.caller().err());
        var script = Script.read(words.script(), reading, values, config, given);
        var target = new Target(words.script(), words.script().toString(), words.workflow());
        var workflow =
                Selection.atMost(
                        target.among(script.definition().workflows()), config.maxParallel());
        return new FiredScript(script, kept, values, workflow);
    }

    /// What a script may want to know of why it runs.
    private static DataTable occasion(ScheduleRow schedule, FireRow fire) {
        return new DataTable()
                .with(
                        "schedule",
                        new DataTable()
                                .with("name", schedule.name())
                                .with("time", fire.at().toString())
                                .with("epoch", fire.at().toEpochMilli() / 1e3));
    }

    static Map<String, String> labels(ScheduleRow schedule, FireRow fire) {
        return Map.of("schedule", schedule.name(), "fire", fire.at().toString());
    }
}
