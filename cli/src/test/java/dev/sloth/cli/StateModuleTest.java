package dev.sloth.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sloth.api.plugin.Function;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The module `state` as scripts use it, on a store in a home folder.
final class StateModuleTest {
    private static final List<String> FUNCTIONS =
            List.of(
                    "set",
                    "get",
                    "delete",
                    "exists",
                    "clear",
                    "set_ttl",
                    "get_ttl",
                    "increment",
                    "decrement",
                    "append",
                    "compare_swap",
                    "list_push",
                    "list_pop",
                    "list_length",
                    "try_lock",
                    "lock",
                    "unlock",
                    "with_lock",
                    "keys",
                    "stats",
                    "set_with_ttl",
                    "persist",
                    "set_if_absent",
                    "get_set",
                    "get_many",
                    "set_many",
                    "delete_pattern",
                    "rename",
                    "type",
                    "size",
                    "list_push_front",
                    "list_pop_front",
                    "list_range",
                    "list_remove",
                    "hash_set",
                    "hash_get",
                    "hash_delete",
                    "hash_all",
                    "set_add",
                    "set_remove",
                    "set_has",
                    "set_members",
                    "renew_lock",
                    "lock_info",
                    "transaction",
                    "watch",
                    "cleanup_expired");

    private static final Set<String> ALIASES =
            Set.of("has", "compare_and_swap", "atomic_increment", "get_all", "is_locked", "list");

    @TempDir private Path folder;

    /// Runs the body as the function of a task, with `eq` to compare values deeply.
    private Door.Answer task(String body) {
        var script =
                """
                local function eq(a, b)
                  if type(a) ~= "table" or type(b) ~= "table" then
                    if a ~= b then error("expected " .. tostring(b) .. ", got " .. tostring(a), 2) end
                    return
                  end
                  for k, v in pairs(a) do eq(v, b[k]) end
                  for k, v in pairs(b) do eq(a[k], v) end
                end
                local function fails(text, f, ...)
                  local ok, err = pcall(f, ...)
                  if ok then error("no error, but should be: " .. text, 2) end
                  if not tostring(err):find(text, 1, true) then
                    error("expected '" .. text .. "' in '" .. tostring(err) .. "'", 2)
                  end
                end
                local t = task("t"):command(function()
                %s
                  return true
                end)
                workflow.define("w"):tasks({ t })
                """
                        .formatted(body);
        return new Door(folder).file("w.sloth", script).call("run", "w.sloth");
    }

    private void holds(String body) {
        var answer = task(body);
        assertThat(answer.exit()).as(answer.out() + answer.err()).isZero();
    }

    @Test
    void it_has_the_functions_of_the_reference_and_a_few_other_names_for_them() {
        var module =
                Wiring.modules().stream()
                        .filter(m -> m.name().equals("state"))
                        .findFirst()
                        .orElseThrow();
        var names = module.functions().stream().map(Function::name).collect(Collectors.toSet());

        assertThat(FUNCTIONS).hasSize(47).doesNotHaveDuplicates();
        assertThat(names).containsAll(FUNCTIONS).containsAll(ALIASES);
        assertThat(names).hasSize(FUNCTIONS.size() + ALIASES.size());
    }

    @Test
    void what_is_done_beside_a_transaction_that_was_left_is_no_part_of_it() {
        holds(
                """
                local co = coroutine.wrap(function()
                  state.transaction(function()
                    state.set("inside", 1)
                    coroutine.yield()
                    state.set("inside", state.get("outside"))
                  end)
                end)
                co()
                eq(state.set("outside", 2), true)
                eq(state.get("outside"), 2)
                eq(state.get("inside"), nil)
                co()
                eq(state.get("inside"), 2)
                local within = coroutine.wrap(function() coroutine.yield(state.get("inside")) end)
                state.transaction(function()
                  state.set("inside", 3)
                  eq(within(), 3)
                end)
                """);
    }

