package dev.sloth.cli;

import dev.sloth.api.workflow.Nearest;
import dev.sloth.api.workflow.Problem;
import dev.sloth.api.workflow.Problems;
import dev.sloth.api.workflow.RunId;
import dev.sloth.api.workflow.Span;
import dev.sloth.cli.view.Document;
import dev.sloth.cli.view.Format;
import dev.sloth.cli.view.TextTable;
import dev.sloth.cli.view.Took;
import dev.sloth.core.run.RunStatus;
import dev.sloth.core.store.RunQuery;
import dev.sloth.core.store.RunRow;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/// `runs list`: the newest runs first.
final class RunsList implements Command {
    private static final int LIMIT_DEFAULT = 50;
    private static final String STATUS = "--status";
    private static final String WORKFLOW = "--workflow";
    private static final String SINCE = "--since";
    private static final String LIMIT = "--limit";
    private static final String BEFORE = "--before";

    private final InstantSource time;

    RunsList(InstantSource time) {
        this.time = time;
    }

    @Override
    public Spec spec() {
        var spec =
                Specs.command(
                        "list",
                        "Lists the runs that are kept, the newest first.",
                        "",
                        "A run that has not ended and that nobody drives is `interrupted`: `resume`"
                                + " goes on with it.");
        spec.addOption(
                Specs.many(
                        "STATUS",
                        "Only runs of this status: running, interrupted, waiting, succeeded, failed,"
                                + " aborted, cancelled, timed_out. May be given several times.",
                        STATUS));
        spec.addOption(Specs.text("NAME", "Only runs of this workflow.", WORKFLOW));
        spec.addOption(
                Specs.text(
                        "TIME",
                        "Only runs submitted since: 2d ago, or at a time such as 2026-01-02.",
                        SINCE));
        spec.addOption(
                Specs.many(
                        "NAME=VALUE",
                        "Only runs with this label. May be given several times.",
                        RunOptions.LABEL));
        spec.addOption(
                Specs.text(
                        "N",
                        "How many at most, up to %d; %d unless said."
                                .formatted(RunQuery.LIMIT_MAX, LIMIT_DEFAULT),
                        LIMIT));
        spec.addOption(Specs.text("RUN", "Only runs older than this one: the next page.", BEFORE));
        MasterOptions.addChoice(spec);
        spec.addOption(Specs.format("text", "json", "yaml"));
        return spec;
    }

    /// A page of runs.
    ///
    /// @param next where the next page begins, when there may be one
    private record Found(List<RunRow> rows, List<Standing> standings, Optional<RunId> next) {}

    @Override
    public int run(Given given) {
        var format = given.documentFormat();
        var statuses = statuses(given);
        int limit = limit(given);
        try (var runs = RunsInSight.of(given)) {
            var query = query(given, runs, statuses, time.instant());
            var found = found(runs, query, statuses, limit);
            show(given, format, found, runs.time().instant());
        }
        return Exit.OK;
    }

    private static RunQuery query(
            Given given, RunsInSight runs, Set<String> statuses, Instant now) {
        var stored = new TreeSet<>(statuses);
        if (stored.remove(Standing.INTERRUPTED)) {
            stored.add(Standing.RUNNING);
        }
        var since =
                given.has(SINCE)
                        ? Since.parse(given.text(SINCE, ""), now, ZoneId.systemDefault())
                        : Instant.MIN;
        var before =
                given.has(BEFORE)
                        ? Optional.of(runs.run(given.text(BEFORE, "")).id())
                        : Optional.<RunId>empty();
        return new RunQuery(
                stored,
                given.text(WORKFLOW, ""),
                "",
                since,
                RunOptions.labels(given),
                before,
                RunQuery.LIMIT_MAX);
    }

    /// Who is interrupted is not known to the store: pages are read until enough have the status.
    private static Found found(RunsInSight runs, RunQuery query, Set<String> statuses, int limit) {
        var rows = new ArrayList<RunRow>();
        var standings = new ArrayList<Standing>();
        var next = sized(query, Math.min(RunQuery.LIMIT_MAX, limit + 1));
        for (var page = runs.runs().list(next); !page.isEmpty(); page = runs.runs().list(next)) {
            for (var row : page) {
                var standing = runs.standing(row);
                if (!statuses.isEmpty() && !statuses.contains(standing.word())) {
                    continue;
                }
                if (rows.size() == limit) {
                    return new Found(rows, standings, Optional.of(rows.getLast().id()));
                }
                rows.add(row);
                standings.add(standing);
            }
            next = next.after(page.getLast().id());
        }
        return new Found(rows, standings, Optional.empty());
    }

