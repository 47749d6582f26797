package dev.sloth.dsl;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sloth.api.plugin.Call;
import dev.sloth.api.plugin.Function;
import dev.sloth.api.plugin.Module;
import dev.sloth.api.plugin.Results;
import dev.sloth.api.plugin.Type;
import dev.sloth.api.value.ScriptFailure;
import dev.sloth.api.value.Value;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// What those take of a script's memory who must not wait for it, such as readers of processes.
final class TakenBesideTest {
    private static final int STEP = 16 << 10;
    private static final int LIMIT = 8 << 20;

    private final Bench bench = new Bench();

    @BeforeEach
    void someFunctionsTakeBeside() {
        bench.limits = bench.limits.withExecuting(200_000_000, LIMIT);
        bench.modules.add(
                Module.named("m", "A module to try.")
                        .functions(
                                Function.named("take")
                                        .param("bytes", Type.NUMBER, "How many.")
                                        .body(call -> Results.of(new Value.Num(taken(call)))),
                                Function.named("spawn")
                                        .param("function", Type.FUNCTION, "What to run beside.")
                                        .body(TakenBesideTest::spawn)));
    }

    /// How much of what is asked for there was.
    private static long taken(Call call) throws InterruptedException, IOException {
        long wanted = call.integer("bytes");
        return call.host()
                .blocking(() -> {
                    long taken = 0;
                    while (taken < wanted && call.tryTake(STEP)) {
                        taken += STEP;
                    }
                    return taken;
                });
    }

    private static List<Value> spawn(Call call) {
        var function = call.function("function");
        call.host().concurrency().spawn(function, List.of(), _ -> {});
        return List.of();
    }

    private double number(String script) {
        return ((Value.Num) bench.run(script).getFirst()).value();
    }

    @Test
    void it_is_held_together_with_what_the_script_has_otherwise() {
        assertThat(number("local x = ('x'):rep(6000000) return m.take(8000000), x"))
                .isBetween(1.5e6, 2.5e6);
    }

    @Test
    void what_the_script_has_no_more_is_there_to_be_taken() {
        assertThat(
                        number(
                                "for i = 1, 30 do local x = ('x'):rep(1500000) .. i end"
                                        + " return m.take(5000000)"))
                .isGreaterThanOrEqualTo(5e6);
    }

    @Test
    void it_is_given_back_when_the_call_is_over() {
        assertThat(
                        number(
                                "local n = 0 for i = 1, 30 do n = n + m.take(6000000) end"
                                        + " local x = ('x'):rep(6000000) return n"))
                .isGreaterThanOrEqualTo(30 * 6e6);
    }

    @Test
    void a_script_that_is_busy_meanwhile_is_refused_what_is_too_much() {
        assertThatThrownBy(() ->
                        bench.run(
                                """
                                local taken
                                local x = ('x'):rep(6000000)
                                m.spawn(function()
                                    local ok, bytes = pcall(m.take, 7000000)
                                    taken = ok and bytes or 0
                                end)
                                while not taken do end
                                if taken < 2500000 then error('not enough memory') end
                                return x\
                                """))
                .isInstanceOf(ScriptFailure.class)
                .hasMessageContaining("not enough memory");
    }

    @Test
    void a_script_that_is_busy_meanwhile_and_keeps_little_is_refused_nothing() {
        assertThat(
                        number(
                                """
                                local taken
                                m.spawn(function() taken = m.take(4000000) end)
                                while not taken do local x = ('x'):rep(100000) end
                                return taken\
                                """))
                .isGreaterThanOrEqualTo(4e6);
    }
}