    @Test
    void an_error_that_comes_of_what_others_changed_meanwhile_is_tried_again() {
        holds(
                """
                local tries = 0
                local seen = state.transaction(function()
                  tries = tries + 1
                  local a = state.get("a", 0)
                  if tries == 1 then
                    goroutine.spawn(function() state.set("a", 5) end)
                    goroutine.sleep(50)
                    error("torn")
                  end
                  return a
                end)
                eq(tries, 2)
                eq(seen, 5)
                fails("for good", state.transaction, function() error("for good") end)
                """);
    }

    @Test
    void values_keep_their_types() {
        holds(
                """
                local values = { true, false, 0, -1.5, 1e300, 1/0, "", "text", "\\0\\255\\1",
                  { 1, 2, 3 }, {}, { a = { b = { "deep" } }, [1] = "mixed", [2.5] = 1 } }
                for i, v in ipairs(values) do
                  eq(state.set("k", v), true)
                  eq(state.get("k"), v)
                  eq(state.type("k"), type(v))
                end
                state.set("k", nil)
                eq(state.exists("k"), true)
                eq(state.get("k", "default"), nil)
                eq(state.type("k"), "nil")
                eq(state.get("none", 5), 5)
                eq(state.get("none"), nil)
                fails("function", state.set, "k", print)
                local loop = {}
                loop.loop = loop
                fails("contains itself", state.set, "k", loop)
                """);
    }

    @Test
    void values_are_there_for_the_next_run() {
        holds("state.set('count', 41)");
        holds("eq(state.increment('count'), 42)");
    }

    @Test
    void single_values_change_atomically() {
        holds(
                """
                eq(state.increment("n"), 1)
                eq(state.increment("n", 2.5), 3.5)
                eq(state.decrement("n"), 2.5)
                eq(state.append("s", "ab"), 2)
                eq(state.append("s", "c"), 3)
                eq(state.get("s"), "abc")
                eq(state.compare_swap("c", nil, { 1 }), true)
                eq(state.compare_swap("c", { 2 }, 3), false)
                eq(state.compare_swap("c", { 1 }, 3), true)
                eq(state.set_if_absent("c", 9), false)
                eq(state.set_if_absent("d", 9), true)
                eq(state.get_set("d", 10), 9)
                eq(state.get_set("e", 1), nil)
                eq(state.set_many({ x = 1, y = { 2 } }), 2)
                eq(state.get_many({ "x", "y", "z" }), { x = 1, y = { 2 } })
                eq(state.rename("x", "xx"), true)
                eq(state.rename("x", "xxx"), false)
                eq(state.exists("xx"), true)
                eq(state.delete("xx"), true)
                eq(state.delete("xx"), false)
                eq(state.size("d") > 0, true)
                eq(state.size("none"), nil)
                fails("'s' is a string, not a number", state.increment, "s")
                """);
    }

    @Test
    void keys_are_found_by_pattern_and_by_page() {
        holds(
                """
                for _, k in ipairs({ "b/2", "a", "b/1", "b/10", "[x]" }) do state.set(k, k) end
                eq(state.keys(), { "[x]", "a", "b/1", "b/10", "b/2" })
                eq(state.keys("b/*"), { "b/1", "b/10", "b/2" })
                eq(state.keys("b/?"), { "b/1", "b/2" })
                eq(state.keys("[a-b]*", { limit = 2 }), { "a", "b/1" })
                eq(state.keys("[a-b]*", { limit = 2, after = "b/1" }), { "b/10", "b/2" })
                eq(state.keys("\\\\[x]"), { "[x]" })
                eq(state.keys("a" .. ("*"):rep(1000) .. "z"), {})
                fails("at most 1024 characters", state.keys, ("*"):rep(1e6))
                fails("[", state.keys, "[a")
                local done, count = state.clear("b/1*")
                eq(done, true)
                eq(count, 2)
                eq(state.delete_pattern("?"), 1)
                local _, rest = state.clear()
                eq(rest, 2)
                eq(state.stats().total_keys, 0)
                """);
    }

