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
class EventsFamilyTest {
    @TempDir private Path folder;
    private Door door = new Door(Path.of(""));

    @BeforeEach
    void open() {
        door = new Door(folder);
    }

    private Door.Answer events(String... words) {
        var all = new ArrayList<>(List.of("events"));
        all.addAll(List.of(words));
        return door.call(all.toArray(String[]::new));
    }

    private static void refused(Door.Answer answer, String code) {
        assertThat(answer.exit()).as("%s", answer).isEqualTo(Exit.WRONG);
        assertThat(answer.err()).startsWith("error " + code);
    }

    @Test
    void what_was_told_is_listed_and_shown() {
        assertThat(events("dispatch", "deploy.finished", "{\"n\": 1}", "--subject", "web").out())
                .isEqualTo("told as event e1\n");
        assertThat(events("list").out()).contains("deploy.finished", "web", "cli");
        assertThat(events("show", "e1").out())
                .contains("type     deploy.finished", "subject  web", "data     {\"n\":1}");
        assertThat(events("show", "e1", "-o", "json").out())
                .contains("\"type\" : \"deploy.finished\"", "\"n\" : 1");
        assertThat(events("list", "--type", "other").out()).isEqualTo("no events\n");
        assertThat(events("list", "--subject", "db").out()).isEqualTo("no events\n");
        assertThat(events("list", "--since", "1h", "-o", "json").out()).contains("\"id\" : \"e1\"");
        assertThat(events("list", "--namespace", "other").out()).isEqualTo("no events\n");
    }

    @Test
    void what_happens_in_runs_and_to_state_is_listed_too() {
        door.file(
                "w.sloth",
                """
                local ok = task("good"):command(function() state.set("k", 1) return true end)
                local bad = task("bad"):command(function() return false, "it broke" end)
                workflow.define("w"):tasks({ ok, bad })
                """);
        assertThat(door.call("run", "w.sloth").exit()).isEqualTo(Exit.FAILED);

        var types = events("list", "--limit", "100", "-o", "json").out();
        assertThat(types)
                .contains("run.started", "task.started", "task.completed", "task.failed")
                .contains("run.failed", "state.created", "it broke");
        assertThat(events("list", "--type", "workflow.failed").lines()).hasSize(2);
        var id = events("list", "--type", "task.failed").lines().get(1).replaceAll(" .*", "");
        assertThat(events("show", id).out()).contains("task.failed", "\"task\":\"bad\"");
    }

    @Test
    void scripts_tell_what_happened_and_get_the_id() {
        door.file(
                "w.sloth",
                """
                local t = task("t"):command(function()
                  local ok, id = event.dispatch("deploy.finished", { n = 1 }, "web")
                  assert(ok == true and id:match("^e%d+$"), id)
                  assert(event.dispatch_custom("backup", "done"))
                  assert(event.dispatch_file("created", "/tmp/x"))
                  local no, why = event.dispatch("no type", {})
                  assert(no == false and why:match("no type of event"), why)
                  local large, much = event.dispatch("large", { x = ("y"):rep(300 * 1024) })
                  assert(large == false and much:match("takes"), much)
                  assert(not pcall(event.dispatch_file, "eaten", "/tmp/x"))
                  return true
                end)
                workflow.define("w"):tasks({ t })
                """);
        var run = door.call("run", "w.sloth");
        assertThat(run.exit()).as("%s", run).isZero();

        assertThat(events("list", "--type", "deploy.*", "-o", "json").out())
                .contains("\"subject\" : \"web\"", "/t/1 on local");
        assertThat(events("list", "--type", "custom", "-o", "json").out())
                .contains("\"message\" : \"done\"");
        assertThat(events("list", "--type", "file.created").lines()).hasSize(2);
        assertThat(events("list", "--type", "large").out()).isEqualTo("no events\n");
    }

    @Test
    void what_a_command_of_a_hook_tells_has_its_causes() {
        door.with("SLOTH_EVENT_CAUSES", "first\nsecond");
        events("dispatch", "a");
        assertThat(events("show", "e1").out()).contains("because  first", "because  second");
        door.with("SLOTH_EVENT_CAUSES", "c\n".repeat(9));
        refused(events("dispatch", "a"), "SLOTH-4303");
    }

    @Test
    void what_a_command_of_a_hook_brings_into_the_state_has_its_causes() {
        door.call("state", "set", "k", "1");
        door.file("state.json", door.call("state", "export").out());
        door.call("state", "set", "k", "2");
        door.with("SLOTH_EVENT_CAUSES", "first\nsecond").call("state", "import", "state.json");
        assertThat(events("show", "s2").out()).doesNotContain("because");
        assertThat(events("show", "s4").out()).contains("because  first", "because  second");
    }

    @Test
    void nothing_is_told_while_a_script_is_read() {
        door.file("w.sloth", "event.dispatch('a', {})");
        assertThat(door.call("validate", "w.sloth").err()).contains("do it in a task");
    }

    @Test
    void who_may_not_tell_is_refused() {
        door.file(
                "w.sloth",
                """
                local t = task("t"):command(function() return event.dispatch("a", {}) end)
                workflow.define("w"):permissions({ events = false }):tasks({ t })
                """);
        assertThat(door.call("run", "w.sloth").exit()).isEqualTo(Exit.FAILED);
        assertThat(events("list", "--type", "a").out()).isEqualTo("no events\n");
    }

