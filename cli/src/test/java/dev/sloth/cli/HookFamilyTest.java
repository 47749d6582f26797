package dev.sloth.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(120)
class HookFamilyTest {
    @TempDir private Path folder;
    private Door door = new Door(Path.of(""));

    @BeforeEach
    void open() {
        door = new Door(folder);
        door.file(
                "tell.lua",
                """
                function on_event(e)
                  log.info("got " .. e.type .. " of " .. event.subject)
                  if event.data.fail then return false, "as asked" end
                  return true, "told"
                end
                """);
        door.file(
                "table.lua",
                """
                return {
                  name = "table", description = "what it is for",
                  event_types = { "task.failed", "workflow.failed" },
                  execute = function(e) return contains({ "a", "b" }, e.data.x) end,
                }
                """);
    }

    private Door.Answer hook(String... words) {
        var all = new ArrayList<>(List.of("hook"));
        all.addAll(List.of(words));
        return door.call(all.toArray(String[]::new));
    }

    private static void refused(Door.Answer answer, String code) {
        assertThat(answer.exit()).as("%s", answer).isEqualTo(Exit.WRONG);
        assertThat(answer.err()).startsWith("error " + code);
    }

    @Test
    void a_hook_is_added_listed_shown_switched_and_removed() {
        var add = hook("add", "tell", "--file", "tell.lua", "--type", "run.*", "--timeout", "5s");
        assertThat(add.exit()).as("%s", add).isZero();
        assertThat(add.out()).startsWith("added tell for run.*");
        assertThat(hook("list").out()).contains("tell", "yes", "run.*");
        assertThat(hook("show", "tell").out()).contains("tries     5, each of at most 5");
        assertThat(hook("disable", "tell").out()).isEqualTo("tell is switched off\n");
        assertThat(hook("show", "tell").out()).contains("tell, switched off");
        assertThat(hook("enable", "tell", "-o", "json").out()).contains("\"enabled\" : true");
        assertThat(hook("remove", "tell").out()).isEqualTo("removed tell\n");
        assertThat(hook("list").out()).isEqualTo("no hooks\n");
    }

    @Test
    void a_returned_table_says_itself_what_it_wants() {
        assertThat(hook("add", "t", "-f", "table.lua", "-o", "json").out())
                .contains("\"description\" : \"what it is for\"", "\"task.failed\"", "run.failed");
        assertThat(hook("test", "t", "--data", "{\"x\": \"a\"}").out()).isEqualTo("done\n");
        var no = hook("test", "t", "--data", "{\"x\": \"c\"}");
        assertThat(no.exit()).isEqualTo(Exit.FAILED);
        assertThat(no.out()).isEqualTo("failed: the function returned false\n");
    }

    @Test
    void a_hook_without_a_name_has_the_one_of_its_table_or_else_of_its_file() {
        assertThat(hook("add", "--file", "table.lua").out()).startsWith("added table for");
        door.file("other.lua", "return { name = 'named', execute = function() end }");
        assertThat(hook("add", "-f", "other.lua").out()).startsWith("added named for all");
        assertThat(hook("add", "-f", "tell.lua").out()).startsWith("added tell for all");
        assertThat(hook("list", "-o", "json").out()).contains("\"named\"", "\"tell\"");
        refused(hook("add", "", "-f", "tell.lua"), "SLOTH-4301: a hook's name");
        door.file("wrong.lua", "return { name = 'a b', execute = function() end }");
        refused(hook("add", "-f", "wrong.lua"), "SLOTH-4301: a hook's name");
    }

    @Test
    void what_a_file_says_of_itself_is_text() {
        door.file("five.lua", "return { event_types = { 5 }, execute = function() end }");
        var five = hook("add", "x", "-f", "five.lua");
        refused(five, "SLOTH-1018: event_types is a word or a list of words, not a number");
        assertThat(five.err()).doesNotContain("Num[");
        door.file("name.lua", "return { name = {}, execute = function() end }");
        refused(hook("add", "x", "-f", "name.lua"), "SLOTH-1018: name is text, not a table");
        door.file("one.lua", "return { event_types = 'a.b', execute = function() end }");
        assertThat(hook("add", "-f", "one.lua").out()).startsWith("added one for a.b");
    }

    @Test
    void a_test_with_an_event_that_is_not_there_says_where_events_are() {
        hook("add", "tell", "--file", "tell.lua");
        assertThat(hook("test", "tell", "--event", "e9").err())
                .contains("SLOTH-4307", "`sloth-runner events list`");
        assertThat(hook("test", "tell", "--type", "a b").err())
                .contains("SLOTH-4301", "`sloth-runner events list`");
    }

    @Test
    void a_test_calls_the_hook_here_and_now() {
        hook("add", "tell", "--file", "tell.lua", "--when", "event.type ~= 'quiet'");
        var told = hook("test", "tell", "--type", "a.b", "--subject", "web");
        assertThat(told.exit()).isZero();
        assertThat(told.out()).isEqualTo("INFO got a.b of web\ndone: told\n");
        assertThat(hook("test", "tell", "--type", "quiet").out())
                .isEqualTo("unwanted: its condition does not hold\n");
        var failed = hook("test", "tell", "--data", "{\"fail\": true}", "-o", "json");
        assertThat(failed.exit()).isEqualTo(Exit.FAILED);
        assertThat(failed.out()).contains("\"result\" : \"failed\"", "\"message\" : \"as asked\"");
        door.call("events", "dispatch", "real", "{\"fail\": true}");
        assertThat(hook("test", "tell", "--event", "e1").out()).contains("got real of real");
        assertThat(hook("history", "tell").out()).isEqualTo("no deliveries\n");
    }

