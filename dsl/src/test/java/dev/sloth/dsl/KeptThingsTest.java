package dev.sloth.dsl;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sloth.api.plugin.Function;
import dev.sloth.api.plugin.Module;
import dev.sloth.api.plugin.Results;
import dev.sloth.api.value.DataTable;
import dev.sloth.api.value.ScriptFailure;
import dev.sloth.api.value.Value;
import dev.sloth.api.workflow.FunctionRef;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/// What functions keep and must be closed, such as connections; and modules inside of modules.
final class KeptThingsTest {
    private final Bench bench = new Bench();
    private final AtomicInteger closed = new AtomicInteger();

    /// Something that must be closed.
    private final class Kept implements AutoCloseable {
        @Override
        public void close() {
            closed.incrementAndGet();
        }
    }

    private Module module(String name) {
        return Module.named(name, "A module to try.")
                .functions(
                        Function.named("open")
                                .body(call -> {
                                    var _ = call.host().keep(Kept.class, Kept::new);
                                    return Results.text(name);
                                }));
    }

    @Test
    void they_are_closed_when_the_task_ends_and_again_for_the_next_one() {
        bench.modules.add(module("m"));
        var scripts = bench.scripts();
        var source = bench.source(Bench.inTask("m.open()"));
        for (int i = 1; i <= 3; i++) {
            try (var script = scripts.load(source, "w", bench.values, bench)) {
                var _ = script.call(new FunctionRef("task t command"), List.of());
                assertThat(closed).hasValue(i - 1);
            }
            assertThat(closed).hasValue(i);
        }
    }

    @Test
    void what_functions_give_and_a_script_keeps_is_its_memory() {
        var large = "x".repeat(100_000);
        bench.modules.add(
                Module.named("m", "A module to try.")
                        .functions(Function.named("read").body(_ -> Results.text(large))));
        bench.limits = bench.limits.withExecuting(1_000_000_000, 8 << 20);
        assertThatThrownBy(() -> bench.run("local t = {} for i = 1, 1000 do t[i] = m.read() end"))
                .isInstanceOf(ScriptFailure.class)
                .hasMessageContaining("not enough memory");
        assertThat(bench.run("local n = 0 for i = 1, 1000 do n = n + #m.read() end return n"))
                .containsExactly(new Value.Num(1e8));
    }

    @Test
    void a_large_document_is_the_memory_of_its_script_while_it_is_made() {
        var document = DataTable.list(Collections.nCopies(100_000, DataTable.list(List.of())));
        bench.modules.add(
                Module.named("m", "A module to try.")
                        .functions(Function.named("read").body(_ -> Results.of(document))));
        bench.limits = bench.limits.withExecuting(1_000_000_000, 4 << 20);
        assertThatThrownBy(() -> bench.run("return #m.read()"))
                .isInstanceOf(ScriptFailure.class)
                .hasMessageContaining("not enough memory");
    }

    @Test
    void a_module_whose_name_holds_a_dot_is_a_field_of_another() {
        bench.modules.add(module("m"));
        bench.modules.add(module("m.inner"));
        assertThat(
                        bench.run(
                                "return m.inner.open() .. ' ' .. m.open(), require('m.inner') =="
                                        + " m.inner"))
                .hasToString("[m.inner m, TRUE]");
    }
}
