package dev.sloth.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// What is too long, too much or no number is refused in few words, and nothing comes of it.
@Timeout(60)
final class StateBoundsTest {
    private static final String HUGE = "x".repeat(1_000_000);
    private static final String STARS = "*".repeat(1_000_000);

    @TempDir private Path folder;

    /// Runs the body as the function of a task.
    private void holds(String body) {
        var script =
                """
                local huge = ("x"):rep(1e6)
                local stars = ("*"):rep(1e6)
                local function refused(text, f, ...)
                  local ok, err = pcall(f, ...)
                  err = tostring(err)
                  if ok then error("no error, but should be: " .. text, 2) end
                  if #err > 2000 then error("an error of " .. #err .. " bytes: " .. err:sub(1, 200), 2) end
                  if not err:find(text, 1, true) then error("expected '" .. text .. "' in '" .. err .. "'", 2) end
                end
                local t = task("t"):command(function()
                %s
                  return true
                end)
                workflow.define("w"):tasks({ t })
                """
                        .formatted(body);
        var answer = new Door(folder).file("w.sloth", script).call("run", "w.sloth");
        assertThat(answer.exit()).as(answer.out() + answer.err()).isZero();
    }

    @Test
    void patterns_have_at_most_1024_characters_whatever_is_done_with_them() {
        holds(
                """
                state.set("aaaa", 1)
                local tooLong = "a pattern has at most 1024 characters, this one has "
                for _, f in ipairs({ state.keys, state.list, state.clear, state.delete_pattern }) do
                  refused(tooLong .. "1000000", f, stars)
                  refused(tooLong .. "1025", f, stars:sub(1, 1025))
                end
                refused(tooLong .. "1000000", state.watch, stars, print, 0)
                if #state.keys(stars:sub(1, 1024)) ~= 1 then error("stars") end
                if #state.keys(("*a"):rep(512)) ~= 0 then error("stars and letters") end
                if #state.keys(("\\u{1F9A5}"):rep(1024)) ~= 0 then error("sloths") end
                refused(tooLong .. "1025", state.keys, ("\\u{1F9A5}"):rep(1025))
                refused("without its ]", state.keys, ("["):rep(1024))
                refused("ends with a backslash", state.keys, ("a"):rep(1000) .. "\\\\")
                if not state.exists("aaaa") then error("deleted") end
                """);
    }

    @Test
    void keys_fields_and_names_of_locks_have_at_most_512_bytes() {
        holds(
                """
                local tooLong = "a key has at most 512 bytes, this one has 1000000"
                for _, name in ipairs({ "get", "exists", "type", "size", "get_ttl", "delete", "persist",
                    "increment", "list_pop", "list_length", "list_range", "hash_all", "set_members" }) do
                  refused(tooLong, state[name], huge)
                end
                for _, name in ipairs({ "set", "append", "list_push", "list_remove", "set_add", "set_has",
                    "hash_get", "set_ttl", "get_set", "set_if_absent" }) do
                  refused(tooLong, state[name], huge, "1")
                end
                refused(tooLong, state.get_many, { huge })
                refused(tooLong, state.set_many, { [huge] = 1 })
                refused(tooLong, state.rename, "a", huge)
                refused(tooLong, state.compare_swap, huge, nil, 1)
                refused("a field has at most 512 bytes", state.hash_set, "h", huge, 1)
                for _, name in ipairs({ "try_lock", "lock", "unlock", "lock_info", "is_locked" }) do
                  refused("the name of a lock has at most 512 bytes", state[name], huge)
                end
                refused("the name of a lock has", state.unlock, huge, 7)
                refused("the name of a lock has", state.renew_lock, huge, 7)
                refused("the name of a lock has", state.with_lock, huge, print)
                state.set(huge:sub(1, 512), 1)
                if #state.keys() ~= 1 then error("what was refused is there") end
                """);
    }

