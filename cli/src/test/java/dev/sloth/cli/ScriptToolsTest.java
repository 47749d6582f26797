package dev.sloth.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sloth.api.plugin.Function;
import dev.sloth.dsl.lint.Neighbours;
import dev.sloth.dsl.lint.ScriptLinter;
import dev.sloth.lua.format.Formatted;
import dev.sloth.lua.format.Formatter;
import dev.sloth.lua.lint.Linted;
import dev.sloth.lua.lint.Rule;
import dev.sloth.lua.syntax.Piece;
import dev.sloth.lua.syntax.Pieces;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/// The tools for texts, over every script of the project that people read.
class ScriptToolsTest {
    private static final Path ROOT =
            Path.of(System.getProperty("sloth.root", "..")).toAbsolutePath().normalize();
    private static final Pattern BLOCK = Pattern.compile("(?ms)^```lua\\n(.*?)^```");

    /// What a few lines out of their script leave open.
    private static final Set<String> OPEN_IN_SNIPPETS =
            Set.of(
                    "undefined-name",
                    "global-in-function",
                    "unused-local",
                    "unused-task",
                    "shadowed-local");

    private final ScriptLinter linter = new ScriptLinter(Wiring.modules());

    private static List<Path> scripts() throws IOException {
        var found = new ArrayList<Path>();
        for (var folder :
                List.of("examples", "benchmarks/workflows", "cli/src/main/app", "cli/src/test")) {
            try (Stream<Path> files = Files.walk(ROOT.resolve(folder))) {
                files.filter(file -> file.toString().matches(".*\\.(sloth|lua)"))
                        .sorted()
                        .forEach(found::add);
            }
        }
        assertThat(found).hasSizeGreaterThan(20);
        return found;
    }

    /// The Lua blocks of the documents, by where they stand.
    private static Map<String, String> blocks() throws IOException {
        var found = new LinkedHashMap<String, String>();
        for (var folder : List.of(".", "docs", "docs/decisions")) {
            try (Stream<Path> files = Files.list(ROOT.resolve(folder))) {
                for (var page : files.filter(f -> f.toString().endsWith(".md")).sorted().toList()) {
                    var blocks = BLOCK.matcher(Files.readString(page));
                    while (blocks.find()) {
                        found.put(ROOT.relativize(page) + "@" + blocks.start(), blocks.group(1));
                    }
                }
            }
        }
        assertThat(found).hasSizeGreaterThan(10);
        return found;
    }

    private static String formatted(String name, String text) {
        return switch (Formatter.format(name, text.getBytes(StandardCharsets.UTF_8))) {
            case Formatted.Done(var bytes) -> new String(bytes, StandardCharsets.UTF_8);
            case Formatted.Wrong(var errors) -> throw new AssertionError(name + ": " + errors);
        };
    }

    private List<String> findings(String name, byte[] text, Set<String> but) {
        return switch (linter.lint(name, text, Neighbours.NONE)) {
            case Linted.Read(var findings) ->
                    findings.stream()
                            .filter(finding -> !but.contains(finding.rule().name()))
                            .map(finding -> name + ": " + finding)
                            .toList();
            case Linted.Wrong(var errors) -> List.of(name + ": " + errors);
        };
    }

    @Test
    void the_examples_are_formatted() throws IOException {
        for (var script : scripts()) {
            if (script.startsWith(ROOT.resolve("examples"))) {
                var text = Files.readString(script);
                assertThat(formatted(script.toString(), text)).as("%s", script).isEqualTo(text);
            }
        }
        assertThat(blocks())
                .allSatisfy((at, text) -> assertThat(formatted(at, text)).as(at).isEqualTo(text));
    }

    @Test
    void every_script_comes_back_byte_for_byte_from_its_pieces() throws IOException {
        for (var script : scripts()) {
            var text = Files.readAllBytes(script);
            var joined = new ByteArrayOutputStream();
            for (Piece piece : Pieces.of(text)) {
                int from = piece.span().from();
                joined.write(text, from, piece.span().to() - from);
            }
            assertThat(joined.toByteArray()).as("%s", script).isEqualTo(text);
        }
    }

    @Test
    void nothing_is_found_in_scripts_that_are_right() throws IOException {
        var found = new ArrayList<String>();
        for (var script : scripts()) {
            found.addAll(findings(script.toString(), Files.readAllBytes(script), Set.of()));
        }
        for (var block : blocks().entrySet()) {
            var text = block.getValue();
            found.addAll(
                    findings(
                            block.getKey(),
                            text.getBytes(StandardCharsets.UTF_8),
                            text.startsWith("-- file:") ? Set.of() : OPEN_IN_SNIPPETS));
        }
        assertThat(found).isEmpty();
    }

    @Test
    void nothing_is_found_in_the_examples_of_the_reference() {
        var found = new ArrayList<String>();
        int looked = 0;
        for (var module : Wiring.modules()) {
            var functions = new ArrayList<>(module.functions());
            module.handles().forEach(type -> functions.addAll(type.methods()));
            for (Function function : functions) {
                looked += function.example().isEmpty() ? 0 : 1;
                found.addAll(
                        findings(
                                module.name() + "." + function.name(),
                                function.example().getBytes(StandardCharsets.UTF_8),
                                OPEN_IN_SNIPPETS));
            }
        }
        assertThat(found).isEmpty();
        assertThat(looked).isGreaterThan(300);
    }

    @Test
    void the_list_of_rules_is_their_declarations() throws IOException {
        var page = Files.readString(ROOT.resolve("docs/cli.md"));
        var start = "<!-- rules -->\n";
        int from = page.indexOf(start) + start.length();
        assertThat(page.substring(from, page.indexOf("<!-- end of rules -->")))
                .as("replace the table in docs/cli.md with this")
                .isEqualTo(table(linter.rules()));
    }

    private static String table(List<Rule> rules) {
        var lines = new ArrayList<String>();
        lines.add("| rule | severity | what is found |");
        lines.add("|---|---|---|");
        for (var rule : rules) {
            lines.add(
                    "| `%s` | %s | %s |"
                            .formatted(
                                    rule.name(),
                                    rule.severity().name().toLowerCase(java.util.Locale.ROOT),
                                    rule.doc()));
        }
        return String.join("\n", lines) + "\n";
    }
}
