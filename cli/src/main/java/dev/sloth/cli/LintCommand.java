package dev.sloth.cli;

import dev.sloth.api.workflow.Problem;
import dev.sloth.api.workflow.Problems;
import dev.sloth.api.workflow.Span;
import dev.sloth.cli.view.Document;
import dev.sloth.dsl.lint.Neighbours;
import dev.sloth.dsl.lint.ScriptLinter;
import dev.sloth.lua.lint.Finding;
import dev.sloth.lua.lint.Linted;
import dev.sloth.lua.syntax.SyntaxError;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// `lint`: tells what scripts say that will not have been meant, and runs nothing of them.
final class LintCommand implements Command {
    private static final String SARIF = "sarif";
    private static final String AS = "--as";

    @Override
    public Spec spec() {
        var spec =
                Specs.command(
                        "lint",
                        "Tells what scripts say that will not have been meant. Runs nothing of"
                                + " them.");
        spec.addPositional(ScriptTexts.positionals());
        spec.addOption(Specs.text("FILE", "Which file the standard input is a newer text of.", AS));
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

    /// A script that does not parse.
    record Unparsed(ScriptText script, List<SyntaxError> errors) {
        List<Problem> problems() {
            return script.problems(errors);
        }
    }

    @Override
    public int run(Given given) {
        var linter = new ScriptLinter(Wiring.modules());
        var found = new ArrayList<Found>();
        var unparsed = new ArrayList<Unparsed>();
        var unreadable =
                new ScriptTexts(given, typedName(given))
                        .each(script -> {
                            switch (linter.lint(
                                    script.name(), script.text(), neighbours(script, given))) {
                                case Linted.Read(var findings) ->
                                        findings.forEach(f -> found.add(new Found(script, f)));
                                case Linted.Wrong(var errors) ->
                                        unparsed.add(new Unparsed(script, errors));
                            }
                        });
        var wrong = new ArrayList<Problem>();
        unparsed.forEach(script -> wrong.addAll(script.problems()));
        wrong.addAll(unreadable);
        // The settings may be wrong too: nothing is printed before that is known.
        List<String> told =
                wrong.isEmpty() ? List.of() : given.errors(given.layers().config()).problems(wrong);
        switch (given.format()) {
            case "text" -> given.caller().print(found.stream().map(Found::line).toList());
            case SARIF ->
                    given.caller()
                            .out()
                            .print(
                                    new Sarif(linter.rules(), found, unparsed, unreadable)
                                            .document()
                                            .json());
            default ->
                    given.caller().out().print(document(found, wrong).as(given.documentFormat()));
        }
        given.caller().complain(told);
        return exit(found, wrong);
    }

    private static Neighbours neighbours(ScriptText script, Given given) {
        return script.file()
                .or(() -> typedAs(given))
                .<Neighbours>map(file -> new FolderNeighbours(file.toAbsolutePath().normalize()))
                .orElse(Neighbours.NONE);
    }

    private static String typedName(Given given) {
        if (given.has(AS) && !given.positionals().contains(ScriptTexts.TYPED)) {
            throw new Problems(
                    new Problem(
                            "SLOTH-9001",
                            AS + " is for the standard input alone",
                            Span.NOWHERE,
                            "give - in place of files, or leave it out"));
        }
        return given.text(AS, ScriptTexts.STDIN);
    }

    private static Optional<Path> typedAs(Given given) {
        return given.many(AS).stream()
                .map(word -> Target.file(word, given.caller().folder()))
                .reduce((_, last) -> last);
    }

    private static int exit(List<Found> found, List<Problem> problems) {
        if (!problems.isEmpty()) {
            return Exit.WRONG;
        }
        return found.isEmpty() ? Exit.OK : Exit.FAILED;
    }

    private static Document document(List<Found> found, List<Problem> problems) {
        var status = problems.isEmpty() ? found.isEmpty() ? "clean" : "found" : "invalid";
        return new Document()
                .with("status", status)
                .with("findings", found.stream().map(Found::document).toList())
                .with("problems", problems.stream().map(Document::of).toList());
    }
}