    @Test
    void values_take_at_most_what_the_settings_say() {
        holds(
                """
                local tooMuch = "and a value may take 1048576"
                local much = huge .. huge
                refused(tooMuch, state.set, "a", much)
                refused(tooMuch, state.set, "a", { [much] = 1 })
                refused(tooMuch, state.set_many, { a = 1, b = much })
                refused(tooMuch, state.compare_swap, "a", nil, much)
                refused(tooMuch, state.get_set, "a", much)
                refused(tooMuch, state.append, "a", much)
                refused(tooMuch, state.list_push, "a", much)
                refused(tooMuch, state.hash_set, "a", "f", much)
                refused(tooMuch, state.set_add, "a", much)
                local deep = {}
                for _ = 1, 100000 do deep = { deep } end
                refused("deep", state.set, "a", deep)
                refused("deep", state.set_add, "a", deep)
                if #state.keys() ~= 0 then error("what was refused is there") end
                state.append("a", huge)
                refused(tooMuch, state.append, "a", huge)
                if state.get("a") ~= huge then error("cut") end
                """);
    }

    @Test
    void numbers_and_times_that_are_none_are_refused() {
        holds(
                """
                state.set("n", 1)
                for _, n in ipairs({ 1/0, -1/0, 0/0 }) do
                  refused("would not be a number any more", state.increment, "n", n)
                end
                for _, ttl in ipairs({ 1/0, 0/0, 1e300, ("9"):rep(1e6) .. "s", huge }) do
                  refused("", state.set, "n", 2, ttl)
                  refused("", state.set_with_ttl, "n", 2, ttl)
                  refused("", state.set_ttl, "n", ttl)
                  refused("", state.try_lock, "l", ttl)
                end
                refused("a time to live is more than 0 and at most 36500 days", state.set_ttl, "n", 1e10)
                refused("a time to live is more than 0", state.try_lock, "l", 0)
                refused("at most 36500 days, which are 3153600000 seconds", state.set, "n", 1, 1e18)
                refused("at most 36500 days", state.set, "n", 1, "999999999999d")
                refused("from 0 to 1000000000000", state.set_ttl, "n", 1e18)
                for _, token in ipairs({ 0/0, 1e300, -1, 0, huge, {} }) do
                  refused("", state.set, "n", 2, { token = token })
                  refused("", state.unlock, "l", token)
                end
                refused("a time in seconds", state.get, "n", nil, { at = 1e300 })
                for _, limit in ipairs({ 0, -1, 0/0, 1e300 }) do
                  refused("", state.keys, "*", { limit = limit })
                end
                refused("a page has 1 to 100000 keys", state.keys, "*", { limit = 0 })
                if #state.keys("*", { after = huge }) ~= 0 then error("after") end
                state.list_push("l", 1)
                if #state.list_range("l", -1e15, 1e15) ~= 1 then error("range") end
                if state.get("n") ~= 1 or state.get_ttl("n") ~= -1 then error("changed") end
                """);
    }

    private void refused(String code, String... words) {
        var all = new ArrayList<>(List.of("state"));
        all.addAll(List.of(words));
        var answer = new Door(folder).call(all.toArray(String[]::new));
        assertThat(answer.exit()).isIn(Exit.WRONG, Exit.FAILED);
        assertThat(answer.err()).startsWith("error " + code);
        assertThat(answer.out()).isEmpty();
    }

    @Test
    void so_it_is_at_the_command_line() {
        for (var command : List.of("list", "locks", "watch", "export")) {
            refused("SLOTH-4201: a pattern has at most 1024 characters", command, STARS);
        }
        refused("SLOTH-4201: a pattern has at most 1024", "delete", "--pattern", STARS);
        refused("SLOTH-4201: a key has at most 512 bytes", "get", HUGE);
        refused("SLOTH-4201: a key has at most 512 bytes", "set", HUGE, "1");
        refused("SLOTH-4201: a key has at most 512 bytes", "delete", "a", HUGE);
        refused("SLOTH-4203", "set", "a", HUGE + HUGE);
        refused("SLOTH-4201: the name of a lock has at most 512 bytes", "unlock", HUGE);
        refused("SLOTH-4201: a namespace has at most 512 bytes", "list", "--namespace", HUGE);
        refused("SLOTH-9001: --ttl cannot be", "set", "a", "1", "--ttl", HUGE);
        refused("SLOTH-9001: --token cannot be", "set", "a", "1", "--token", HUGE);
        refused("SLOTH-9001: --limit cannot be", "list", "--limit", HUGE);
        refused("SLOTH-9001: --at cannot be", "get", "a", "--at", HUGE);
        refused("SLOTH-9001: the value is no JSON", "set", "a", HUGE, "--json");
        refused("SLOTH-4210", "import", HUGE);
        assertThat(new Door(folder).call("state", "list").out()).isEmpty();
    }

