package dev.sloth.cli.config;

import dev.sloth.api.workflow.Problem;
import dev.sloth.api.workflow.Problems;
import dev.sloth.api.workflow.Span;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Compose;
import org.snakeyaml.engine.v2.common.FlowStyle;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.ScalarNode;

/// The settings file: YAML, one key below another. Changing a value leaves everything else in the
/// file as it was, comments too.
final class ConfigFile {
    private static final int BYTES_MAX = 1 << 20;
    private static final String INDENT = "  ";

    private final Path file;
    private final String text;
    private final Map<String, Entry> entries = new LinkedHashMap<>();
    private final Map<String, MappingNode> sections = new LinkedHashMap<>();

    /// A value, where it is written, and the node that holds it.
    record Entry(String value, Span at, ScalarNode node) {}

    private ConfigFile(Path file, String text) {
        this.file = file;
        this.text = text;
    }

    /// Reads it; a file that is not there is empty.
    ///
    /// @throws Problems when it is not what a settings file looks like, with the place
    static ConfigFile read(Path file) {
        return of(file, text(file));
    }

    private static ConfigFile of(Path file, String text) {
        var read = new ConfigFile(file, text);
        var problems = new ArrayList<Problem>();
        read.compose().ifPresent(root -> read.collect("", root, problems));
        if (!problems.isEmpty()) {
            throw new Problems(problems);
        }
        return read;
    }

