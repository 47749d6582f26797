package dev.sloth.cli;

import dev.sloth.api.workflow.Problem;
import dev.sloth.api.workflow.Problems;
import dev.sloth.api.workflow.Workflow;
import dev.sloth.cli.config.Config;
import dev.sloth.cli.view.Document;
import dev.sloth.cli.view.Format;
import dev.sloth.core.run.Refusals;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/// `validate`: tells everything that is wrong with scripts, and runs no task.
final class ValidateCommand implements Command {
    @Override
    public Spec spec() {
        var spec =
                Specs.command(
                        "validate",
                        "Reads scripts for their definitions and tells everything that is wrong.");
        spec.addPositional(
                Specs.positionals(
                        "FILE",
                        0,
                        Spec.Positionals.MANY,
                        "Scripts; Slothfile or workflow.sloth if none."));
        RunOptions.addValues(spec);
        spec.addOption(Specs.format("text", "json", "yaml"));
        return Specs.withSettings(spec);
    }

    /// What came of one file.
    private record Verdict(Path file, List<Workflow> workflows, List<Problem> problems) {}

    @Override
    public int run(Given given) {
        var format = given.documentFormat();
        var config = given.layers().config();
        var files = files(given);
        var verdicts = files.stream().map(file -> verdict(file, config, given)).toList();
        if (format == Format.TEXT) {
            tell(verdicts, given, config);
        } else {
            given.caller().out().print(document(verdicts, given.caller().folder()).as(format));
        }
        boolean fine = verdicts.stream().allMatch(verdict -> verdict.problems().isEmpty());
        return fine ? Exit.OK : Exit.WRONG;
    }

    private static List<Path> files(Given given) {
        var folder = given.caller().folder();
        return given.positionals().isEmpty()
                ? List.of(Target.of(List.of(), "", folder).file())
                : given.positionals().stream().map(word -> Target.file(word, folder)).toList();
    }

    private static Verdict verdict(Path file, Config config, Given given) {
        try {
            var script = RunOptions.script(given, config, file);
            var workflows = script.definition().workflows();
            var problems = workflows.stream().flatMap(w -> Refusals.selectors(w).stream()).toList();
            return new Verdict(file, problems.isEmpty() ? workflows : List.of(), problems);
        } catch (Problems e) {
            return new Verdict(file, List.of(), e.list());
        }
    }

    private static void tell(List<Verdict> verdicts, Given given, Config config) {
        var problems = verdicts.stream().flatMap(v -> v.problems().stream()).toList();
        given.caller().complain(given.errors(config).problems(problems));
        for (var verdict : verdicts) {
            if (verdict.problems().isEmpty()) {
                given.caller().print(fine(verdict, given.caller().folder()));
            }
        }
    }

    private static String fine(Verdict verdict, Path folder) {
        var what =
                verdict.workflows().stream()
                        .map(w -> w.name() + " (" + w.tasks().size() + " tasks)")
                        .collect(Collectors.joining(", "));
        return shown(verdict.file(), folder) + ": ok" + (what.isEmpty() ? "" : ", " + what);
    }

    private static String shown(Path file, Path folder) {
        return (file.startsWith(folder) ? folder.relativize(file) : file).toString();
    }

    private static Document document(List<Verdict> verdicts, Path folder) {
        var files = new ArrayList<Document>();
        for (var verdict : verdicts) {
            files.add(
                    new Document()
                            .with("file", shown(verdict.file(), folder))
                            .with("valid", verdict.problems().isEmpty())
                            .with(
                                    "workflows",
                                    verdict.workflows().stream().map(Workflow::name).toList())
                            .with(
                                    "problems",
                                    verdict.problems().stream().map(Document::of).toList()));
        }
        return new Document().with("files", files);
    }
}
