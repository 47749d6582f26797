package dev.sloth.plugins.goroutine;

import static dev.sloth.plugins.testing.Caller.function;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sloth.plugins.testing.Caller;
import dev.sloth.plugins.testing.TestHost;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/// How many work beside each other.
class WorkersTest {
    private final TestHost host = new TestHost();
    private final Caller go = new Caller(GoroutineModule.module(), host);

    @Test
    void a_number_of_workers_that_is_none_is_shown() throws Exception {
        host.turns.run(() -> {
            assertThatThrownBy(() -> go.call("pool_create", "p", Map.of("workers", 0)))
                    .hasMessage("workers is a number from 1 to 10000, not 0");
            var in = go.call("channel");
            var stages = List.of(Map.of("workers", 0, "fn", function(_ -> List.of())));
            assertThatThrownBy(() -> go.call("pipeline", in, stages))
                    .hasMessage("stages[1].workers is a whole number from 1 to 10000, not 0");
            assertThatThrownBy(() -> go.call("fan_out", in, 0))
                    .hasMessage("n is a whole number from 1 to 10000, not 0");
        });
    }
}