    @Test
    void bad_input_is_told_with_what_to_do() {
        refused(events("dispatch", "a b"), "SLOTH-4301: 'a b' is no type of event");
        refused(events("dispatch", "a", "[1"), "SLOTH-9001: the data of the event is no JSON");
        refused(
                events("dispatch", "a", "1"),
                "SLOTH-9001: the data of the event must be an object");
        refused(events("show", "e9"), "SLOTH-4307");
        refused(events("show", "../x"), "SLOTH-4307");
        refused(events("list", "--limit", "0"), "SLOTH-9001: --limit");
        refused(events("list", "--type", "a b"), "SLOTH-4301");
        refused(events("list", "--since", "yesterday"), "SLOTH-9001: --since");
        refused(events(), "SLOTH-9001: say what to do");
    }

    @Test
    void following_shows_what_comes_and_ends_in_time() {
        var follow = events("follow", "--timeout", "10ms", "-o", "json");
        assertThat(follow.exit()).isZero();
        assertThat(follow.out()).isEmpty();
    }

    @Test
    void watchers_are_registered_by_scripts_listed_and_removed() {
        door.file(
                "w.sloth",
                """
                local t = task("t"):command(function()
                  local r = watcher.register
                  assert(r.file{ file_path = "/etc/hosts", when = { "changed" } } == "file:/etc/hosts")
                  assert(r.process{ process_name = "nginx", when = "stopped" } == "process:nginx")
                  assert(r.port{ port = 5432, name = "db" } == "db")
                  assert(r.cpu{ threshold = 90, when = { "above" }, interval = "10s" } == "cpu")
                  assert(r.memory{ threshold = 80 } == "memory")
                  assert(r.custom{ name = "c", command = "true" } == "c")
                  for text, call in pairs({
                    ["file_path"] = function() r.file{} end,
                    ["when = 'eaten'"] = function() r.file{ file_path = "/x", when = "eaten" } end,
                    ["from 1 to 65535"] = function() r.port{ port = 0 } end,
                    ["tcp or udp"] = function() r.port{ port = 1, protocol = "x" } end,
                    ["0 to 100"] = function() r.cpu{ threshold = 101 } end,
                    ["interval"] = function() r.memory{ threshold = 1, interval = "1ms" } end,
                    ["say when"] = function() r.memory{ threshold = 1, when = {} } end,
                  }) do
                    local ok, err = pcall(call)
                    assert(not ok and tostring(err):find(text, 1, true), tostring(err))
                  end
                  return true
                end)
                workflow.define("w"):tasks({ t })
                """);
        var run = door.call("run", "w.sloth");
        assertThat(run.exit()).as("%s", run).isZero();

        assertThat(door.call("watcher", "list").lines()).hasSize(7);
        assertThat(door.call("watcher", "list", "-o", "json").out())
                .contains("\"target\" : \"tcp/5432\"", "/t/1 on local");
        assertThat(door.call("watcher", "remove", "db", "c").out()).isEqualTo("removed db, c\n");
        refused(door.call("watcher", "remove", "db"), "SLOTH-4309");
        var half = door.call("watcher", "remove", "cpu", "nosuch", "db");
        refused(half, "SLOTH-4309: there is no watcher 'nosuch'");
        assertThat(half.err()).contains("there is no watcher 'db'");
        assertThat(door.call("watcher", "list").lines()).hasSize(5);
    }

    @Test
    void a_watcher_of_nothing_or_with_a_name_that_no_hook_could_have_is_refused() {
        door.file(
                "w.sloth",
                """
                local t = task("t"):command(function()
                  local r = watcher.register
                  for text, call in pairs({
                    ["file_path is empty"] = function() r.file{ file_path = "" } end,
                    ["file_path is text, not 5"] = function() r.file{ file_path = 5 } end,
                    ["process_name is empty"] = function() r.process{ process_name = " " } end,
                    ["command is empty"] = function() r.custom{ command = "" } end,
                    ["not 'a b/c'"] = function() r.cpu{ threshold = 1, name = "a b/c" } end,
                    ["1 to 128 letters"] = function() r.cpu{ threshold = 1, name = "" } end,
                    ["type is text, not 5"] = function() event.dispatch(5) end,
                  }) do
                    local ok, err = pcall(call)
                    assert(not ok and tostring(err):find(text, 1, true), tostring(err))
                  end
                  local file = { file_path = "/etc/hosts", name = "file:/etc/hosts" }
                  assert(r.file(file) == "file:/etc/hosts")
                  return true
                end)
                workflow.define("w"):tasks({ t })
                """);
        var run = door.call("run", "w.sloth");
        assertThat(run.exit()).as("%s", run).isZero();
    }

    @Test
    void a_service_is_watched_only_where_there_is_systemd() {
        door.file("tools/systemctl", "#!/bin/sh\necho 'no systemd here' >&2\nexit $(cat exit)\n");
        assertThat(folder.resolve("tools/systemctl").toFile().setExecutable(true)).isTrue();
        door.with("PATH", folder.resolve("tools") + ":/usr/bin:/bin");
        door.file(
                "w.sloth",
                """
                local t = task("t"):command(function()
                  return watcher.register.service{ service_name = "web" } == "service:web"
                end)
                workflow.define("w"):tasks({ t })
                """);
        door.file("exit", "1");
        var refused = door.call("run", "w.sloth");
        assertThat(refused.out() + refused.err()).contains("SLOTH-4311", "no systemd here");
        door.file("exit", "0");
        var run = door.call("run", "w.sloth");
        assertThat(run.exit()).as("%s", run).isZero();
        assertThat(door.call("watcher", "list").out()).contains("service:web");
    }
}