    private static String text(Path file) {
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(start(file)))
                    .toString();
        } catch (NoSuchFileException e) {
            return "";
        } catch (CharacterCodingException e) {
            throw new Problems(fault(file, "is not UTF-8 text"));
        } catch (IOException e) {
            throw new Problems(fault(file, "cannot be read: " + reason(e)));
        }
    }

    private static byte[] start(Path file) throws IOException {
        try (var in = Files.newInputStream(file)) {
            var text = in.readNBytes(BYTES_MAX + 1);
            if (text.length > BYTES_MAX) {
                throw new Problems(fault(file, "is larger than " + BYTES_MAX + " bytes"));
            }
            return text;
        }
    }

    private static Problem fault(Path file, String what) {
        return new Problem(
                "SLOTH-9012",
                "the settings file " + what,
                new Span(file.toString(), 0, 0),
                "repair or remove it");
    }

    private Optional<Node> compose() {
        try {
            var settings = LoadSettings.builder().setLabel(file.toString()).build();
            return new Compose(settings).composeString(text);
        } catch (MarkedYamlEngineException e) {
            var at = e.getProblemMark().map(this::span).orElse(new Span(file.toString(), 0, 0));
            throw new Problems(
                    new Problem(
                            "SLOTH-9012", "not YAML: " + e.getProblem(), at, "repair the line"));
        } catch (YamlEngineException e) {
            throw new Problems(fault(file, "is not YAML: " + e.getMessage()));
        }
    }

    private Span span(Mark mark) {
        return new Span(file.toString(), mark.getLine() + 1, mark.getColumn() + 1);
    }

    private Span span(Node node) {
        return node.getStartMark().map(this::span).orElse(new Span(file.toString(), 0, 0));
    }

    private void collect(String prefix, Node node, List<Problem> problems) {
        if (!(node instanceof MappingNode mapping)) {
            problems.add(
                    new Problem(
                            "SLOTH-9012",
                            prefix.isEmpty()
                                    ? "the settings file must hold names with values"
                                    : prefix + " must hold names with values",
                            span(node),
                            "write `run:`, and below it `  max_parallel: 4`"));
            return;
        }
        sections.put(prefix, mapping);
        for (var tuple : mapping.getValue()) {
            if (!(tuple.getKeyNode() instanceof ScalarNode name)) {
                problems.add(Layers.unknown("?", span(tuple.getKeyNode())));
                continue;
            }
            var key = prefix.isEmpty() ? name.getValue() : prefix + "." + name.getValue();
            if (tuple.getValueNode() instanceof ScalarNode scalar) {
                entries.put(key, new Entry(scalar.getValue(), span(name), scalar));
            } else if (isSection(key)) {
                collect(key, tuple.getValueNode(), problems);
            } else {
                problems.add(Layers.unknown(key, span(name)));
            }
        }
    }

    private static boolean isSection(String key) {
        return Settings.withFeatures().stream().anyMatch(s -> s.key().startsWith(key + "."));
    }

    Map<String, Entry> entries() {
        var real = new LinkedHashMap<>(entries);
        // `run:` with nothing below it is an empty section, not a setting.
        real.entrySet().removeIf(e -> e.getValue().value().isEmpty() && isSection(e.getKey()));
        return real;
    }

    /// Writes the file with these settings changed or added, whole or not at all.
    static void set(Path file, Map<String, String> wanted) {
        var current = read(file);
        for (var setting : wanted.entrySet()) {
            // What was inserted has moved the rest, so the places are looked up anew.
            current = of(file, current.changed(setting.getKey(), setting.getValue()));
        }
        try {
            write(file, current.text);
        } catch (IOException e) {
            throw new Problems(unwritable(file, e));
        }
    }

    private static Problem unwritable(Path file, IOException why) {
        return new Problem(
                "SLOTH-9012",
                "the settings file cannot be written: " + reason(why),
                new Span(file.toString(), 0, 0),
                "it and its folder must be yours to write, on a disk that has room and is not"
                        + " mounted read-only; SLOTH_HOME names another folder");
    }

    /// In words: the system's own exceptions leave to their type what is wrong.
    private static String reason(IOException failure) {
        return switch (failure) {
            case AccessDeniedException _ -> "permission denied";
            case FileAlreadyExistsException e -> e.getFile() + " is not a folder";
            case NoSuchFileException e -> e.getFile() + " is not there";
            case NotDirectoryException e -> e.getFile() + " is not a folder";
            case FileSystemException e when e.getReason() != null -> e.getReason();
            default -> String.valueOf(failure.getMessage());
        };
    }

    private static void write(Path file, String text) throws IOException {
        var folder = file.toAbsolutePath().getParent();
        if (folder != null) {
            Files.createDirectories(folder);
        }
        var fresh = file.resolveSibling(file.getFileName() + ".new");
        Files.writeString(fresh, text);
        Files.move(
                fresh, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }

    private String changed(String key, String value) {
        return entries.containsKey(key) ? replaced(key, value) : added(key, value);
    }

    private String replaced(String key, String value) {
        var node = java.util.Objects.requireNonNull(entries.get(key)).node();
        int from = offset(node.getStartMark());
        int to = offset(node.getEndMark());
        return text.substring(0, from) + value + text.substring(to);
    }

    /// Marks count code points.
    private int offset(Optional<Mark> mark) {
        return text.offsetByCodePoints(0, mark.map(Mark::getIndex).orElse(0));
    }

    private String added(String key, String value) {
        var parts = List.of(key.split("\\."));
        for (int depth = parts.size() - 1; depth > 0; depth--) {
            var section = sections.get(String.join(".", parts.subList(0, depth)));
            if (section != null && section.getFlowStyle() != FlowStyle.FLOW) {
                return addedTo(section, parts.subList(depth, parts.size()), value);
            }
        }
        if (text.contains("{") && sections.containsKey(parts.getFirst())) {
            throw new Problems(
                    fault(file, "writes '" + parts.getFirst() + "' in braces: change it by hand"));
        }
        var end = text.isEmpty() || text.endsWith("\n") ? "" : "\n";
        return text + end + nested(parts, "", value);
    }

    private String addedTo(MappingNode section, List<String> rest, String value) {
        int column = section.getStartMark().map(Mark::getColumn).orElse(0);
        int from = offset(section.getStartMark()) - column;
        return text.substring(0, from)
                + nested(rest, " ".repeat(column), value)
                + text.substring(from);
    }

    private static String nested(List<String> parts, String indent, String value) {
        var lines = new StringBuilder();
        var deeper = indent;
        for (int i = 0; i < parts.size(); i++) {
            boolean last = i == parts.size() - 1;
            lines.append(deeper).append(parts.get(i)).append(':');
            lines.append(last ? " " + value : "").append('\n');
            deeper += INDENT;
        }
        return lines.toString();
    }
}
