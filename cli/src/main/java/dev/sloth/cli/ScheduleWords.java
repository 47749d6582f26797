package dev.sloth.cli;

import dev.sloth.api.workflow.Problem;
import dev.sloth.api.workflow.Problems;
import dev.sloth.api.workflow.Span;
import dev.sloth.api.workflow.WorkflowSchedule;
import dev.sloth.core.schedule.Definition;
import dev.sloth.core.store.ScheduleRow;
import dev.sloth.core.store.ScheduleStore;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;

/// What a schedule runs, as the fields of its definition, and how schedules are named.
///
/// @param script absolute
/// @param workflow empty when the script has only one
/// @param values files with values, absolute
/// @param variables each `NAME=VALUE`
record ScheduleWords(Path script, String workflow, List<String> values, List<String> variables) {
    static final String SCRIPT = "script";
    static final String WORKFLOW = "workflow";
    static final String VALUES = "values";
    static final String VAR = "var";

    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,62}");
    private static final int NAMES_SHOWN_MAX = 20;

    static ScheduleWords of(Definition definition) {
        return new ScheduleWords(
                Path.of(definition.word(SCRIPT).orElse("")),
                definition.word(WORKFLOW).orElse(""),
                definition.all(VALUES),
                definition.all(VAR));
    }

    /// The one that the command line names.
    ///
    /// @throws Problems when there is none of this name
    static ScheduleRow find(ScheduleStore schedules, String name) {
        return schedules.find(name).orElseThrow(() -> unknown(schedules, name));
    }

    private static Problems unknown(ScheduleStore schedules, String name) {
        var names =
                schedules.list().stream().map(ScheduleRow::name).limit(NAMES_SHOWN_MAX).toList();
        return new Problems(
                new Problem(
                        "SLOTH-4405",
                        "there is no schedule '" + name + "'",
                        Span.NOWHERE,
                        names.isEmpty()
                                ? "there are none yet: `sloth-runner schedule add` adds one"
                                : "there are " + String.join(", ", names)));
    }

    /// What a schedule of a script is called: its own `name`, or that of its workflow with its
    /// blanks replaced.
    ///
    /// @throws Problems when no schedule can be called so
    static String name(WorkflowSchedule schedule) {
        var own = schedule.words().getOrDefault("name", List.of());
        return checked(own.isEmpty() ? schedule.workflow().replace(' ', '-') : own.getFirst());
    }

    /// @throws Problems when no schedule can be called so
    static String checked(String name) {
        if (!NAME.matcher(name).matches()) {
            throw new Problems(
                    new Problem(
                            "SLOTH-4406",
                            "no schedule can be called '" + name + "'",
                            Span.NOWHERE,
                            "a name is of up to 63 letters, digits and ._- and begins with a letter"
                                    + " or digit"));
        }
        return name;
    }
}
