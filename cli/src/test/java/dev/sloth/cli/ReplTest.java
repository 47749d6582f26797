package dev.sloth.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sloth.cli.config.Layers;
import dev.sloth.dsl.PlainLua;
import java.io.BufferedOutputStream;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReplTest {
    @TempDir private Path folder;
    private Repl repl;

    @BeforeEach
    void open() {
        repl = new Repl(this::state, Door.nowhere());
    }

    private PlainLua state() {
        return state(new Door(folder).caller());
    }

    private PlainLua state(Caller caller) {
        var flags = Map.of("script.execute_steps", "1000000");
        var config = Layers.read(folder.resolve("home"), Map.of(), flags).config();
        return Wiring.interactive(
                caller,
                config,
                Wiring.processes(caller, config),
                Wiring.stateAndEvents(caller, config));
    }

    @AfterEach
    void close() {
        repl.close();
    }

    @Test
    void an_expression_shows_its_values() {
        assertThat(repl.run("1 + 1, 'a\\n', nil")).containsExactly("2", "\"a\\n\"", "nil");
        assertThat(repl.run("= 5")).containsExactly("5");
        assertThat(repl.run("{1, 2, x = {y = true}, [7] = 0}"))
                .containsExactly("{ 1, 2, x = { y = true }, [7] = 0 }");
    }

    @Test
    void globals_stay_and_errors_do_not_end_it() {
        assertThat(repl.run("a = 20")).isEmpty();
        assertThat(repl.run("error('no')")).first().isEqualTo("stdin:1: no");
        assertThat(repl.run("x = = 1")).containsExactly("stdin:1: unexpected symbol near '='");
        assertThat(repl.run("a + 1")).containsExactly("21");
    }

    @Test
    void an_error_cannot_colour_the_screen() {
        assertThat(repl.run("error('\\27[31mred\\7\\r', 0)"))
                .first()
                .isEqualTo("\\027[31mred\\007\\r");
    }

    @Test
    void what_a_text_prints_is_there_before_the_next_is_typed() {
        var seen = new ByteArrayOutputStream();
        var door = new Door(folder);
        try (var out = new PrintStream(new BufferedOutputStream(seen), false, UTF_8);
                var typed = new Repl(() -> state(door.caller(out)), out)) {
            typed.run("print('one')");
            assertThat(seen.toString(UTF_8)).isEqualTo("one\n");
            typed.run("io.write('two\\n') log.info('three')");
            assertThat(seen.toString(UTF_8)).startsWith("one\ntwo\n").contains("three\n");
            typed.run("print('four') error('no')");
            assertThat(seen.toString(UTF_8)).endsWith("four\n");
        }
    }

    @Test
    void an_exit_does_not_end_the_prompt_from_wherever_it_is_called() {
        for (var text :
                new String[] {
                    "os.exit(1)",
                    "coroutine.wrap(os.exit)(1)",
                    "goroutine.spawn(os.exit, 1) goroutine.sleep(10000)"
                }) {
            assertThat(repl.run(text))
                    .as(text)
                    .containsExactly("os.exit does not end the prompt: Ctrl-D does");
            assertThat(repl.run("1 + 1")).as(text).containsExactly("2");
        }
    }

    @Test
    void a_table_in_itself_is_shown_as_far_as_it_helps() {
        repl.run("t = {} t.t = t");
        assertThat(repl.run("t")).singleElement().asString().contains("t = { t = { t = table: ");
    }

    @Test
    void a_text_that_ends_too_early_asks_for_more() {
        assertThat(Repl.incomplete("for i = 1, 2 do")).isTrue();
        assertThat(Repl.incomplete("f(")).isTrue();
        assertThat(Repl.incomplete("for i = 1, 2 do end")).isFalse();
        assertThat(Repl.incomplete("x = = 1")).isFalse();
        assertThat(Repl.incomplete("1 + 1")).isFalse();
        for (var begun : List.of("'a' ..", "1 +", "= 1 +", "{", "function(x)", "x =", "--[[ why")) {
            assertThat(Repl.incomplete(begun)).as(begun).isTrue();
        }
        for (var whole : List.of("x = 1", "return", "f()", "1 + )", "x y", "'a", "local x")) {
            assertThat(Repl.incomplete(whole)).as(whole).isFalse();
        }
    }

    @Test
    void what_is_wrong_is_told_of_what_was_meant() {
        assertThat(repl.run("'\\300'")).singleElement().asString().contains("escape");
        assertThat(repl.run("1 + )")).containsExactly("stdin:1: unexpected symbol near ')'");
        assertThat(repl.run("x y")).containsExactly("stdin:1: '=' expected near 'y'");
        assertThat(repl.run("x = 1 y")).containsExactly("stdin:1: '=' expected near '<eof>'");
    }

    @Test
    void names_complete_along_their_path() {
        assertThat(repl.completions("string.re")).containsExactly("string.rep", "string.reverse");
        repl.run("my = { inner = { one = 1, other = 2 } }");
        assertThat(repl.completions("my.inner.o"))
                .containsExactly("my.inner.one", "my.inner.other");
        assertThat(repl.completions("my:in")).containsExactly("my:inner");
        assertThat(repl.completions("tosub")).isEmpty();
        assertThat(repl.completions("nothing.at.all")).isEmpty();
    }

    @Test
    void modules_are_at_hand() {
        assertThat(repl.run("json.decode('[1, 2]')")).containsExactly("{ 1, 2 }");
        assertThat(repl.completions("json.dec")).contains("json.decode");
    }

    @Test
    void without_a_terminal_texts_come_from_the_standard_input() {
        var door = new Door(folder).typing("for i = 1, 2 do\nprint(i)\nend\n'x'\nerror('no')\n1 +");
        var answer = door.call("repl");
        assertThat(answer.out()).startsWith("1\n2\n\"x\"\nstdin:1: no\n");
        assertThat(answer.exit()).isZero();
    }

    @Test
    void after_a_chunk_was_stopped_a_new_state_begins() {
        repl.run("a = 1");
        assertThat(repl.run("while true do end"))
                .last()
                .isEqualTo("a new state begins: globals are as at the start");
        assertThat(repl.run("a")).containsExactly("nil");
    }
}
