package dev.sloth.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// Hooks that scripts look after.
@Timeout(120)
class HookModuleTest {
    @TempDir private Path folder;
    private Door door = new Door(Path.of(""));

    @BeforeEach
    void open() {
        door = new Door(folder);
        door.file("tell.lua", "function on_event(e) return true, 'told' end");
        door.file("other.lua", "function on_event(e) return true, 'other' end");
        door.file(
                "table.lua",
                """
                return {
                  description = "what it is for", event_types = { "task.failed", "workflow.failed" },
                  execute = function(e) return true end,
                }
                """);
    }

    private void holds(String lua, String... more) {
        door.file(
                "t.sloth",
                """
                local function fails(text, call, ...)
                  local ok, err = pcall(call, ...)
                  assert(not ok, "it does not fail")
                  assert(tostring(err):find(text, 1, true), tostring(err))
                end
                local t = task("t"):command(function()
                %s
                return true
                end)
                workflow.define("w"):tasks({ t })
                """
                        .formatted(lua));
        var words = new ArrayList<>(List.of("run", "t.sloth"));
        words.addAll(List.of(more));
        var run = door.call(words.toArray(String[]::new));
        assertThat(run.exit()).as("%s", run).isZero();
    }

    @Test
    void a_script_adds_a_hook_and_adding_it_again_changes_nothing() {
        holds(
                """
                local wanted = { name = "page", file = "tell.lua", types = { "run.failed", "task.*" },
                  when = 'event.subject ~= "x"', description = "pages", timeout = "5s", attempts = 2 }
                local first, message = hook.add(wanted)
                assert(first.changed and message == "added the hook page", message)
                assert(first.name == "page" and first.enabled and #first.types == 2)
                assert(first.file:find("/tell.lua$"))
                assert(hook.add(wanted).changed == false)
                local page = hook.show("page")
                assert(page.when == 'event.subject ~= "x"' and page.timeout == 5)
                assert(page.attempts == 2 and page.description == "pages" and page.pending == 0)
                assert(hook.get("page").name == "page" and hook.get("none") == nil)
                assert(#hook.list() == 1 and #hook.history("page") == 0)
                """);
        assertThat(door.call("hook", "show", "page").out()).contains("pages", "task.*");
    }

    @Test
    void another_hook_of_the_name_is_replaced_and_stays_switched_as_it_was() {
        holds(
                """
                hook.add{ name = "page", file = "tell.lua", types = "run.failed" }
                assert(hook.disable("page").changed and not hook.disable("page").changed)
                local after, message = hook.add{ name = "page", file = "other.lua", types = "run.failed" }
                assert(after.changed and message == "replaced the hook page", message)
                assert(after.enabled == false and after.file:find("/other.lua$"))
                assert(hook.enable("page").changed and not hook.enable("page").changed)
                assert(hook.add{ name = "page", file = "other.lua", types = "run.failed",
                  enabled = false }.changed)
                assert(hook.show("page").enabled == false)
                fails("there is a hook 'page' already", hook.add,
                  { name = "page", file = "tell.lua", replace = false })
                assert(hook.remove("page").changed and not hook.remove("page").changed)
                fails("there is no hook 'page'", hook.enable, "page")
                fails("there is no hook 'page'", hook.history, "page")
                """);
    }

    @Test
    void on_is_the_short_form_and_names_the_hook_after_its_file() {
        holds(
                """
                local on = hook.on("task.failed", "tell.lua")
                assert(on.changed and on.name == "tell" and on.types[1] == "task.failed")
                assert(not hook.on({ "task.failed" }, "tell.lua").changed)
                assert(hook.on("task.*", "tell.lua", { name = "all", attempts = 1 }).name == "all")
                assert(hook.add{ name = "t", file = "table.lua" }.types[2] == "run.failed")
                assert(hook.show("t").description == "what it is for")
                """);
    }

    @Test
    void what_is_wrong_with_a_hook_is_an_error_that_says_so() {
        door.file("bad.lua", "function on_event( return end");
        door.file("empty.lua", "local x = 1");
        holds(
                """
                fails("a hook outlives the script", hook.on, "a", function() end)
                fails("a hook outlives the script", hook.add, { name = "x", file = function() end })
                fails("none.lua", hook.on, "a", "none.lua")
                fails("bad.lua", hook.on, "a", "bad.lua")
                fails("nothing in the file that reacts", hook.on, "a", "empty.lua")
                fails("no type of event", hook.on, "a b", "tell.lua")
                fails("types is a word or a list of words", hook.on, { 1 }, "tell.lua")
                fails("the condition of the hook", hook.on, "a", "tell.lua", { when = "(((" })
                fails("tried 1 to 100 times", hook.on, "a", "tell.lua", { attempts = 0 })
                fails("attempts is a whole number", hook.on, "a", "tell.lua", { attempts = 1.5 })
                fails("from 1ms to 1h", hook.on, "a", "tell.lua", { timeout = "2h" })
                fails("options are name", hook.on, "a", "tell.lua", { wen = "x" })
                fails("enabled is true or false", hook.on, "a", "tell.lua", { enabled = "no" })
                fails("a hook's name", hook.on, "a", "tell.lua", { name = "a/b" })
                fails("give one of them", hook.add,
                  { name = "x", file = "tell.lua", types = "a", event_types = "a" })
                fails("limit is from 1", hook.history, "x", 0)
                assert(#hook.list() == 0)
                """);
    }

    @Test
    void a_script_that_is_read_for_its_definitions_adds_no_hook() {
        door.file("d.sloth", "hook.on('a', 'tell.lua')");
        var run = door.call("run", "d.sloth");
        assertThat(run.exit()).isNotZero();
        assertThat(run.err()).contains("do it in a task");
        assertThat(door.call("hook", "list").out()).isEqualTo("no hooks\n");
    }

    @Test
    void a_run_in_memory_adds_hooks_where_its_events_go() {
        holds("assert(hook.on('a', 'tell.lua').changed)", "--in-memory");
        assertThat(door.call("hook", "list").out()).contains("tell");
    }

    @Test
    void a_hook_may_look_after_hooks() {
        door.file("adds.lua", "function on_event() return hook.on('b', 'tell.lua').changed end");
        door.call("hook", "add", "adds", "--file", "adds.lua");
        var test = door.call("hook", "test", "adds");
        assertThat(test.exit()).as("%s", test).isZero();
        assertThat(door.call("hook", "list").out()).contains("tell");
    }

    @Test
    void the_command_replaces_in_one_step_and_keeps_what_the_hook_is_owed() {
        door.call("hook", "add", "x", "--file", "tell.lua", "--type", "a");
        assertThat(door.call("hook", "add", "x", "--file", "tell.lua", "--type", "a").out())
                .isEqualTo("there is x for a already, just so\n");
        door.call("hook", "disable", "x");
        var answer = door.call("hook", "add", "x", "-f", "other.lua", "--replace", "-o", "json");
        assertThat(answer.out()).contains("\"changed\" : true", "\"enabled\" : false", "other.lua");
    }
}
