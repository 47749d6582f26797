package dev.sloth.cli;

import dev.sloth.api.workflow.TaskName;
import dev.sloth.cli.view.Document;
import dev.sloth.cli.view.Gantt;
import dev.sloth.cli.view.Style;
import dev.sloth.cli.view.TextTable;
import dev.sloth.cli.view.Timeline;
import dev.sloth.cli.view.Took;
import dev.sloth.cli.view.Visible;
import dev.sloth.core.run.TaskReport;
import dev.sloth.core.run.TaskStatus;
import dev.sloth.core.store.ArtifactStore.Artifact;
import dev.sloth.core.store.RunFile;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/// One run, for people and as a document.
final class RunText {
    /// How many tasks, and how many artifacts, are shown to people; the rest is counted.
    private static final int ROWS_MAX = 100;

    private static final int SHA256_SHOWN = 12;

    /// Behind how long something took that goes on.
    private static final String SO_FAR = " so far";

    private final RunsShow.Known known;
    private final Timeline timeline;
    private final int width;
    private final Style style;
    private final List<String> lines = new ArrayList<>();

    RunText(RunsShow.Known known, int width, Style style) {
        this.known = known;
        this.timeline = known.timeline().timeline(known.now());
        this.width = width;
        this.style = style;
    }

    List<String> lines() {
        head();
        tasks();
        artifacts();
        var drawing = Gantt.lines(timeline, width, style);
        if (!drawing.isEmpty()) {
            lines.add("");
            lines.addAll(drawing);
        }
        return lines;
    }

    private void head() {
        var row = known.row();
        var standing = known.standing();
        field("run", row.id().text());
        field("workflow", row.workflow());
        field(
                "status",
                standing.word() + (standing.remedy().isEmpty() ? "" : ": " + standing.remedy()));
        field("message", row.progress().message());
        field("submitted", RunDocuments.when(row.submittedAt()));
        if (row.progress().ended()) {
            field("ended", RunDocuments.when(row.progress().at()));
        }
        field(
                "duration",
                Took.text(RunDocuments.took(row, known.now()))
                        + (row.progress().ended() ? "" : SO_FAR));
        if (standing.driven()) {
            field("driven by", row.drivenBy().map(Object::toString).orElse(""));
        }
        field("labels", RunDocuments.labels(row));
        for (var file : row.files()) {
            switch (file.role()) {
                case SCRIPT, VALUES, FILE, PROGRAM -> field(role(file), shown(file));
                case IMPORT -> {
                    // Scripts are told of among what was read, too.
                    if (!file.path().equals(row.script())) {
                        field(role(file), shown(file));
                    }
                }
                case LINK, PROJECT -> {}
            }
        }
    }

    private static String role(RunFile file) {
        return file.role().name().toLowerCase(Locale.ROOT);
    }

    private static String shown(RunFile file) {
        return file.path() + "  sha256 " + file.content().substring(0, SHA256_SHOWN);
    }

    private void field(String name, String value) {
        if (!value.isEmpty()) {
            lines.add(style.cyan("%-10s".formatted(name)) + " " + Visible.of(value));
        }
    }

    private void tasks() {
        var all = known.report().tasks();
        var table = new TextTable("TASK", "STATUS", "ATTEMPTS", "DURATION", "MESSAGE");
        var shown = chosen(all);
        for (var task : shown) {
            table.row(
                    task.name().text(),
                    word(task.status()),
                    Integer.toString(task.attempts()),
                    task.attempts() == 0 ? "-" : took(task),
                    task.message());
        }
        lines.add("");
        lines.addAll(table.lines(width));
        if (shown.size() < all.size()) {
            lines.add(rest(all, shown));
        }
    }

    private String took(TaskReport task) {
        return Took.text(task.duration(known.now())) + (task.goesOn() ? SO_FAR : "");
    }

    /// The most telling ones, in the order of the script.
    private static List<TaskReport> chosen(List<TaskReport> all) {
        if (all.size() <= ROWS_MAX) {
            return all;
        }
        var best =
                all.stream()
                        .sorted(Comparator.comparingInt(task -> rank(task.status())))
                        .limit(ROWS_MAX)
                        .map(TaskReport::name)
                        .collect(Collectors.toCollection(HashSet::new));
        return all.stream().filter(task -> best.contains(task.name())).toList();
    }

