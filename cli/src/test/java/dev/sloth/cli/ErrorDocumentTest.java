package dev.sloth.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

/// Who asks for a document gets one, also when something is wrong.
class ErrorDocumentTest {
    @TempDir private Path folder;
    private Door door = new Door(Path.of(""));

    @BeforeEach
    void open() {
        door = new Door(folder);
    }

    /// The words of each command that can be asked for a document, with as many more as it needs.
    private static List<List<String>> calls() {
        var calls = new ArrayList<List<String>>();
        Commands.all().values().forEach(maker -> collect(maker.get(), List.of(), calls));
        return calls;
    }

    private static void collect(Command command, List<String> above, List<List<String>> calls) {
        var spec = command.spec();
        var words = new ArrayList<>(above);
        words.add(spec.name());
        command.children().forEach(child -> collect(child, words, calls));
        if (spec.option("-o").isPresent()) {
            for (int i = 0; i < Math.max(1, spec.positionals().min()); i++) {
                // Behind the first word of some commands, nothing is an option of theirs.
                if (spec.positionals().max() > 0 && !spec.stopsAtPositional()) {
                    words.add("nosuch");
                }
            }
            if (spec.option("--timeout").isPresent()) {
                words.addAll(List.of("--timeout", "0"));
            }
            calls.add(words);
        }
    }

    private static final List<String> MASTER = List.of("master");

    @Test
    void words_that_are_no_command_are_answered_with_a_document_too() {
        for (var words :
                List.of(List.of("bogus"), List.of("state", "bogus"), List.of("agent", "token"))) {
            told(words, call(words, "-o", "json"));
            told(words, call(words, "--wrong", "-o", "yaml"));
            assertThat(call(words).out()).isEmpty();
        }
    }

    /// They ask for nothing, and stay.
    private static final Set<List<String>> STAYING = Set.of(MASTER, List.of("serve"));

    private Door.Answer call(List<String> words, String... more) {
        var all = new ArrayList<>(words);
        all.addAll(List.of(more));
        return door.call(all.toArray(String[]::new));
    }

    /// JSON is YAML as well, and two documents behind one another would be neither.
    private static Object document(Door.Answer answer) {
        assertThat(answer.out()).as("%s", answer).isNotEmpty();
        return new Load(LoadSettings.builder().build()).loadFromString(answer.out());
    }

    private static void told(List<String> words, Door.Answer answer) {
        assertThat(document(answer))
                .asInstanceOf(org.assertj.core.api.InstanceOfAssertFactories.MAP)
                .as("%s: %s", words, answer)
                .containsEntry("status", "invalid");
        var problems = ((Map<?, ?>) document(answer)).get("problems");
        if (!(problems instanceof List<?> list) || list.isEmpty()) {
            throw new AssertionError("no problems are told by " + words + ": " + answer);
        }
        for (var problem : list) {
            var code = String.valueOf(((Map<?, ?>) problem).get("code"));
            assertThat(answer.err()).as("%s: %s", words, answer).contains("error " + code);
        }
    }

    @Test
    void every_command_that_gives_documents_gives_one_of_wrong_options() {
        assertThat(calls()).hasSizeGreaterThan(10);
        for (var words : calls()) {
            for (var format : List.of("json", "yaml")) {
                if (format.equals("json") || !words.contains("logs")) {
                    var answer = call(words, "-o", format, "--zork");
                    assertThat(answer.exit()).isEqualTo(Exit.WRONG);
                    told(words, answer);
                }
            }
        }
    }

    /// `validate` and `modules` have not failed to answer when they say that something is wrong.
    @Test
    void every_command_that_gives_documents_gives_one_when_what_it_is_asked_for_is_not_there() {
        int wrong = 0;
        for (var words : calls()) {
            if (STAYING.contains(words)) {
                continue;
            }
            var answer = call(words, "-o", "json");
            assertThat(answer.exit()).as("%s: %s", words, answer).isNotEqualTo(Exit.FAULT);
            if (words.contains("watch") || words.contains("follow")) {
                // Nothing has changed, and that is no document.
                assertThat(answer).isEqualTo(new Door.Answer(Exit.OK, "", ""));
                continue;
            }
            document(answer);
            if (answer.exit() != Exit.OK && !words.contains("validate")) {
                told(words, answer);
                wrong++;
            }
        }
        assertThat(wrong).isGreaterThan(10);
    }

    @Test
    void every_command_that_gives_documents_gives_one_when_the_store_cannot_be_read() {
        door.file("home/store.db", "this is not a database, and nobody should make one of it")
                .file("nosuch", "workflow.define('w'):tasks({ task('a'):command('true') })");
        int damaged = 0;
        for (var words : calls()) {
            if (words.equals(MASTER)) {
                // It has a store of its own, and stays.
                continue;
            }
            var answer = call(words, "-o", "json");
            document(answer);
            if (answer.exit() == Exit.STORE) {
                told(words, answer);
                damaged++;
            }
        }
        assertThat(damaged).isGreaterThan(10);
    }

    @Test
    void every_command_that_gives_documents_gives_one_when_the_settings_are_wrong() {
        door.file("home/config.yaml", "run: {max_parallel: zero}\n");
        int wrong = 0;
        for (var words : calls()) {
            var answer = call(words, "-o", "json");
            document(answer);
            if (answer.err().contains("SLOTH-9011")) {
                told(words, answer);
                wrong++;
            }
        }
        assertThat(wrong).isGreaterThan(3);
    }

    @Test
    void the_error_behind_lines_is_a_line() {
        assertThat(door.call("state", "watch", "[", "-o", "json").lines()).hasSize(1);
        for (var command : List.of("logs", "events")) {
            var answer = door.call("runs", command, "nosuch", "-o", "json");
            assertThat(answer.lines()).hasSize(1);
            told(List.of(command), answer);
        }
        assertThat(door.call("runs", "events", "nosuch", "-o", "yaml").out()).startsWith("---\n");
    }

    @Test
    void people_are_told_in_one_place_only() {
        assertThat(door.call("runs", "show", "nosuch").out()).isEmpty();
        assertThat(door.call("plan", "nosuch.sloth", "-o", "dot").out()).isEmpty();
        assertThat(door.call("runs", "show", "nosuch", "-o", "jsn").out()).isEmpty();
    }
}