    @Test
    void a_hook_that_loops_ends_when_its_time_is_up() {
        door.file("loop.lua", "function on_event() while true do end end");
        hook("add", "loop", "--file", "loop.lua", "--timeout", "200ms");
        var answer = hook("test", "loop");
        assertThat(answer.exit()).isEqualTo(Exit.FAILED);
        assertThat(answer.out()).contains("failed: it took longer than 200ms");
    }

    @Test
    void what_a_hook_tells_has_a_cause_and_a_chain_of_them_an_end() {
        door.file("chain.lua", "function on_event() return event.dispatch('again', {}) end");
        hook("add", "chain", "--file", "chain.lua");
        assertThat(hook("test", "chain").out()).startsWith("done");
        assertThat(door.call("events", "show", "e1").out())
                .contains("because  a test of the hook chain", "source   hook-test/chain/1");
    }

    @Test
    void commands_of_a_hook_are_told_what_led_to_them() {
        door.file(
                "exec.lua",
                "function on_event() log.info(exec.run('echo $SLOTH_EVENT_CAUSES').stdout) end");
        hook("add", "exec", "--file", "exec.lua");
        assertThat(hook("test", "exec").out()).contains("a test of the hook exec");
    }

    @Test
    void commands_of_a_hook_find_the_home_that_is_in_use_wherever_they_work() {
        door.file(
                "where.lua",
                "function on_event() log.info(exec.run('cd / && echo $SLOTH_HOME').stdout) end");
        door.with("SLOTH_HOME", "home");
        hook("add", "where", "--file", "where.lua");
        assertThat(hook("test", "where").out()).contains(folder.resolve("home").toString());
    }

    @Test
    void a_field_that_no_hook_has_is_refused_with_the_one_that_was_meant() {
        door.file(
                "typo.lua",
                "return { event_type = 'x', secrets = { 'a' }, execute = function() end }");
        var typo = hook("add", "--file", "typo.lua");
        refused(typo, "SLOTH-1024");
        assertThat(typo.err())
                .contains("a field 'event_type'", "did you mean 'event_types'?")
                .contains("a field 'secrets'", "name, description, event_types, execute");
        door.file("exec.lua", "return { exceute = function() end }");
        assertThat(hook("add", "--file", "exec.lua").err()).contains("did you mean 'execute'?");
        door.file("list.lua", "return { 'x', execute = function() end }");
        assertThat(hook("add", "--file", "list.lua").err()).contains("a field '1'");
        assertThat(hook("list").out()).isEqualTo("no hooks\n");
    }

    @Test
    void what_is_wrong_with_a_hook_is_told_before_it_is_kept() {
        refused(hook("add", "x"), "SLOTH-9001: say which file reacts");
        refused(hook("add", "x", "--file", "none.lua"), "SLOTH-1006");
        door.file("bad.lua", "function on_event( return end");
        refused(hook("add", "x", "--file", "bad.lua"), "SLOTH-1001");
        door.file("empty.lua", "local x = 1");
        refused(hook("add", "x", "--file", "empty.lua"), "SLOTH-1030");
        door.file("raises.lua", "error('at once')");
        refused(hook("add", "x", "--file", "raises.lua"), "SLOTH-1002");
        refused(hook("add", "x", "--file", "tell.lua", "--when", "((("), "SLOTH-1001");
        refused(hook("add", "a/b", "--file", "tell.lua"), "SLOTH-4301: a hook's name");
        refused(hook("add", "x", "--file", "tell.lua", "--type", "a b"), "SLOTH-4301");
        var never = hook("add", "x", "--file", "tell.lua", "--attempts", "0");
        refused(never, "SLOTH-4301: a delivery is tried 1 to 100 times, not 0");
        assertThat(never.err()).contains("hook add --help").doesNotContain("events list");
        refused(hook("add", "x", "--file", "tell.lua", "--attempts", "many"), "SLOTH-9001");
        refused(hook("add", "x", "--file", "tell.lua", "--timeout", "2h"), "SLOTH-4301");
        assertThat(hook("list").out()).isEqualTo("no hooks\n");
        hook("add", "x", "--file", "tell.lua");
        refused(hook("add", "x", "--file", "table.lua"), "SLOTH-4306");
        assertThat(hook("add", "x", "--file", "table.lua", "--replace").exit()).isZero();
        refused(hook("show", "none"), "SLOTH-4305");
        refused(hook("remove", "none"), "SLOTH-4305");
        refused(hook("enable", "none"), "SLOTH-4305");
        refused(hook("test", "x", "--event", "e9"), "SLOTH-4307");
        refused(hook("test", "x", "--data", "1"), "SLOTH-9001");
        refused(hook("retry", "7"), "SLOTH-4308");
        refused(hook("drop", "x"), "SLOTH-4308");
        assertThat(hook("drop", "x", "8", "x").err()).contains("'x'", "'8'");
        assertThat(hook("dead").out()).isEqualTo("no deliveries\n");
    }

    @Test
    void a_condition_that_is_none_is_told_when_the_hook_is_called() {
        hook("add", "x", "--file", "tell.lua", "--when", "event.data.a.b == 1");
        assertThat(hook("test", "x").out()).contains("failed:", "the condition of the hook");
    }
}
