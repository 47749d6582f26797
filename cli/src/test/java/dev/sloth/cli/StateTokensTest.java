package dev.sloth.cli;

import static java.util.Map.entry;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sloth.api.plugin.Function;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Every function of the module `state` that changes what others see takes the token of a lock.
final class StateTokensTest {
    /// What each is called with; `o` are the options.
    private static final Map<String, String> WRITERS =
            new TreeMap<>(
                    Map.ofEntries(
                            entry("set", "'v', 2, o"),
                            entry("set_with_ttl", "'v', 2, '1h', o"),
                            entry("set_if_absent", "'new', 2, o"),
                            entry("set_many", "{ v = 2 }, o"),
                            entry("get_set", "'v', 2, o"),
                            entry("compare_swap", "'v', 1, 2, o"),
                            entry("compare_and_swap", "'v', 1, 2, o"),
                            entry("increment", "'v', 1, o"),
                            entry("atomic_increment", "'v', 1, o"),
                            entry("decrement", "'v', 1, o"),
                            entry("append", "'t', 'x', o"),
                            entry("delete", "'v', o"),
                            entry("clear", "'v', o"),
                            entry("delete_pattern", "'v', o"),
                            entry("rename", "'v', 'w', o"),
                            entry("set_ttl", "'v', '1h', o"),
                            entry("persist", "'brief', o"),
                            entry("list_push", "'l', 2, o"),
                            entry("list_push_front", "'l', 2, o"),
                            entry("list_pop", "'l', o"),
                            entry("list_pop_front", "'l', o"),
                            entry("list_remove", "'l', 1, o"),
                            entry("hash_set", "'h', 'f', 2, o"),
                            entry("hash_delete", "'h', 'f', o"),
                            entry("set_add", "'s', 2, o"),
                            entry("set_remove", "'s', 1, o")));

    private static final Set<String> READERS =
            Set.of(
                    "get",
                    "get_many",
                    "get_all",
                    "exists",
                    "has",
                    "keys",
                    "list",
                    "type",
                    "size",
                    "get_ttl",
                    "stats",
                    "list_length",
                    "list_range",
                    "hash_get",
                    "hash_all",
                    "set_has",
                    "set_members",
                    "watch");

    private static final Set<String> LOCKS =
            Set.of(
                    "try_lock",
                    "lock",
                    "unlock",
                    "with_lock",
                    "renew_lock",
                    "lock_info",
                    "is_locked");

    /// What they do is done by others, or cannot be seen.
    private static final Set<String> NEITHER = Set.of("transaction", "cleanup_expired");

    private static final String FILL =
            """
            local function fill()
              state.clear()
              state.set_many({ v = 1, t = "t" })
              state.set("brief", 1, "10h")
              state.list_push("l", 1)
              state.list_push("l", 3)
              state.hash_set("h", "f", 1)
              state.hash_set("h", "g", 1)
              state.set_add("s", 1)
              state.set_add("s", 3)
            end
            local function seen()
              local all = { #state.keys(), state.stats().last_modified }
              for _, key in ipairs({ "v", "w", "t", "new", "brief" }) do
                all[#all + 1] = tostring(state.get(key)) .. (state.get_ttl(key) > 0 and "!" or "")
              end
              all[#all + 1] = table.concat(state.list_range("l"), " ")
              all[#all + 1] = tostring(state.hash_get("h", "f"))
              all[#all + 1] = table.concat(state.set_members("s"), " ")
              return table.concat(all, ";")
            end
            """;

    @TempDir private Path folder;

    /// Runs a task that calls `try(name, writes)` for each writer.
    private void each(String task) {
        var calls = new StringBuilder();
        WRITERS.forEach((name, given) ->
                calls.append(
                        "  try('%s', function(o) return state.%s(%s) end)\n"
                                .formatted(name, name, given)));
        var script =
                FILL
                        + "local t = task('t'):command(function()\n"
                        + task
                        + calls
                        + "  return true\nend)\nworkflow.define('w'):tasks({ t })\n";
        var answer = new Door(folder).file("w.sloth", script).call("run", "w.sloth");
        assertThat(answer.exit()).as(answer.out() + answer.err()).isZero();
    }

    @Test
    void it_is_known_of_each_function_what_it_does() {
        var known = new HashSet<>(WRITERS.keySet());
        known.addAll(READERS);
        known.addAll(LOCKS);
        known.addAll(NEITHER);

        assertThat(
                        Wiring.modules().stream()
                                .filter(module -> module.name().equals("state"))
                                .flatMap(module -> module.functions().stream())
                                .map(Function::name)
                                .collect(Collectors.toSet()))
                .isEqualTo(known);
    }

    @Test
    void with_the_token_of_a_lock_that_is_not_held_any_more_nothing_is_changed() {
        each(
                """
                fill()
                local _, token = state.try_lock("l")
                state.unlock("l", token)
                local before = seen()
                local function try(name, writes)
                  local ok, err = pcall(writes, { token = token })
                  if ok or not tostring(err):find("the token " .. token .. " is not that of a lock", 1, true) then
                    error(name .. " was not refused: " .. tostring(err))
                  end
                  if seen() ~= before then error(name .. " left " .. seen()) end
                end
                """);
    }

    @Test
    void with_the_token_of_a_lock_that_is_held_what_was_asked_is_done() {
        each(
                """
                local _, token = state.try_lock("l", "1h")
                local function try(name, writes)
                  fill()
                  local before = seen()
                  writes({ token = token })
                  if seen() == before then error(name .. " has changed nothing") end
                end
                """);
    }
}
