package dev.sloth.cli;

import dev.sloth.api.workflow.Problem;
import dev.sloth.api.workflow.Problems;
import dev.sloth.api.workflow.RunId;
import dev.sloth.api.workflow.Span;
import dev.sloth.core.store.RunQuery;
import dev.sloth.core.store.RunRow;
import dev.sloth.core.store.RunStore;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;

/// The run that a user means: by its id, by the beginning of it, or the last one.
final class WhichRun {
    static final String LAST = "last";

    /// How many runs are looked through for the beginning of an id.
    private static final int PAGES_MAX = 200;

    private static final Pattern ID = Pattern.compile("[0-9A-Za-z][0-9A-Za-z_-]{0,99}");

    private WhichRun() {}

    /// One that is kept on this machine.
    ///
    /// @throws Problems when there is none, or when several could be meant
    static RunRow of(RunStore runs, String word) {
        return of(runs, word, Vantage.OWN::command);
    }

    /// @param command how a command goes on that is named
    /// @throws Problems when there is none, or when several could be meant
    static RunRow of(RunStore runs, String word, UnaryOperator<String> command) {
        if (!ID.matcher(word).matches()) {
            throw problem(
                    "SLOTH-9050",
                    "'" + word + "' is not the id of a run",
                    "an id looks like 20260102-030405-1a2b3c4d; it is not a file or a path");
        }
        if (word.equals(LAST)) {
            return runs.list(page(Optional.empty(), 1)).stream()
                    .findFirst()
                    .orElseThrow(() ->
                            problem(
                                    "SLOTH-9050",
                                    "there is no run yet",
                                    command.apply("run FILE") + " makes one"));
        }
        return runs.find(new RunId(word)).orElseGet(() -> beginning(runs, word, command));
    }

    private static RunRow beginning(RunStore runs, String word, UnaryOperator<String> command) {
        Optional<RunRow> found = Optional.empty();
        Optional<RunId> before = Optional.empty();
        for (int i = 0; i < PAGES_MAX; i++) {
            var page = runs.list(page(before, RunQuery.LIMIT_MAX));
            for (var row : page) {
                if (row.id().text().startsWith(word)) {
                    found.ifPresent(other -> {
                        throw several(word, other, row);
                    });
                    found = Optional.of(row);
                }
            }
            if (page.size() < RunQuery.LIMIT_MAX) {
                break;
            }
            before = Optional.of(page.getLast().id());
        }
        return found.orElseThrow(() ->
                problem(
                        "SLOTH-9050",
                        "there is no run '" + word + "'",
                        command.apply("runs list")
                                + " shows those that are kept; `last` is the one that was submitted"
                                + " last"));
    }

    private static RunQuery page(Optional<RunId> before, int limit) {
        var all = RunQuery.ALL;
        return new RunQuery(
                all.statuses(),
                all.workflow(),
                all.script(),
                all.since(),
                all.labels(),
                before,
                limit);
    }

    private static Problems several(String word, RunRow newer, RunRow older) {
        return problem(
                "SLOTH-9051",
                "several runs begin with '"
                        + word
                        + "': "
                        + String.join(", ", List.of(newer.id().text(), older.id().text())),
                "give more of the id");
    }

    private static Problems problem(String code, String message, String remedy) {
        return new Problems(new Problem(code, message, Span.NOWHERE, remedy));
    }
}
