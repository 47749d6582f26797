package dev.sloth.dsl;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sloth.api.plugin.Host;
import dev.sloth.api.value.DataTable;
import dev.sloth.api.value.ScriptFailure;
import dev.sloth.api.value.Text;
import dev.sloth.api.value.Value;
import dev.sloth.api.workflow.FunctionRef;
import dev.sloth.api.workflow.Problems;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/// What the host does with a script when there is no memory left for it.
final class NoMemoryTest {
    private static final String TOGETHER = "not enough memory for all scripts together";
    private static final FunctionRef COMMAND = new FunctionRef("task t command");
    private static final long STEP = 4 << 10;
    private static final long ENOUGH = 4 << 20;

    private final Bench bench = new Bench();

    private interface Use {
        void of(Scripts scripts);
    }

    /// Uses scripts with ever more memory, until it is enough.
    private Set<String> failures(Use use) {
        var seen = new HashSet<String>();
        for (long bytes = STEP; bytes < ENOUGH; bytes += STEP) {
            bench.limits = ScriptLimits.DEFAULT.withTotalMemory(bytes);
            try {
                use.of(bench.scripts());
                return seen;
            } catch (ScriptFailure | Problems | IllegalArgumentException e) {
                seen.add(String.valueOf(e.getMessage()));
            }
        }
        throw new AssertionError("never enough, but " + seen);
    }

    @Test
    void wherever_it_ends_in_an_attempt_that_is_a_failure_of_the_script() {
        bench.values = new DataTable().with("long", Text.of("x".repeat(100_000)));
        var source = bench.source("outputs.a = 1 " + Bench.inTask("this.outputs.b = params.p"));
        var params = new DataTable().with("p", Text.of("y".repeat(100_000)));
        var seen =
                failures(scripts -> {
                    try (var script = scripts.load(source, "w", bench.values, bench)) {
                        var task = new TaskObject("t", Path.of("/"), "run", 1, "agent", Map.of());
                        var self = script.taskObject(task);
                        script.call(COMMAND, List.of(self, params, Value.Nil.NIL));
                        script.exported(ENOUGH);
                        script.data(self.at("outputs"), "outputs", ENOUGH);
                    }
                });
        assertThat(seen).isNotEmpty().allMatch(message -> message.endsWith(TOGETHER));
    }

    @Test
    void a_definition_says_which_limit_it_met() {
        var seen =
                failures(scripts ->
                        scripts.define(bench.source(Bench.inTask("")), bench.values, bench));
        assertThat(seen)
                .isNotEmpty()
                .allMatch(message ->
                        message.contains("SLOTH-1004")
                                && message.matches(
                                        "(?s).*of this process need more than \\d+ bytes together.*"));
    }

    @Test
    void a_hook_says_which_limit_it_met() {
        var source = bench.source("");
        var seen =
                failures(scripts -> {
                    try (var hook = scripts.hook(source, Host.Phase.EXECUTE, bench)) {
                        hook.about(new DataTable().with("data", Text.of("x".repeat(100_000))));
                        assertThat(hook.holds("#event.data == 100000")).isTrue();
                    }
                });
        assertThat(seen)
                .isNotEmpty()
                .allMatch(message ->
                        message.endsWith(TOGETHER)
                                || message.contains("of this process need more than"));
    }

    @Test
    void who_found_none_keeps_none() {
        int all = 1 << 20;
        bench.limits = ScriptLimits.DEFAULT.withTotalMemory(all);
        var scripts = bench.scripts();
        var hungry =
                bench.source(
                        Bench.inTask(
                                "kept = {} while true do kept[#kept + 1] = ('x'):rep(1000) end"));
        var other = bench.source(Bench.inTask("return true"));
        try (var holding = scripts.load(hungry, "w", bench.values, bench)) {
            assertThatThrownBy(() -> holding.call(COMMAND, List.of()))
                    .hasMessageEndingWith(TOGETHER);
            for (int i = 0; i < 20; i++) {
                var large = new DataTable().with("i", Text.of("y".repeat(all / 2)));
                assertThatThrownBy(() -> scripts.load(other, "w", large, bench))
                        .isInstanceOf(ScriptFailure.class)
                        .hasMessageEndingWith(TOGETHER);
            }
        }
        try (var script = scripts.load(other, "w", bench.values, bench)) {
            assertThat(script.call(COMMAND, List.of())).containsExactly(Value.Bool.TRUE);
        }
    }
}
