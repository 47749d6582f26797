package dev.sloth.cli;

import dev.sloth.api.workflow.Problem;
import dev.sloth.api.workflow.Problems;
import dev.sloth.api.workflow.RunId;
import dev.sloth.api.workflow.Span;
import dev.sloth.core.store.RunQuery;
import dev.sloth.core.store.RunRow;
import dev.sloth.core.store.RunStore;
import java.util.regex.Pattern;

/// Which run a word of a command line means: its id, the beginning of one, or `last`.
final class RunNames {
    /// The newest run.
    static final String LAST = "last";

    /// What ids are made of; nothing else goes near the store or a folder.
    private static final Pattern ID = Pattern.compile("[0-9A-Za-z][0-9A-Za-z-]{0,63}");

    private RunNames() {}

    /// @throws Problems when it means no run, or several
    static RunRow find(RunStore runs, String word) {
        if (!ID.matcher(word).matches()) {
            throw wrong("'" + word + "' cannot be the id of a run");
        }
        if (word.equals(LAST)) {
            var newest = runs.list(page(RunQuery.ALL, 1));
            if (newest.isEmpty()) {
                throw wrong("no run is kept here yet");
            }
            return newest.getFirst();
        }
        return runs.find(new RunId(word)).orElseGet(() -> beginning(runs, word));
    }

    private static RunQuery page(RunQuery query, int limit) {
        return new RunQuery(
                query.statuses(),
                query.workflow(),
                query.script(),
                query.since(),
                query.labels(),
                query.before(),
                limit);
    }

    /// Looked for among the newest ones.
    private static RunRow beginning(RunStore runs, String word) {
        var meant =
                runs.list(RunQuery.ALL).stream()
                        .filter(run -> run.id().text().startsWith(word))
                        .toList();
        if (meant.size() > 1) {
            throw wrong(
                    "'%s' may mean %s or %s".formatted(word, meant.get(0).id(), meant.get(1).id()));
        }
        if (meant.isEmpty()) {
            throw wrong("there is no run '" + word + "'");
        }
        return meant.getFirst();
    }

    private static Problems wrong(String message) {
        return new Problems(
                new Problem(
                        "SLOTH-4001",
                        message,
                        Span.NOWHERE,
                        "`sloth-runner runs list` shows those that are kept."));
    }
}
