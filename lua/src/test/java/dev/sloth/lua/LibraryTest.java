package dev.sloth.lua;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.lang.reflect.Method;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// The library, function by function, with normal, edge and error cases. `library/` has a file for
/// each library, in which
///
/// - `== name` begins the section of a function or a constant; a method of files is `file:name`;
/// - `-- normal`, `-- edge` and `-- error` say what the lines below are;
/// - a line is a snippet, which Debian's `lua5.1` and this engine answer the same;
/// - a line with `--> answer` has this answer here, and another in `lua5.1`, for the reason that
///   the line with a number sign above it gives;
/// - a line with `@` names the test of what no snippet can show.
class LibraryTest {
    private static final List<String> LIBRARIES =
            List.of(
                    "base",
                    "coroutine",
                    "debug",
                    "io",
                    "math",
                    "os",
                    "package",
                    "string",
                    "table",
                    "utf8");

    /// Every name of the library that a state has.
    private static final String NAMES =
            """
            local all = {}
            local function add(name) all[#all + 1] = name end
            for name, value in pairs(_G) do
                if type(value) ~= 'table' or name == '_G' then add(name) end
            end
            for _, name in ipairs { 'coroutine', 'debug', 'io', 'math', 'os', 'package', 'string',
                                    'table', 'utf8' } do
                for key in pairs(_G[name] or {}) do add(name .. '.' .. key) end
            end
            for key, value in pairs(getmetatable(io.stdout)) do
                if type(value) == 'function' then add('file:' .. key) end
            end
            return table.concat(all, ' ')
            """;

    /// Begins the answer that is given here alone.
    private static final String OWN = " -->";

    @TempDir Path folder;

    private enum Kind {
        NORMAL,
        EDGE,
        ERROR
    }

    /// A line of a section.
    private record Case(String section, Kind kind, String line) {
        boolean isElsewhere() {
            return line.startsWith("@ ");
        }

        /// What is answered here alone; absent where the answer is that of `lua5.1`.
        Optional<String> own() {
            int at = line.lastIndexOf(OWN);
            return at < 0
                    ? Optional.empty()
                    : Optional.of(line.substring(at + OWN.length()).strip());
        }
    }

    private static List<String> libraries() {
        return LIBRARIES;
    }

    private static List<Case> cases(String library) throws IOException {
        List<Case> cases = new ArrayList<>();
        String section = "";
        Kind kind = Kind.NORMAL;
        for (String line : Answerer.lines("library/" + library + ".txt")) {
            if (line.startsWith("== ")) {
                section = line.substring(3);
            } else if (line.startsWith("-- ")) {
                kind = Kind.valueOf(line.substring(3).toUpperCase(Locale.ROOT));
            } else if (!line.startsWith("# ")) {
                cases.add(new Case(section, kind, line));
            }
        }
        return cases;
    }

    private static List<Case> all() throws IOException {
        List<Case> all = new ArrayList<>();
        for (String library : LIBRARIES) {
            all.addAll(cases(library));
        }
        return all;
    }

    @ParameterizedTest
    @MethodSource("libraries")
    void each_function_answers_as_that_of_lua_5_1(String library) throws Exception {
        List<Case> cases = cases(library).stream().filter(each -> !each.isElsewhere()).toList();
        List<String> snippets = cases.stream().map(Case::line).toList();
        var answerer = new Answerer(folder);
        List<String> theirs = answerer.theirs(snippets);
        List<String> ours = answerer.ours(snippets);
        assertThat(theirs).as("answers of lua5.1").hasSameSizeAs(snippets);
        List<String> wrong = new ArrayList<>();
        for (int i = 0; i < cases.size(); i++) {
            Optional<String> own = cases.get(i).own();
            String expected = own.orElse(theirs.get(i));
            if (!ours.get(i).equals(expected)) {
                wrong.add(
                        "%s%n  not: %s%n  but: %s".formatted(cases.get(i), expected, ours.get(i)));
            }
            if (own.equals(Optional.of(theirs.get(i)))) {
                wrong.add(cases.get(i) + " is no difference");
            }
        }
        assertThat(wrong).isEmpty();
    }

    @Test
    void each_function_has_normal_edge_and_error_cases() throws IOException {
        List<Case> all = all();
        Set<String> missing = new TreeSet<>();
        for (String name : ours()) {
            for (Kind kind : Kind.values()) {
                if (all.stream().noneMatch(c -> c.section().equals(name) && c.kind() == kind)) {
                    missing.add(name + " has no case: " + kind);
                }
            }
        }
        assertThat(missing).isEmpty();
        assertThat(all.stream().map(Case::section).filter(each -> !each.equals("package")))
                .as("sections of what there is")
                .isSubsetOf(ours());
    }

    @Test
    void what_lua_5_1_has_is_here_or_is_left_out_on_purpose() throws IOException {
        Set<String> lacking = names(new Answerer(folder).theirs(oneLine()).getFirst());
        lacking.removeAll(ours());
        assertThat(lacking).containsExactlyElementsOf(Answerer.lines("library/left-out.txt"));
    }

    @Test
    void cases_that_no_snippet_can_show_are_tests() throws Exception {
        List<Case> elsewhere = all().stream().filter(Case::isElsewhere).toList();
        assertThat(elsewhere).isNotEmpty();
        for (Case each : elsewhere) {
            String[] test = each.line().substring(2).split("#", 2);
            assertThat(Stream.of(Class.forName(test[0]).getDeclaredMethods()).map(Method::getName))
                    .contains(test[1]);
        }
    }

    private static List<String> oneLine() {
        return List.of(NAMES.replace("\n", "<br>"));
    }

    private Set<String> ours() throws IOException {
        return names(new Answerer(folder).ours(oneLine()).getFirst());
    }

    /// Without what the snippets themselves are run with.
    private static Set<String> names(String answer) {
        Set<String> names = new TreeSet<>(Arrays.asList(answer.replace("\"", "").split(" ")));
        names.remove("arg");
        return names;
    }
}