    @Test
    void values_expire_on_time() {
        holds(
                """
                state.set("a", 1, 60)
                local ttl = state.get_ttl("a")
                eq(ttl > 50 and ttl <= 60, true)
                eq(state.persist("a"), true)
                eq(state.persist("a"), false)
                eq(state.get_ttl("a"), -1)
                eq(state.get_ttl("none"), -2)
                eq(state.set_ttl("a", "10m"), true)
                eq(state.set_ttl("none", 5), false)
                state.set_with_ttl("b", 1, "30ms")
                state.set("c", 1, { ttl = "30ms" })
                while state.exists("b") or state.exists("c") do goroutine.sleep(1) end
                eq(state.get("b", "gone"), "gone")
                eq(state.keys(), { "a" })
                fails("time to live", state.set, "d", 1, -5)
                fails("options are ttl and token", state.set, "d", 1, { tll = 5 })
                """);
    }

    @Test
    void lists_hashes_and_sets_hold_what_was_put_in() {
        holds(
                """
                eq(state.list_push("l", "b"), 1)
                eq(state.list_push("l", { c = 1 }), 2)
                eq(state.list_push_front("l", "a"), 3)
                eq(state.type("l"), "list")
                eq(state.list_length("l"), 3)
                eq(state.list_range("l"), { "a", "b", { c = 1 } })
                eq(state.list_range("l", -2, -2), { "b" })
                eq(state.list_remove("l", { c = 1 }), 1)
                eq(state.list_pop("l"), "b")
                eq(state.list_pop_front("l"), "a")
                eq(state.list_pop("l"), nil)
                eq(state.exists("l"), false)
                eq(state.hash_set("h", "x", { 1 }), true)
                eq(state.hash_get("h", "x"), { 1 })
                eq(state.hash_get("h", "y", 7), 7)
                eq(state.hash_all("h"), { x = { 1 } })
                eq(state.type("h"), "hash")
                eq(state.hash_delete("h", "x"), true)
                eq(state.hash_delete("h", "x"), false)
                eq(state.set_add("s", "b"), true)
                eq(state.set_add("s", 2), true)
                eq(state.set_add("s", "a"), true)
                eq(state.set_add("s", "a"), false)
                eq(state.set_members("s"), { 2, "a", "b" })
                eq(state.set_has("s", 2), true)
                eq(state.set_remove("s", 2), true)
                eq(state.type("s"), "set")
                state.set("q", { 1, 2 })
                eq(state.list_push("q", 3), 3)
                eq(state.get("q"), { 1, 2, 3 })
                fails("not a list", state.list_push, "s", 1)
                """);
    }

    @Test
    void locks_keep_others_out_and_their_tokens_fence_writes() {
        holds(
                """
                local ok, token = state.try_lock("deploy", "10s")
                eq(ok, true)
                eq(state.try_lock("deploy"), false)
                eq(state.is_locked("deploy"), true)
                local info = state.lock_info("deploy")
                eq(info.token, token)
                eq(info.holder:find("t", 1, true) ~= nil, true)
                eq(state.set("version", 2, { token = token }), true)
                eq(state.increment("n", 1, { token = token }), 1)
                eq(state.renew_lock("deploy", "1h"), true)
                eq(state.lock_info("deploy").expires_in > 3000, true)
                local again = state.lock("deploy", "5ms")
                eq(again, false)
                eq(state.unlock("deploy", token + 1), false)
                eq(state.unlock("deploy"), true)
                eq(state.unlock("deploy"), false)
                eq(state.lock_info("deploy"), nil)
                fails("the token", state.set, "version", 3, { token = token })
                eq(state.get("version"), 2)
                local got, next = state.lock("deploy", "1s", "20ms")
                eq(got and next > token, true)
                local a, b = state.with_lock("deploy", function(t)
                  eq(t > next, true)
                  fails("not free", state.with_lock, "deploy", print, "1ms")
                  return "a", "b"
                end)
                eq(a .. b, "ab")
                fails("oh no", state.with_lock, "deploy", function() error("oh no") end)
                eq(state.is_locked("deploy"), false)
                """);
    }

    @Test
    void a_stranger_cannot_give_a_lock_back() {
        holds("state.try_lock('deploy', '1h')");
        holds("fails('is not this script', state.unlock, 'deploy')");
    }

