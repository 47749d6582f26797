package dev.sloth.core.journal;

import dev.sloth.api.value.Value;
import dev.sloth.core.run.RunReport;
import dev.sloth.core.run.TaskReport;
import java.util.stream.Collectors;

/// A report with everything in it, a line for each task.
final class ReportText {
    private ReportText() {}

    static String of(RunReport report) {
        return "%s %s %s \"%s\" %s to %s\n"
                        .formatted(
                                report.run(),
                                report.workflow(),
                                report.status(),
                                report.message(),
                                report.startedAt(),
                                report.endedAt())
                + report.tasks().stream().map(ReportText::of).collect(Collectors.joining());
    }

    private static String of(TaskReport task) {
        return "%s [%s] %s attempts %d \"%s\" %s to %s changed %s outputs %s failure %s\n"
                .formatted(
                        task.name(),
                        task.stage(),
                        task.status(),
                        task.attempts(),
                        task.message(),
                        task.startedAt(),
                        task.endedAt(),
                        task.changed(),
                        of(task.outputs()),
                        task.failure());
    }

    private static String of(Value.Table table) {
        return table.entries().stream()
                .map(entry -> entry.key() + "=" + entry.value())
                .collect(Collectors.joining(" ", "{", "}"));
    }
}
