package dev.sloth.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LuaCommandTest {
    @TempDir private Path folder;
    private Door door;

    @BeforeEach
    void open() {
        door = new Door(folder);
    }

    @Test
    void arguments_reach_the_script_also_those_with_dashes() {
        door.file("a.lua", "print(arg[0], #arg, ...)");
        var answer = door.call("lua", "a.lua", "x", "--var", "-v");
        assertThat(answer.out()).isEqualTo("a.lua\t3\tx\t--var\t-v\n");
        assertThat(answer.exit()).isZero();
    }

    @Test
    void a_script_from_standard_input_is_given_a_word_for_help_too() {
        door.typing("print(...)");
        assertThat(door.call("lua", "-", "--x", "-h").out()).isEqualTo("--x\t-h\n");
        assertThat(door.call("lua", "-h").out()).contains("Usage");
    }

    @Test
    void a_grant_may_stand_behind_the_script_and_two_dashes_give_it_to_the_script() {
        door.file("a.lua", "print(io ~= nil, os.exit ~= nil, ...)");
        assertThat(door.call("lua", "a.lua", "x", "--grant", "io,os.exit", "y").out())
                .isEqualTo("true\ttrue\tx\ty\n");
        assertThat(door.call("lua", "a.lua", "--grant=io").out()).isEqualTo("true\tfalse\n");
        assertThat(door.call("lua", "a.lua", "x", "--", "--grant", "io", "--").out())
                .isEqualTo("false\tfalse\tx\t--grant\tio\t--\n");
        assertThat(door.call("lua", "a.lua", "--grant").err()).contains("--grant needs a value");
    }

    @Test
    void a_file_without_end_is_no_script_and_takes_no_more_than_the_script_may() {
        door.typing("print(pcall(loadfile, '/dev/zero')) print(pcall(dofile, '/dev/zero'))");
        assertThat(door.call("lua", "--grant", "loadfile,dofile", "-").lines())
                .hasSize(2)
                .allMatch(line -> line.matches("false\t.*(not enough memory|length overflow)"));
    }

    @Test
    void nothing_is_granted_unless_said() {
        door.typing("print(io, os.exit, os.getenv, exec, fs)");
        assertThat(door.call("lua", "-").out()).isEqualTo("nil\tnil\tnil\tnil\tnil\n");
    }

    @Test
    void the_clock_is_the_processor_time_of_the_process() {
        door.typing(
                """
                local before = os.clock()
                local x = 0
                while os.clock() < before + 0.05 do x = x + 1 end
                print(x > 0, before > 0)
                """);
        assertThat(door.call("lua", "-").out()).isEqualTo("true\ttrue\n");
    }

    @Test
    void files_of_lua_are_read_when_granted() {
        door.file("b.lua", "return 42");
        var asks = "print(loadfile('b.lua')(), dofile('b.lua'))";
        var granted = door.typing(asks).call("lua", "--grant", "loadfile,dofile", "-");
        assertThat(granted.out()).isEqualTo("42\t42\n");
        assertThat(door.typing(asks).call("lua", "--grant", "loadfile", "-").err())
                .contains("global 'dofile'");
    }

    @Test
    void processes_run_when_granted() {
        door.typing("print(os.execute('exit 3')) print(io.popen('echo hi'):read('*a'))");
        assertThat(door.call("lua", "--grant", "io,os", "-").out()).contains("hi\n");
    }

    @Test
    void an_exit_code_comes_through_when_it_may() {
        assertThat(door.typing("os.exit(7)").call("lua", "--grant", "os.exit", "-").exit())
                .isEqualTo(7);
    }

    @Test
    void an_exit_within_a_coroutine_ends_the_script_too() {
        var text = "coroutine.wrap(function() pcall(os.exit, 7) end)() print('not this')";
        var answer = door.typing(text).call("lua", "--grant", "os.exit", "-");
        assertThat(answer.exit()).isEqualTo(7);
        assertThat(answer.out()).isEmpty();
    }

    @Test
    void an_error_is_told_as_lua_does() {
        door.file("a.lua", "local function f() error('bad') end\nf()\n");
        var answer = door.call("lua", "a.lua");
        assertThat(answer.exit()).isEqualTo(1);
        assertThat(answer.err())
                .isEqualTo(
                        """
                        lua: a.lua:1: bad
                        stack traceback:
                        \t[C]: in function 'error'
                        \ta.lua:1: in function 'f'
                        \ta.lua:2: in main chunk
                        """);
    }

    @Test
    void an_error_cannot_move_the_cursor_or_ring_the_bell() {
        door.file("a.lua", "error('a\\27[2Jb\\7c\\rd\\ne\\tf', 0)");
        assertThat(door.call("lua", "a.lua").err())
                .startsWith("lua: a\\027[2Jb\\007c\\rd\ne\tf\nstack traceback:");
        door.file("b.lua", "x = 'a\u001b[2Jb\n");
        assertThat(door.call("lua", "b.lua").err()).contains("\\027").doesNotContain("\u001b");
    }

    @Test
    void all_syntax_errors_are_told_with_their_lines() {
        door.file("a.lua", "local x = = 1\nlocal y = 2\nfor do\n");
        var answer = door.call("lua", "a.lua");
        assertThat(answer.exit()).isEqualTo(2);
        assertThat(answer.err())
                .contains("a.lua:1:11", "  1 | local x = = 1", "    |           ^", "a.lua:3:5");
    }

    @Test
    void a_file_that_is_not_there_or_a_folder_is_told() {
        assertThat(door.call("lua", "gone.lua").err()).contains("there is no such file");
        assertThat(door.call("lua", ".").err()).contains("it is a folder");
    }

    @Test
    void an_unknown_grant_is_refused() {
        assertThat(door.call("lua", "--grant", "io,oss", "x.lua").err())
                .contains("--grant 'oss'", "did you mean 'os'?");
        var answer = door.call("lua", "--grant", "foo,io.zork,os.exti,debug.traceback", "x.lua");
        assertThat(answer.exit()).isEqualTo(2);
        assertThat(answer.err())
                .contains("--grant 'foo'", "grant io, os or debug", "--grant 'io.zork'")
                .contains("--grant 'os.exti'", "did you mean 'os.exit'?")
                .doesNotContain("'debug.traceback'");
    }

    @Test
    void a_script_that_runs_too_long_is_ended() {
        var answer =
                door.typing("while true do end")
                        .call("lua", "--script-execute-steps", "100000", "-");
        assertThat(answer.exit()).isEqualTo(1);
        assertThat(answer.err()).startsWith("lua: ").contains("steps");
    }
}