    @Test
    void transactions_are_all_or_nothing() {
        holds(
                """
                state.set("a", 10)
                state.set("b", 0)
                local moved = state.transaction(function()
                  local n = state.get("a")
                  state.set("a", n - 3)
                  eq(state.increment("b", 3), 3)
                  eq(state.get("b"), 3)
                  return n
                end)
                eq(moved, 10)
                fails("sold out", state.transaction, function()
                  state.set("a", 0)
                  error("sold out")
                end)
                eq(state.get("a"), 7)
                fails("in a transaction", state.transaction, function()
                  state.transaction(print)
                end)
                fails("waits for no lock", state.transaction, function() state.lock("x") end)
                local inside = 0
                state.transaction(function()
                  local c = coroutine.wrap(function() state.set("c", 1) end)
                  c()
                  inside = state.get("c")
                end)
                eq(inside, 1)
                """);
    }

    @Test
    void transactions_that_meet_are_done_again_until_they_hold() {
        holds(
                """
                state.set("n", 0)
                local all = {}
                for i = 1, 8 do
                  all[i] = goroutine.async(function()
                    for _ = 1, 5 do
                      state.transaction(function()
                        local n = state.get("n")
                        goroutine.sleep(1)
                        state.set("n", n + 1)
                      end)
                    end
                  end)
                end
                for _, each in ipairs(all) do each:await() end
                eq(state.get("n"), 40)
                """);
    }

    @Test
    void a_watch_is_told_of_every_change() {
        holds(
                """
                local seen = {}
                local function note(key, new, old, more)
                  seen[#seen + 1] = key .. "=" .. tostring(new) .. "," .. tostring(old)
                  if new == "stop" then return false end
                end
                eq(state.watch("w/*", note, 0), 0)
                state.set("w/a", 1)
                state.set("other", 1)
                state.set("w/a", 2)
                state.delete("w/a")
                local writer = goroutine.async(function() state.set("w/b", "stop") end)
                eq(state.watch("w/*", note, "20s"), 4)
                writer:await()
                eq(seen, { "w/a=1,nil", "w/a=2,1", "w/a=nil,2", "w/b=stop,nil" })
                """);
    }

    @Test
    void values_of_earlier_times_can_be_read() {
        holds(
                """
                state.set("v", "old")
                local at = state.stats().last_modified + 0.002
                goroutine.sleep(5)
                state.set("v", "new")
                eq(state.get("v", nil, { at = at }), "old")
                eq(state.get("v", "none", { at = at - 60 }), "none")
                fails("yet to come", state.get, "v", nil, { at = at + 1000 })
                fails("remembered", state.get, "v", nil, { at = at - 1e6 })
                """);
    }

    @Test
    void nothing_is_changed_while_a_script_is_read_for_its_definitions() {
        var answer =
                new Door(folder)
                        .file("d.sloth", "state.get('a')\nstate.set('a', 1)\n")
                        .call("validate", "d.sloth");

        assertThat(answer.exit()).isEqualTo(2);
        assertThat(answer.out() + answer.err()).contains("do it in a task", "d.sloth:2");
    }

    @Test
    void a_workflow_may_be_denied_the_state() {
        var script =
                """
                local t = task("t"):command(function() state.set("a", 1) return true end)
                workflow.define("w"):config({ permissions = { state = false } }):tasks({ t })
                """;
        var answer = new Door(folder).file("w.sloth", script).call("run", "w.sloth");

        assertThat(answer.exit()).isEqualTo(1);
        assertThat(answer.out() + answer.err()).contains("state is not permitted");
    }

    @Test
    void what_is_too_much_is_refused_with_the_limit() {
        var door =
                new Door(folder)
                        .with("SLOTH_STATE_MAX_KEYS", "2")
                        .with("SLOTH_STATE_MAX_VALUE", "1KiB");
        var script =
                """
                local t = task("t"):command(function()
                  state.set("a", 1)
                  state.set("b", 1)
                  print(pcall(state.set, "c", 1))
                  print(pcall(state.set, "a", ("x"):rep(2000)))
                  print(#state.keys())
                end)
                workflow.define("w"):tasks({ t })
                """;
        var answer = door.file("w.sloth", script).call("run", "w.sloth");

        assertThat(answer.out())
                .contains("may have 2 keys", "state.max_keys", "a value may take 1024", "2\n");
    }
}
