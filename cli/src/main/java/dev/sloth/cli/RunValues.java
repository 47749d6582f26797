package dev.sloth.cli;

import dev.sloth.api.value.DataTable;
import dev.sloth.api.value.Text;
import dev.sloth.api.value.Value;
import dev.sloth.api.workflow.FileTrouble;
import dev.sloth.api.workflow.Problem;
import dev.sloth.api.workflow.Problems;
import dev.sloth.api.workflow.Span;
import dev.sloth.plugins.data.DocumentBounds;
import dev.sloth.plugins.data.Parsed;
import dev.sloth.plugins.data.ValuesFile;
import dev.sloth.plugins.data.Yaml;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// The values of a run: the files of `--values` laid upon each other in order, then each `--var`.
/// Each file is read once: what comes out of a pipe cannot be read again.
final class RunValues {
    private final Path folder;
    private final List<Problem> problems = new ArrayList<>();
    private final Map<Path, byte[]> texts = new LinkedHashMap<>();
    private DataTable values = new DataTable();

    private RunValues(Path folder) {
        this.folder = folder;
    }

    /// The values, and what each of the files held.
    record Read(DataTable table, Map<Path, byte[]> texts) {
        static final Read NOTHING = new Read(new DataTable(), Map.of());

        /// The same laid upon others, which stand where these say nothing.
        Read over(DataTable others) {
            return new Read(ValuesFile.merge(others, table), texts);
        }
    }

    /// @throws Problems with everything that is wrong in any file or variable
    static Read read(List<String> files, List<String> variables, Path folder) {
        var reading = new RunValues(folder);
        files.forEach(reading::addFile);
        variables.forEach(reading::addVariable);
        if (!reading.problems.isEmpty()) {
            throw new Problems(reading.problems);
        }
        return new Read(reading.values, reading.texts);
    }

    /// A table that an option gives as JSON or YAML.
    ///
    /// @throws Problems when it is none
    static Value.Table table(String option, String text) {
        var parsed = Yaml.parse(text.getBytes(StandardCharsets.UTF_8), DocumentBounds.STANDARD);
        if (parsed instanceof Parsed.Good(Value.Table table)) {
            return table;
        }
        var why =
                switch (parsed) {
                    case Parsed.Good(var other) -> "it is a " + other.type();
                    case Parsed.Bad(var message, _, _) -> message;
                };
        throw new Problems(
                new Problem(
                        "SLOTH-9005",
                        "%s '%s' is no table: %s".formatted(option, text, why),
                        Span.NOWHERE,
                        "write it as %s '{\"url\": \"http://here\"}'".formatted(option)));
    }

    private void addFile(String name) {
        try {
            var file = folder.resolve(name);
            if (Files.isDirectory(file)) {
                problems.add(unreadable(name, "it is a folder"));
                return;
            }
            int most = DocumentBounds.STANDARD.bytes();
            var text = Beginning.of(file, most + 1);
            if (text.length > most) {
                problems.add(unreadable(name, "it has more than " + most + " bytes"));
                return;
            }
            values = ValuesFile.merge(values, ValuesFile.parse(name, text));
            texts.put(file.toAbsolutePath().normalize(), text);
        } catch (Problems e) {
            problems.addAll(e.list());
        } catch (IOException | InvalidPathException e) {
            problems.add(unreadable(name, FileTrouble.words(e)));
        }
    }

    private static Problem unreadable(String name, String why) {
        return new Problem(
                "SLOTH-9006",
                "the values file " + name + " cannot be read: " + why,
                Span.NOWHERE,
                "give --values the name of a YAML or JSON file");
    }

    private void addVariable(String given) {
        int equals = given.indexOf('=');
        var path =
                equals < 0
                        ? List.<String>of()
                        : List.of(given.substring(0, equals).split("\\.", -1));
        if (path.isEmpty() || path.stream().anyMatch(String::isBlank)) {
            problems.add(
                    new Problem(
                            "SLOTH-9005",
                            "--var '" + given + "' is not NAME=VALUE",
                            Span.NOWHERE,
                            "write it as `--var replicas=3` or `--var db.host=here`"));
            return;
        }
        var value = value(given, given.substring(equals + 1));
        DataTable nested = new DataTable().with(path.getLast(), value);
        for (var name : path.subList(0, path.size() - 1).reversed()) {
            nested = new DataTable().with(name, nested);
        }
        values = ValuesFile.merge(values, nested);
    }

    /// As a YAML scalar, or a list or table in brackets; anything else is text as it stands.
    private Value value(String given, String text) {
        boolean bracketed = text.startsWith("[") || text.startsWith("{");
        var parsed = Yaml.parse(text.getBytes(StandardCharsets.UTF_8), DocumentBounds.STANDARD);
        return switch (parsed) {
            case Parsed.Good(Value.Table t) -> bracketed ? t : Text.of(text);
            // An empty value is empty text, not nothing: `--var name=` was meant to be there.
            case Parsed.Good(Value.Nil _) -> Text.of(text.isBlank() ? "" : text);
            case Parsed.Good(var scalar) -> scalar;
            case Parsed.Bad(var message, _, _) -> {
                if (bracketed) {
                    problems.add(
                            new Problem(
                                    "SLOTH-9005",
                                    "--var '" + given + "' cannot be read: " + message,
                                    Span.NOWHERE,
                                    "put quotes around text that begins with a bracket"));
                }
                yield Text.of(text);
            }
        };
    }
}
