package dev.sloth.cli;

import dev.sloth.api.workflow.Problem;
import dev.sloth.cli.view.Document;
import dev.sloth.dsl.lint.Neighbours;
import dev.sloth.dsl.lint.ScriptLinter;
import dev.sloth.lua.lint.Finding;
import dev.sloth.lua.lint.Linted;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/// `lint`: tells what scripts say that will not have been meant, and runs nothing of them.
final class LintCommand implements Command {
    private static final String SARIF = "sarif";

    @Override
    public Spec spec() {
        var spec =
                Specs.command(
                        "lint",
                        "Tells what scripts say that will not have been meant. Runs nothing of"
                                + " them.");
        spec.addPositional(ScriptTexts.positionals());
        spec.addOption(Specs.format("text", "json", "yaml", SARIF));
        return spec;
    }

    /// Something found in a script.
    record Found(ScriptText script, Finding finding) {
        String severity() {
            return finding.rule().severity().name().toLowerCase(Locale.ROOT);
        }

        /// What is wrong and what to do about it.
        String words() {
            var remedy = finding.remedy();
            var end = finding.message().endsWith("?") ? " " : ". ";
            return finding.message() + (remedy.isEmpty() ? "" : end + remedy);
        }

        private String line() {
            return "%s: %s: %s [%s]"
                    .formatted(
                            script.place(finding.span()),
                            severity(),
                            words(),
                            finding.rule().name());
        }

        private Document document() {
            return new Document()
                    .with("rule", finding.rule().name())
                    .with("severity", severity())
                    .with("message", finding.message())
                    .with("at", Document.of(script.place(finding.span())))
                    .with("remedy", finding.remedy());
        }
    }

    @Override
    public int run(Given given) {
        var linter = new ScriptLinter(Wiring.modules());
        var found = new ArrayList<Found>();
        var wrong = new ArrayList<Problem>();
        var unreadable =
                new ScriptTexts(given)
                        .each(script -> {
                            switch (linter.lint(script.name(), script.text(), neighbours(script))) {
                                case Linted.Read(var findings) ->
                                        findings.forEach(f -> found.add(new Found(script, f)));
                                case Linted.Wrong(var errors) ->
                                        wrong.addAll(script.problems(errors));
                            }
                        });
        wrong.addAll(unreadable);
        switch (given.format()) {
            case "text" -> tell(found, wrong, given);
            case SARIF ->
                    given.caller()
                            .out()
                            .print(new Sarif(linter.rules(), found, wrong).document().json());
            default ->
                    given.caller().out().print(document(found, wrong).as(given.documentFormat()));
        }
        return exit(found, wrong);
    }

    private static Neighbours neighbours(ScriptText script) {
        return script.file()
                .<Neighbours>map(file -> new FolderNeighbours(file.toAbsolutePath().normalize()))
                .orElse(Neighbours.NONE);
    }

    private static int exit(List<Found> found, List<Problem> problems) {
        if (!problems.isEmpty()) {
            return Exit.WRONG;
        }
        return found.isEmpty() ? Exit.OK : Exit.FAILED;
    }

    private static void tell(List<Found> found, List<Problem> problems, Given given) {
        given.caller().print(found.stream().map(Found::line).toList());
        given.caller().complain(given.errors(given.layers().config()).problems(problems));
    }

    private static Document document(List<Found> found, List<Problem> problems) {
        return new Document()
                .with("findings", found.stream().map(Found::document).toList())
                .with("problems", problems.stream().map(Document::of).toList());
    }
}
