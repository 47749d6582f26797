package dev.sloth.cli;

import dev.sloth.api.workflow.Problem;
import dev.sloth.api.workflow.Problems;
import dev.sloth.api.workflow.RunId;
import dev.sloth.api.workflow.Span;
import dev.sloth.cli.view.Document;
import dev.sloth.cli.view.Format;
import dev.sloth.core.store.RunStore;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/// `runs delete`: removes runs that have ended, with all that is kept of them.
final class RunsDelete implements Command {
    @Override
    public Spec spec() {
        var spec =
                Specs.command(
                        "delete",
                        "Removes runs that have ended: their history, output, artifacts and files.",
                        "",
                        "Asks nothing. When one of them cannot be removed, none is.");
        spec.addPositional(Specs.positionals("RUN", 1, Spec.Positionals.MANY, RunsCommand.RUN));
        spec.addOption(Specs.format("text", "json", "yaml"));
        return spec;
    }

    @Override
    public int run(Given given) {
        var format = given.documentFormat();
        try (var runs = Wiring.keptRuns(given.caller())) {
            var ids = ended(runs.store().runs(), given.positionals());
            var removal = new RunRemoval(runs.store(), given.caller().home());
            long bytes = 0;
            for (var id : ids) {
                bytes += removal.remove(id);
            }
            bytes += removal.sweep();
            tell(given, format, ids, bytes);
        }
        return Exit.OK;
    }

    private static Set<RunId> ended(RunStore runs, List<String> words) {
        var ids = new LinkedHashSet<RunId>();
        var problems = new ArrayList<Problem>();
        for (var word : words) {
            try {
                var row = WhichRun.of(runs, word);
                ids.add(row.id());
                if (!row.progress().ended()) {
                    problems.add(
                            new Problem(
                                    "SLOTH-4006",
                                    "run %s has not ended".formatted(row.id()),
                                    Span.NOWHERE,
                                    "end it with `sloth-runner runs cancel %s`"
                                            .formatted(row.id())));
                }
            } catch (Problems e) {
                problems.addAll(e.list());
            }
        }
        if (!problems.isEmpty()) {
            throw new Problems(problems);
        }
        return ids;
    }

    private static void tell(Given given, Format format, Set<RunId> ids, long bytes) {
        if (format == Format.TEXT) {
            ids.forEach(id -> given.caller().print("deleted " + id));
            given.caller().print("freed " + Sizes.text(bytes));
        } else {
            var document =
                    new Document().with("deleted", List.copyOf(ids)).with("freed_bytes", bytes);
            given.caller().out().print(document.as(format));
        }
    }
}
