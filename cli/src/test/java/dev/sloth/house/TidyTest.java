package dev.sloth.house;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/// Style as a test: what STYLE.md asks for and a machine can see.
final class TidyTest {
    private static final int FILE_LINES_MAX = 500;
    private static final int METHOD_LINES_MAX = 60;
    private static final int PACKAGE_SENTENCES_MIN = 3;

    /// Fewer than this would mean that the test looked at nothing.
    private static final int FILES_MIN = 200;

    private static final Path ROOT = Path.of(System.getProperty("sloth.root", ".."));

    private static final Pattern EMPTY_NAME =
            Pattern.compile(".*(Util|Utils|Helper|Manager|Impl|Common)$|^(Abstract|Base)[A-Z].*");

    private static final Sources SOURCES = read();

    private static Sources read() {
        try {
            return Sources.read(ROOT);
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    @Test
    void it_looked_at_the_whole_tree() {
        assertThat(SOURCES.files().size()).isGreaterThan(FILES_MIN);
        assertThat(SOURCES.methods().size()).isGreaterThan(FILES_MIN);
    }

    @Test
    void no_file_is_longer_than_one_can_keep_in_mind() {
        assertThat(
                        SOURCES.files().stream()
                                .filter(f -> f.lines().size() > FILE_LINES_MAX)
                                .map(f -> f.name() + ": " + f.lines().size() + " lines"))
                .isEmpty();
    }

    @Test
    void each_decision_has_a_number_of_its_own() throws IOException {
        try (var pages = Files.list(ROOT.resolve("docs/decisions"))) {
            var numbers =
                    pages.map(page -> page.getFileName().toString())
                            .filter(name -> name.matches("\\d{4}-.*"))
                            .map(name -> name.substring(0, 4))
                            .toList();
            assertThat(numbers).isNotEmpty().doesNotHaveDuplicates();
        }
    }

    @Test
    void every_method_fits_in_one_glance() {
        assertThat(
                        SOURCES.methods().stream()
                                .filter(m -> m.lines() > METHOD_LINES_MAX)
                                .map(m ->
                                        "%s:%d %s: %d lines"
                                                .formatted(
                                                        m.path(), m.line(), m.name(), m.lines())))
                .isEmpty();
    }

    @Test
    void names_say_something() {
        assertThat(
                        SOURCES.types().stream()
                                .filter(t -> EMPTY_NAME.matcher(t.name()).matches())
                                .map(t -> t.path() + ": " + t.name()))
                .isEmpty();
        assertThat(
                        SOURCES.methods().stream()
                                .filter(m -> m.accessor() && !m.test())
                                .map(m -> m.path() + ": " + m.name()))
                .as("accessors have no 'get'")
                .isEmpty();
    }

    @Test
    void only_the_door_writes_to_the_standard_streams() {
        offences(
                "System\\.(out|err)\\b",
                f ->
                        !f.test()
                                && !f.name().startsWith("cli/")
                                && !f.name().startsWith("benchmarks/"));
    }

    @Test
    void tests_never_sleep_skip_or_mock() {
        offences(
                "Thread\\.sleep|TimeUnit\\.\\w+\\.sleep|@Disabled|assumeTrue|assumeFalse|Mockito|@RepeatedTest",
                f -> f.test() && !f.name().contains("/house/"));
    }

    @Test
    void nothing_is_left_for_later() {
        offences("\\b(TODO|FIXME|HACK)\\b", f -> !f.name().contains("/house/"));
    }

    @Test
    void imports_are_named_one_by_one() {
        offences("^import (static )?[\\w.]+\\.\\*;", _ -> true);
    }

    @Test
    void no_path_of_one_machine_is_written_down() {
        offences("\"/(work|home/|Users/)", f -> !f.name().contains("/house/"));
    }

    private static void offences(String pattern, Predicate<Sources.File> where) {
        var wanted = Pattern.compile(pattern);
        var found = new ArrayList<String>();
        for (var file : SOURCES.files()) {
            for (int i = 0; i < file.lines().size() && where.test(file); i++) {
                if (wanted.matcher(file.lines().get(i)).find()) {
                    found.add(
                            "%s:%d: %s".formatted(file.name(), i + 1, file.lines().get(i).strip()));
                }
            }
        }
        assertThat(found).isEmpty();
    }

    @Test
    void every_package_says_in_a_few_sentences_what_it_is_for() {
        var folders = SOURCES.files().stream().map(f -> f.path().getParent()).distinct().toList();
        var silent = new ArrayList<String>();
        for (var folder : folders) {
            // What the build runs from its source beside them is no package.
            boolean main = folder.toString().contains("/src/main/java/");
            if (main
                    && sentences(ROOT.resolve(folder).resolve("package-info.java"))
                            < PACKAGE_SENTENCES_MIN) {
                silent.add(folder.toString());
            }
        }
        assertThat(silent).isEmpty();
    }

    private static int sentences(Path packageInfo) {
        if (!Files.exists(packageInfo)) {
            return 0;
        }
        try {
            var text = new StringBuilder();
            Files.readAllLines(packageInfo).stream()
                    .filter(line -> line.startsWith("///"))
                    .forEach(line -> text.append(line.substring(3)).append('\n'));
            return (int) Pattern.compile("[.!?](\\s|$)").matcher(text).results().count();
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    @Test
    void the_numbers_of_the_house_only_get_better() throws IOException {
        var ratchet = new Properties();
        try (var in =
                Files.newBufferedReader(
                        ROOT.resolve("cli/src/test/resources/tidy-ratchet.properties"))) {
            ratchet.load(in);
        }
        var worse = new ArrayList<String>();
        measures().forEach(m -> m.worseThan(ratchet).ifPresent(worse::add));
        assertThat(worse).as("measured against tidy-ratchet.properties").isEmpty();
    }

    private static List<Measure> measures() {
        var mainFiles =
                SOURCES.files().stream()
                        .filter(f -> !f.test())
                        .map(f -> f.lines().size())
                        .sorted()
                        .toList();
        var mainMethods =
                SOURCES.methods().stream()
                        .filter(m -> !m.test())
                        .map(Sources.Method::lines)
                        .sorted()
                        .toList();
        var top = SOURCES.types().stream().filter(t -> t.top() && !t.test()).toList();
        double hidden = 100.0 * top.stream().filter(t -> !t.open()).count() / top.size();
        double closed = 100.0 * top.stream().filter(Sources.Type::closed).count() / top.size();
        return List.of(
                new Measure("file.lines.median", quantile(mainFiles, 0.5), false),
                new Measure("file.lines.p90", quantile(mainFiles, 0.9), false),
                new Measure("method.lines.median", quantile(mainMethods, 0.5), false),
                new Measure("method.lines.p90", quantile(mainMethods, 0.9), false),
                new Measure("types.package-private.percent", hidden, true),
                new Measure("types.closed.percent", closed, true));
    }

    private static double quantile(List<Integer> sorted, double q) {
        return sorted.get((int) Math.min(sorted.size() - 1, Math.round(q * sorted.size())));
    }

    private record Measure(String name, double value, boolean moreIsBetter) {
        java.util.Optional<String> worseThan(Properties ratchet) {
            var line = ratchet.getProperty(name);
            if (line == null) {
                return java.util.Optional.of(name + " is not in the ratchet file");
            }
            double limit = Double.parseDouble(line.strip());
            boolean worse = moreIsBetter ? value < limit : value > limit;
            return worse
                    ? java.util.Optional.of(
                            "%s is %.1f, the ratchet says %.1f".formatted(name, value, limit))
                    : java.util.Optional.empty();
        }
    }
}
