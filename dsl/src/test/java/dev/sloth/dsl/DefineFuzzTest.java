package dev.sloth.dsl;

import static org.assertj.core.api.Assertions.fail;

import dev.sloth.api.workflow.Problems;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/// Whatever is done to a script, reading it gives a definition or problems, and nothing else.
final class DefineFuzzTest {
    private static final int SCRIPTS = 2_000;
    private static final long SEED = 20_261_123L;

    private static final List<String> GOOD =
            List.of(
                    """
                    local a = task("a"):command(function() return true end):timeout("5s"):build()
                    local b = task("b"):command({ "x", "y" }):depends_on({ a, "c" }):retries(3, "linear")
                    local c = task("c"):command("echo"):run_if("test"):env({ A = "1" }):tags("q")
                    workflow.define("w"):description("d"):tasks({ a, b, c }):config({ timeout = "1h" })
                        :on_complete(function() end)
                    """,
                    """
                    local base = { command = "x", timeout = 5 }
                    workflow.define("w", { version = "1", tasks = {
                        { name = "a", uses = base, artifacts = { "*.txt" }, params = { n = 1 } },
                        b = { command = function() end, depends_on = "a", delegate_to = { tags = { "x" } } },
                        c = "echo",
                    }, permissions = { exec = false }, on_start = function() end })
                    """,
                    """
                    task("u"):command("x")
                    Workflow = { name = "w", stages = {
                        { name = "s", parallel = true, tasks = { "u", { name = "v", command = "y" } } },
                        { name = "t", condition = "always", strategy = "canary", approvers = { "o" },
                          tasks = { { name = "z", command = "z", percentage = 10, duration = "1m" } } },
                    }, rollback = { triggers = { "manual" } } }
                    TaskDefinitions = { g = { tasks = { k = { command = "k" } } } }
                    """);

    private static final List<String> PIECES =
            List.of(
                    "nil",
                    "{}",
                    "0/0",
                    "-1",
                    "\"\"",
                    "function() end",
                    "task",
                    "workflow",
                    "(",
                    ")",
                    "{",
                    "}",
                    "[1]",
                    "=",
                    ",",
                    "a",
                    "b",
                    ":",
                    ".",
                    "true",
                    "\"5m\"",
                    "task(\"a\")",
                    "...",
                    "print",
                    "1e308",
                    "setmetatable({}, {})",
                    "coroutine.create(print)",
                    "end",
                    "w",
                    "workflow.define(\"x\")",
                    "\n",
                    "--",
                    "_G",
                    "values",
                    "error({})",
                    "\"\\0\"");

    private final Bench bench = new Bench();

    @Test
    void mutated_scripts_give_definitions_or_problems() {
        bench.limits = bench.limits.withDefining(200_000, 32 << 20, Duration.ofSeconds(10));
        var scripts = bench.scripts();
        for (int i = 0; i < SCRIPTS; i++) {
            var random = new SplittableRandom(SEED + i);
            String script = mutated(GOOD.get(random.nextInt(GOOD.size())), random);
            var source =
                    new Source(bench.file, bench.folder, script.getBytes(StandardCharsets.UTF_8));
            try {
                var definition = scripts.define(source, bench.values, bench);
                if (definition.workflows().isEmpty()) {
                    fail("neither workflow nor problem, seed " + (SEED + i) + ":\n" + script);
                }
            } catch (Problems expected) {
                if (expected.list().stream()
                        .anyMatch(p -> p.message().contains("internal error"))) {
                    fail("seed " + (SEED + i) + ": " + expected.getMessage() + "\n" + script);
                }
            } catch (RuntimeException | Error e) {
                fail("seed " + (SEED + i) + ":\n" + script, e);
            }
        }
    }

    private static String mutated(String good, SplittableRandom random) {
        var text = new StringBuilder(good);
        int changes = random.nextInt(1, 4);
        for (int i = 0; i < changes; i++) {
            int at = word(text, random.nextInt(text.length()));
            int end = at;
            while (end < text.length() && Character.isLetterOrDigit(text.charAt(end))) {
                end++;
            }
            String piece = PIECES.get(random.nextInt(PIECES.size()));
            switch (random.nextInt(4)) {
                case 0 -> text.replace(at, end, piece);
                case 1 -> text.insert(at, piece + " ");
                case 2 -> text.delete(at, Math.min(text.length(), end + 1));
                default -> {
                    int from = word(text, random.nextInt(text.length()));
                    int to = Math.min(text.length(), from + random.nextInt(1, 30));
                    text.replace(at, end, text.substring(from, to));
                }
            }
            if (text.isEmpty()) {
                text.append(' ');
            }
        }
        return text.toString();
    }

    /// The start of the word around a place.
    private static int word(StringBuilder text, int near) {
        int at = near;
        while (at > 0 && Character.isLetterOrDigit(text.charAt(at - 1))) {
            at--;
        }
        return at;
    }
}
