package dev.sloth.cli;

import dev.sloth.api.workflow.Placement;
import dev.sloth.api.workflow.TaskName;
import dev.sloth.api.workflow.TimeText;
import dev.sloth.cli.view.Document;
import dev.sloth.cli.view.Remedies;
import dev.sloth.cli.view.Took;
import dev.sloth.core.run.HostShare;
import dev.sloth.core.run.TaskReport;
import dev.sloth.core.run.TaskStatus;
import dev.sloth.core.store.RunRow;
import dev.sloth.master.afar.Place;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// Why a task is where it is.
///
/// @param vantage from where it is looked at
/// @param places where its attempt is, while one goes on
record Explanation(
        RunRow row, TaskStory story, TaskReport task, Vantage vantage, List<Place> places) {
    private static final String INDENT = "  ";

    List<String> lines() {
        var lines = new ArrayList<String>();
        lines.add(
                "task %s of run %s: %s, %s".formatted(task.name(), row.id(), status(task), why()));
        remedy().ifPresent(remedy -> lines.add(INDENT + "help: " + remedy));
        for (var attempt : story.attempts()) {
            lines.add(
                    "attempt %d began at %s%s"
                            .formatted(
                                    attempt.number(),
                                    TimeText.of(attempt.begunAt()),
                                    end(attempt)));
            attempt.parts().forEach(part -> lines.add(INDENT + line(part)));
        }
        for (var place : places) {
            lines.add(INDENT + (place.agent().isEmpty() ? "" : place.agent() + ": ") + place.why());
            if (!place.outlook().isEmpty()) {
                lines.add(INDENT + place.outlook());
            }
            place.considered().forEach(each -> lines.add(INDENT + INDENT + line(each)));
        }
        return lines.stream().map(line -> line.replaceAll("\\p{Cntrl}", " ")).toList();
    }

    private static String status(TaskReport of) {
        return of.status().name().toLowerCase(Locale.ROOT).replace('_', ' ');
    }

    private static String end(TaskStory.Attempt attempt) {
        return attempt.endedAt()
                .map(at -> " and ended after " + took(attempt.begunAt(), at))
                .orElse(" and goes on");
    }

    private static String took(Instant from, Instant to) {
        return Took.text(to.isBefore(from) ? Duration.ZERO : Duration.between(from, to));
    }

    private static String line(TaskStory.Part part) {
        var share = part.share();
        var took = share.givenAt().map(given -> " after " + took(given, part.endedAt())).orElse("");
        return share.why() + "; it " + ended(share) + took;
    }

    private static String line(Place.Considered out) {
        var more = out.more() > 0 ? " and %d more".formatted(out.more()) : "";
        return "%d %s: %s%s"
                .formatted(out.count(), out.why(), String.join(", ", out.names()), more);
    }

    private static String ended(HostShare share) {
        return switch (share.outcome().status()) {
            case SUCCEEDED -> "succeeded";
            case SKIPPED -> "was skipped";
            case CANCELLED -> "was cancelled";
            case TIMED_OUT -> "timed out";
            case ABORTED -> "aborted the run";
            case UNKNOWN -> "ended in a way that nobody can tell";
            case FAILED -> "failed: " + share.outcome().message();
        };
    }

    /// In one sentence.
    private String why() {
        return switch (task.status()) {
            case WAITING -> waiting();
            case READY ->
                    "it waits until fewer tasks of the run are executed: %d at once may be"
                            .formatted(story.parallel());
            case RUNNING, CANCELLING -> place();
            case RETRYING ->
                    "it is tried again at %s: %s"
                            .formatted(
                                    story.due().map(Instant::toString).orElse("once"),
                                    task.message());
            case UNDECIDED ->
                    "nobody can tell how its last attempt ended: %s says what becomes of it"
                            .formatted(vantage.command("runs decide " + row.id()));
            case SUCCEEDED, FAILED, TIMED_OUT, CANCELLED, ABORTED, UNKNOWN -> done();
            case SKIPPED -> task.message().isEmpty() ? "its condition said no" : task.message();
        };
    }

    /// What to do about it, where somebody can.
    private Optional<String> remedy() {
        if (places.stream().anyMatch(place -> place.stand() == Place.Stand.WAITS)) {
            return Optional.of(Remedies.WAITING);
        }
        return task.status().failed() ? Remedies.of(task.message()) : Optional.empty();
    }

    private String waiting() {
        var open = waitsFor().stream().map(TaskName::text).toList();
        if (!open.isEmpty()) {
            return "it waits for " + String.join(", ", open);
        }
        return task.stage().isEmpty()
                ? "its run has not come to it"
                : "its stage %s has not begun".formatted(task.stage());
    }

    private List<TaskName> waitsFor() {
        var report = story.report();
        return story.workflow().task(task.name()).stream()
                .flatMap(own -> own.waitsFor().stream())
                .filter(name ->
                        report.task(name)
                                .map(TaskReport::status)
                                .filter(TaskStatus::ended)
                                .isEmpty())
                .toList();
    }

    private String place() {
        if (!vantage.delegated()) {
            return "it is done on this machine, where its run is driven"
                    + row.drivenBy().map(by -> ": by " + by).orElse("");
        }
        if (places.isEmpty()) {
            return "its master is about to find an agent";
        }
        long given = places.stream().filter(Place::given).count();
        return places.size() == 1
                ? where(places.getFirst())
                : "%d of %d agents have it".formatted(given, places.size());
    }

    private static String where(Place only) {
        return switch (only.stand()) {
            case WAITS -> "it waits for an agent";
            case AWAY -> "an agent has it that is away";
            case SENT, TAKEN, OVER -> "an agent has it";
        };
    }

    private String done() {
        if (story.reusedFrom().isPresent()) {
            return "taken over from run " + story.reusedFrom().get();
        }
        boolean byAgents =
                story.attempts().stream()
                        .flatMap(attempt -> attempt.parts().stream())
                        .anyMatch(part -> part.share().givenAt().isPresent());
        if (story.attempts().isEmpty()) {
            return "it never began";
        }
        if (byAgents) {
            return "done by agents";
        }
        return isForAgents()
                ? "no agent began it: " + task.message()
                : "done on the machine where its run was driven";
    }

    /// Of what an agent had the journal says so.
    private boolean isForAgents() {
        return story.workflow()
                .task(task.name())
                .filter(own -> !(own.placement() instanceof Placement.Here))
                .isPresent();
    }

    // ---- for programs

    Document document() {
        return new Document()
                .with("run", row.id())
                .with("task", task.name())
                .with("status", task.status().name().toLowerCase(Locale.ROOT))
                .with("message", task.message())
                .with("why", why())
                .with("remedy", remedy().orElse(""))
                .with("waits_for", waitsFor().stream().map(TaskName::text).toList())
                .with("attempts", story.attempts().stream().map(Explanation::document).toList())
                .with("places", places.stream().map(Explanation::document).toList());
    }

    private static Document document(TaskStory.Attempt attempt) {
        return new Document()
                .with("number", attempt.number())
                .with("begun_at", attempt.begunAt())
                .with("ended_at", attempt.endedAt().map(Instant::toString).orElse(""))
                .with("hosts", attempt.parts().stream().map(Explanation::document).toList());
    }

    private static Document document(TaskStory.Part part) {
        var share = part.share();
        var document =
                new Document()
                        .with("host", share.host())
                        .with("why", share.why())
                        .with("given_at", share.givenAt().map(Instant::toString).orElse(""))
                        .with("ended_at", part.endedAt())
                        .with("status", share.outcome().status().name().toLowerCase(Locale.ROOT))
                        .with("message", share.outcome().message());
        share.outcome().failure().exitCode().ifPresent(code -> document.with("exit_code", code));
        return document;
    }

    private static Document document(Place place) {
        return new Document()
                .with("agent", place.agent())
                .with("given", place.given())
                .with("on", place.on())
                .with("away", place.away())
                .with("why", place.why())
                .with("outlook", place.outlook())
                .with(
                        "considered",
                        place.considered().stream()
                                .map(each ->
                                        new Document()
                                                .with("why", each.why())
                                                .with("count", each.count())
                                                .with("names", each.names())
                                                .with("left_out", each.more()))
                                .toList())
                .with(
                        "looked_at",
                        place.considered().stream().mapToInt(Place.Considered::count).sum());
    }
}