    private static RunQuery sized(RunQuery query, int limit) {
        return new RunQuery(
                query.statuses(),
                query.workflow(),
                query.script(),
                query.since(),
                query.labels(),
                query.before(),
                limit);
    }

    private static Set<String> statuses(Given given) {
        var known = new ArrayList<>(List.of(Standing.INTERRUPTED));
        Arrays.stream(RunStatus.values())
                .map(status -> status.name().toLowerCase(Locale.ROOT))
                .forEach(known::add);
        var problems = new ArrayList<Problem>();
        for (var word : given.many(STATUS)) {
            if (!known.contains(word)) {
                problems.add(
                        wrong(
                                "no run has the status '" + word + "'",
                                Nearest.hint(word, known, "one of " + String.join(", ", known))));
            }
        }
        if (!problems.isEmpty()) {
            throw new Problems(problems);
        }
        return new LinkedHashSet<>(given.many(STATUS));
    }

    private static int limit(Given given) {
        var word = given.text(LIMIT, Integer.toString(LIMIT_DEFAULT));
        if (word.matches("[0-9]{1,4}")) {
            int limit = Integer.parseInt(word);
            if (limit >= 1 && limit <= RunQuery.LIMIT_MAX) {
                return limit;
            }
        }
        throw new Problems(
                wrong(
                        "--limit cannot be '" + word + "'",
                        "it must be a whole number from 1 to " + RunQuery.LIMIT_MAX));
    }

    private static Problem wrong(String message, String remedy) {
        return new Problem("SLOTH-9001", message, Span.NOWHERE, remedy);
    }

    private static void show(Given given, Format format, Found found, Instant now) {
        var caller = given.caller();
        if (format != Format.TEXT) {
            var all = new ArrayList<Document>();
            for (int i = 0; i < found.rows().size(); i++) {
                all.add(RunDocuments.of(found.rows().get(i), found.standings().get(i), now));
            }
            var next = found.next().map(RunId::text).orElse("");
            caller.out().print(new Document().with("runs", all).with("next", next).as(format));
            return;
        }
        if (found.rows().isEmpty()) {
            caller.print(List.of("no runs"));
            return;
        }
        caller.print(table(found, now).lines(ScreenWidth.ofTable(caller)));
        caller.print(hints(given, found));
    }

    private static TextTable table(Found found, Instant now) {
        var table =
                new TextTable("RUN", "WORKFLOW", "STATUS", "WHEN", "DURATION", "TASKS", "LABELS");
        for (int i = 0; i < found.rows().size(); i++) {
            var row = found.rows().get(i);
            var progress = row.progress();
            table.row(
                    row.id().text(),
                    row.workflow(),
                    found.standings().get(i).word(),
                    RunDocuments.when(row.submittedAt()),
                    Took.text(RunDocuments.took(row, now)),
                    progress.finished() + "/" + progress.tasks(),
                    RunDocuments.labels(row));
        }
        return table;
    }

    private static List<String> hints(Given given, Found found) {
        var hints = new ArrayList<String>();
        for (int i = 0; i < found.rows().size(); i++) {
            var standing = found.standings().get(i);
            if (!standing.remedy().isEmpty()) {
                hints.add(
                        "%s is %s: %s"
                                .formatted(
                                        found.rows().get(i).id(),
                                        standing.word(),
                                        standing.remedy()));
            }
        }
        found.next()
                .ifPresent(last -> hints.add("older ones: `" + again(given) + " " + last + "`"));
        if (!hints.isEmpty()) {
            hints.addFirst("");
        }
        return hints;
    }

    /// The command for the next page, but for the run before which it begins.
    private static String again(Given given) {
        var words = new ArrayList<>(List.of(Commands.PROGRAM, "runs", "list"));
        for (var option :
                List.of(
                        STATUS,
                        WORKFLOW,
                        SINCE,
                        RunOptions.LABEL,
                        LIMIT,
                        MasterOptions.MASTER,
                        MasterOptions.CREDENTIALS)) {
            for (var value : given.many(option)) {
                words.add(option);
                words.add(quoted(value));
            }
        }
        words.add(BEFORE);
        return String.join(" ", words);
    }

    /// As a shell takes it for one word.
    static String quoted(String word) {
        return word.matches("[\\w.:=/@%+,-]+") ? word : "'" + word.replace("'", "'\\''") + "'";
    }
}