    private static int rank(TaskStatus status) {
        return switch (status) {
            case UNDECIDED -> 0;
            case FAILED, TIMED_OUT, ABORTED, UNKNOWN -> 1;
            case RUNNING, CANCELLING, RETRYING -> 2;
            case READY -> 3;
            case CANCELLED, SUCCEEDED -> 4;
            case WAITING, SKIPPED -> 5;
        };
    }

    private static String rest(List<TaskReport> all, List<TaskReport> shown) {
        Map<TaskStatus, Integer> counts = new EnumMap<>(TaskStatus.class);
        all.forEach(task -> counts.merge(task.status(), 1, Integer::sum));
        shown.forEach(task -> counts.merge(task.status(), -1, Integer::sum));
        return "... and "
                + counts.entrySet().stream()
                        .filter(count -> count.getValue() > 0)
                        .map(count -> count.getValue() + " more " + word(count.getKey()))
                        .collect(Collectors.joining(", "));
    }

    private void artifacts() {
        if (known.artifacts().isEmpty()) {
            return;
        }
        lines.add("");
        lines.addAll(artifactTable(known.artifacts(), ROWS_MAX).lines(width));
        int left = known.artifacts().size() - ROWS_MAX;
        if (left > 0) {
            lines.add("... and %d more: `runs artifacts %s`".formatted(left, known.row().id()));
        }
    }

    static TextTable artifactTable(List<Artifact> artifacts, int most) {
        var table = new TextTable("ARTIFACT", "TASK", "SIZE", "SHA256");
        artifacts.stream()
                .limit(most)
                .forEach(a ->
                        table.row(
                                a.path(),
                                a.id().task().text(),
                                Sizes.text(a.size()),
                                a.sha256().substring(0, SHA256_SHOWN)));
        return table;
    }

    private static String word(Enum<?> status) {
        return status.name().toLowerCase(Locale.ROOT);
    }

    static Document document(RunsShow.Known known) {
        var timeline = known.timeline().timeline(known.now());
        var attempts = new HashMap<TaskName, List<Document>>();
        for (var attempt : timeline.attempts()) {
            attempts.computeIfAbsent(attempt.task(), _ -> new ArrayList<>()).add(document(attempt));
        }
        var path = new HashSet<>(timeline.path());
        return RunDocuments.of(known.row(), known.standing(), known.now())
                .with("files", known.row().files().stream().map(RunText::document).toList())
                .with("critical_path", timeline.path())
                .with(
                        "task_list",
                        known.report().tasks().stream()
                                .map(task ->
                                        document(
                                                task,
                                                attempts.getOrDefault(task.name(), List.of()),
                                                path.contains(task.name())))
                                .toList())
                .with("artifacts", known.artifacts().stream().map(RunText::document).toList());
    }

    private static Document document(TaskReport task, List<Document> attempts, boolean critical) {
        return new Document()
                .with("name", task.name())
                .with("stage", task.stage())
                .with("status", word(task.status()))
                .with("message", task.message())
                .with("changed", task.changed())
                .with("outputs", task.outputs())
                .with("critical", critical)
                .with("attempts", attempts);
    }

    private static Document document(Timeline.Attempt attempt) {
        boolean queued = attempt.status().equals(Timeline.QUEUED);
        boolean over = !queued && !attempt.status().equals(Standing.RUNNING);
        return new Document()
                .with("number", attempt.number())
                .with("status", attempt.status())
                .with("ready_at", attempt.ready())
                .with("started_at", queued ? "" : text(attempt.started()))
                .with("ended_at", over ? text(attempt.ended()) : "")
                .with("queue_seconds", RunDocuments.seconds(attempt.queued()))
                .with("run_seconds", RunDocuments.seconds(attempt.ran()));
    }

    private static String text(Instant at) {
        return at.toString();
    }

    private static Document document(RunFile file) {
        return switch (file.role()) {
            case SCRIPT, IMPORT, VALUES, FILE, PROGRAM ->
                    new Document()
                            .with("role", role(file))
                            .with("path", file.path())
                            .with("sha256", file.content());
            case LINK ->
                    new Document()
                            .with("role", role(file))
                            .with("path", file.path())
                            .with("to", file.content());
            case PROJECT -> new Document().with("role", role(file)).with("path", file.path());
        };
    }

    static Document document(Artifact artifact) {
        return new Document()
                .with("path", artifact.path())
                .with("task", artifact.id().task())
                .with("attempt", artifact.id().number())
                .with("size", artifact.size())
                .with("sha256", artifact.sha256())
                .with("executable", artifact.executable())
                .with("kept_at", artifact.keptAt());
    }
}