    @Test
    void a_transaction_ends_at_its_number_of_commands_and_at_its_time() {
        var script =
                """
                local t = task("t"):command(function()
                  local _, many = pcall(state.transaction, function()
                    for i = 1, 4 do state.set("k" .. i, i) end
                  end)
                  local _, long = pcall(state.transaction, function()
                    state.set("k", 1)
                    goroutine.sleep(300)
                    state.get("k")
                  end)
                  local _, slow = pcall(state.transaction, function()
                    state.set("k", 1)
                    goroutine.sleep(300)
                  end)
                  log.info(many .. long .. slow .. #state.keys("*") .. " keys")
                  return true
                end)
                workflow.define("w"):tasks({ t })
                """;
        var answer =
                new Door(folder)
                        .file("w.sloth", script)
                        .call(
                                "run",
                                "w.sloth",
                                "--state-max-commands",
                                "3",
                                "--state-transaction-max",
                                "200ms");

        assertThat(answer.exit()).as(answer.out() + answer.err()).isZero();
        assertThat(answer.out())
                .contains("at most 3 commands (state.max_commands)", "0 keys")
                .containsPattern("(?s)longer than state.transaction_max.*longer than state.tra");
    }

    @Test
    void keys_of_kept_tables_are_text_numbers_or_booleans() {
        holds(
                """
                refused("'f' has a table as a key", state.set, "f", { [{}] = 1, [{}] = 2 })
                refused("'f'.a has a table as a key", state.set, "f", { a = { [{ 1 }] = 1 } })
                local ok, why = event.dispatch("x", { [{}] = 1 })
                if ok or not why:find("a table as a key", 1, true) then error(why) end
                state.set("f", { a = 1, [2.5] = 2, [true] = 3 })
                local f = state.get("f")
                if f.a ~= 1 or f[2.5] ~= 2 or f[true] ~= 3 then error("f") end
                """);
    }

    @Test
    void a_token_that_is_no_whole_number_is_refused() {
        holds(
                """
                local text = "a token is the whole number that came with a lock, not "
                local _, token = state.lock("z")
                refused(text .. token + 0.5, state.set, "k", 1, { token = token + 0.5 })
                refused(text .. token + 0.75, state.unlock, "z", token + 0.75)
                refused(text .. token + 0.5, state.renew_lock, "z", 5, token + 0.5)
                refused(text .. "0", state.unlock, "z", 0)
                if not state.set("k", 1, { token = token }) then error("the token itself") end
                if not state.unlock("z", token) then error("it was given back before") end
                """);
    }

    @Test
    void a_change_that_a_watching_function_failed_at_is_told_again() {
        holds(
                """
                state.watch("w*", print, 0)
                for i = 1, 3 do state.set("w" .. i, i) end
                local seen = {}
                local function note(key)
                  seen[#seen + 1] = key
                  if #seen == 2 then error("not now") end
                end
                refused("not now", state.watch, "w*", note, 0)
                state.watch("w*", note, 0)
                local all = table.concat(seen, " ")
                if all ~= "w1 w2 w2 w3" then error(all) end
                """);
    }

    @Test
    void an_argument_that_is_refused_is_named_with_its_function() {
        holds(
                """
                refused("too large: whole numbers are exact up to 2^53", state.list_range, "L", 1, 1e18)
                refused("no integer representation", state.list_range, "L", 1.5)
                refused("bad argument #1 to 'state.set'", state.set, {})
                refused("bad argument #1 to 'set'", function() state.set({}) end)
                """);
    }
}
