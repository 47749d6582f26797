package dev.sloth.cli;

import dev.sloth.api.workflow.Problem;
import dev.sloth.cli.view.Document;
import dev.sloth.lua.lint.Rule;
import dev.sloth.lua.syntax.Span;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/// Findings in the form that tools exchange: SARIF 2.1.0, of OASIS.
///
/// @param unparsed scripts that were not looked at because they do not parse
/// @param problems what else kept scripts from being looked at
record Sarif(
        List<Rule> rules,
        List<LintCommand.Found> found,
        List<LintCommand.Unparsed> unparsed,
        List<Problem> problems) {
    private static final String SCHEMA =
            "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json";

    Document document() {
        return new Document()
                .with("$schema", SCHEMA)
                .with("version", "2.1.0")
                .with("runs", List.of(run()));
    }

    private Document run() {
        var results = new ArrayList<Document>();
        unparsed.forEach(script -> results.addAll(results(script)));
        problems.forEach(problem -> results.add(result(problem)));
        found.forEach(one -> results.add(result(one)));
        return new Document()
                .with("tool", new Document().with("driver", driver()))
                .with("columnKind", "unicodeCodePoints")
                .with("results", results);
    }

    private Document driver() {
        return new Document()
                .with("name", Commands.PROGRAM + " lint")
                .with("rules", rules.stream().map(Sarif::rule).toList());
    }

    private static Document rule(Rule rule) {
        var level = rule.severity().name().toLowerCase(Locale.ROOT);
        return new Document()
                .with("id", rule.name())
                .with("shortDescription", new Document().with("text", rule.doc()))
                .with("defaultConfiguration", new Document().with("level", level));
    }

    private Document result(LintCommand.Found one) {
        var region = region(one.script().text(), one.finding().span());
        return new Document()
                .with("ruleId", one.finding().rule().name())
                .with("ruleIndex", rules.indexOf(one.finding().rule()))
                .with("level", one.severity())
                .with("message", new Document().with("text", one.words()))
                .with(
                        "locations",
                        List.of(location(place(one.script().name()).with("region", region))));
    }

    private static List<Document> results(LintCommand.Unparsed script) {
        var results = new ArrayList<Document>();
        for (int i = 0; i < script.errors().size(); i++) {
            var region = region(script.script().text(), script.errors().get(i).span());
            var place = place(script.script().name()).with("region", region);
            results.add(said(script.problems().get(i)).with("locations", List.of(location(place))));
        }
        return results;
    }

    private static Document result(Problem problem) {
        return problem.at().file().isEmpty()
                ? said(problem)
                : said(problem).with("locations", List.of(location(place(problem.at().file()))));
    }

    /// A problem stands under its code, which is no rule.
    private static Document said(Problem problem) {
        var words = problem.message() + (problem.remedy().isEmpty() ? "" : ". " + problem.remedy());
        return new Document()
                .with("ruleId", problem.code())
                .with("level", "error")
                .with("message", new Document().with("text", words));
    }

    private static Document location(Document place) {
        return new Document().with("physicalLocation", place);
    }

    private static Document place(String file) {
        return new Document().with("artifactLocation", new Document().with("uri", uri(file)));
    }

    /// A colon in the first part of a path would be taken for the end of a scheme.
    private static String uri(String file) {
        var path = file.split("/", 2)[0].contains(":") ? "./" + file : file;
        try {
            return new URI(null, null, path, null).toASCIIString();
        } catch (URISyntaxException e) {
            throw new IllegalStateException("every path makes a URI: " + file, e);
        }
    }

    /// Ours count bytes, those of the form characters.
    private static Document region(byte[] text, Span span) {
        int lastLine = span.line();
        int lineStart = span.from() - (span.column() - 1);
        int lastStart = lineStart;
        for (int i = span.from(); i < span.to(); i++) {
            if (text[i] == '\n'
                    || (text[i] == '\r' && (i + 1 == text.length || text[i + 1] != '\n'))) {
                lastLine++;
                lastStart = i + 1;
            }
        }
        return new Document()
                .with("startLine", span.line())
                .with("startColumn", characters(text, lineStart, span.from()) + 1)
                .with("endLine", lastLine)
                .with("endColumn", characters(text, lastStart, span.to()) + 1);
    }

    private static int characters(byte[] text, int from, int to) {
        var part = new String(text, from, to - from, StandardCharsets.UTF_8);
        return part.codePointCount(0, part.length());
    }
}
