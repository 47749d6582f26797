package dev.sloth.cli.config;

import dev.sloth.api.workflow.Nearest;
import dev.sloth.api.workflow.Problem;
import dev.sloth.api.workflow.Problems;
import dev.sloth.api.workflow.Span;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Where values come from, and which of them counts: the file of the home folder, then that of the
/// project, then environment, then flags.
public final class Layers {
    /// A value and where it came from, such as `default`, `environment SLOTH_RUN_MAX_PARALLEL`.
    public record Origin(String value, String from, Span at) {}

    private final Map<String, Origin> values = new LinkedHashMap<>();
    private final List<Problem> problems = new ArrayList<>();

    private Layers() {}

    /// The file of a project: in the folder where one is, or the nearest above that has it.
    private static final String PROJECT = "sloth.yaml";

    /// Reads all layers but that of a project. `flags` is setting key to value.
    public static Layers read(
            Path home, Map<String, String> environment, Map<String, String> flags) {
        return read(home, Optional.empty(), environment, flags);
    }

    /// Reads all layers, as somebody in this folder meets them.
    public static Layers read(
            Path home, Path folder, Map<String, String> environment, Map<String, String> flags) {
        return read(home, project(folder), environment, flags);
    }

    private static Optional<Path> project(Path folder) {
        for (var above = folder.toAbsolutePath().normalize();
                above != null;
                above = above.getParent()) {
            if (Files.exists(above.resolve(PROJECT))) {
                return Optional.of(above.resolve(PROJECT));
            }
        }
        return Optional.empty();
    }

    private static Layers read(
            Path home,
            Optional<Path> project,
            Map<String, String> environment,
            Map<String, String> flags) {
        var layers = new Layers();
        layers.addFile(file(home));
        project.ifPresent(layers::addProject);
        layers.addEnvironment(environment);
        flags.forEach((key, value) -> layers.add(key, value, "flag", Span.NOWHERE));
        return layers;
    }

    /// The file of this home folder.
    public static Path file(Path home) {
        return home.resolve("config.yaml");
    }

    private void addFile(Path file) {
        if (!Files.exists(file)) {
            return;
        }
        try {
            ConfigFile.read(file)
                    .entries()
                    .forEach((key, entry) -> add(key, entry.value(), "file", entry.at()));
        } catch (Problems e) {
            problems.addAll(e.list());
        }
    }

    /// What comes with a project says where its data is, and nothing about the machine it runs on.
    private void addProject(Path file) {
        try {
            ConfigFile.read(file)
                    .entries()
                    .forEach((key, entry) -> {
                        if (Settings.OF_PROJECTS.contains(key)) {
                            add(key, entry.value(), "project", entry.at());
                        } else {
                            problems.add(notOfProjects(key, entry.at()));
                        }
                    });
        } catch (Problems e) {
            problems.addAll(e.list());
        }
    }

    private static Problem notOfProjects(String key, Span at) {
        return new Problem(
                "SLOTH-9013",
                "the file of a project cannot set '" + key + "'",
                at,
                "it can set %s; all else belongs into the file that `sloth-runner config set` writes"
                        .formatted(String.join(" and ", Settings.OF_PROJECTS)));
    }

    private void addEnvironment(Map<String, String> environment) {
        for (var setting : Settings.withFeatures()) {
            var value = environment.get(setting.variable());
            if (value != null) {
                var at = new Span(setting.variable(), 0, 0);
                add(setting.key(), value, "environment", at);
            }
        }
    }

    private void add(String key, String value, String from, Span at) {
        var setting = Settings.named(key);
        if (setting.isEmpty()) {
            problems.add(unknown(key, at));
            return;
        }
        var fault = setting.get().fault(value, at);
        fault.ifPresent(problems::add);
        values.put(key, new Origin(value, from, at));
    }

    static Problem unknown(String key, Span at) {
        var keys = Settings.withFeatures().stream().map(Setting::key).toList();
        return new Problem(
                "SLOTH-9010",
                "there is no setting called '" + key + "'",
                at,
                Nearest.hint(key, keys, "`sloth-runner config list` shows all of them"));
    }

    /// Everything that is wrong.
    public List<Problem> problems() {
        return List.copyOf(problems);
    }

    /// The settings as they count.
    ///
    /// @throws Problems when anything is wrong in any layer
    public Config config() {
        if (!problems.isEmpty()) {
            throw new Problems(problems);
        }
        var plain = new LinkedHashMap<String, String>();
        values.forEach((key, origin) -> plain.put(key, origin.value()));
        return Config.of(plain);
    }

    /// The value of a setting and where it came from.
    public Origin origin(Setting setting) {
        return values.getOrDefault(
                setting.key(), new Origin(setting.standard(), "default", Span.NOWHERE));
    }

    /// The setting of this name.
    ///
    /// @throws Problems when there is none, naming the nearest
    public static Setting setting(String key) {
        return Settings.named(key).orElseThrow(() -> new Problems(unknown(key, Span.NOWHERE)));
    }

    /// Writes settings, given as `KEY=VALUE`, into the file; all of them or none. Gives back what
    /// the user should know about it.
    ///
    /// @throws Problems with everything that is wrong with the settings or with the file
    public static List<String> write(Path home, List<String> given) {
        var problems = new ArrayList<Problem>();
        var wanted = new LinkedHashMap<String, String>();
        for (var pair : given) {
            int equals = pair.indexOf('=');
            if (equals < 1) {
                problems.add(
                        new Problem(
                                "SLOTH-9011",
                                "'" + pair + "' is not KEY=VALUE",
                                Span.NOWHERE,
                                "write it as run.max_parallel=4"));
                continue;
            }
            var key = pair.substring(0, equals);
            var value = pair.substring(equals + 1).strip();
            wanted.put(key, value);
            Settings.named(key)
                    .map(setting -> setting.fault(value, Span.NOWHERE))
                    .orElse(Optional.of(unknown(key, Span.NOWHERE)))
                    .ifPresent(problems::add);
        }
        if (!problems.isEmpty()) {
            throw new Problems(problems);
        }
        ConfigFile.set(file(home), wanted);
        return notes(wanted);
    }

    private static List<String> notes(Map<String, String> wanted) {
        return Features.KNOWN.stream()
                .filter(feature -> wanted.containsKey(feature.setting().key()))
                .flatMap(feature -> feature.note().stream())
                .toList();
    }

    /// All settings, feature switches too.
    public static List<Setting> settings() {
        return Settings.withFeatures();
    }
}
