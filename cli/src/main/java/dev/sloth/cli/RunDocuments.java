package dev.sloth.cli;

import dev.sloth.cli.view.Document;
import dev.sloth.core.store.Owner;
import dev.sloth.core.store.RunRow;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.TreeMap;
import java.util.stream.Collectors;

/// Runs of the store in the words of documents and tables.
final class RunDocuments {
    private static final DateTimeFormatter WHEN =
            DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss", Locale.ROOT);
    private static final DateTimeFormatter EXACTLY =
            DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss.SSS", Locale.ROOT);
    private static final double MILLIS_PER_SECOND = 1_000;

    private RunDocuments() {}

    static Document of(RunRow row, Standing standing, Instant now) {
        var progress = row.progress();
        return new Document()
                .with("run", row.id())
                .with("workflow", row.workflow())
                .with("status", standing.word())
                .with("message", progress.message())
                .with("script", row.script())
                .with("submitted_at", row.submittedAt())
                .with("ended_at", progress.ended() ? progress.at().toString() : "")
                .with("seconds", seconds(took(row, now)))
                .with("tasks", progress.tasks())
                .with("finished", progress.finished())
                .with("failed", progress.failed())
                .with("undecided", progress.undecided())
                .with("labels", new TreeMap<>(row.labels()))
                .with("owner", standing.driven() ? owner(row) : "")
                .with("remedy", standing.remedy());
    }

    private static String owner(RunRow row) {
        return row.drivenBy().map(Owner::toString).orElse("");
    }

    /// From its submission to its end, or so far.
    static Duration took(RunRow row, Instant now) {
        var end = row.progress().ended() ? row.progress().at() : now;
        return end.isBefore(row.submittedAt())
                ? Duration.ZERO
                : Duration.between(row.submittedAt(), end);
    }

    static double seconds(Duration time) {
        return time.toMillis() / MILLIS_PER_SECOND;
    }

    /// As people read it, in the zone of the machine.
    static String when(Instant at) {
        return WHEN.format(at.atZone(ZoneId.systemDefault()));
    }

    /// The same to the millisecond.
    static String exactly(Instant at) {
        return EXACTLY.format(at.atZone(ZoneId.systemDefault()));
    }

    /// Such as `env=prod team=web`.
    static String labels(RunRow row) {
        return new TreeMap<>(row.labels())
                .entrySet().stream()
                        .map(label -> label.getKey() + "=" + label.getValue())
                        .collect(Collectors.joining(" "));
    }
}
