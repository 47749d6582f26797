package dev.sloth.core.dispatch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sloth.core.balance.Host;
import dev.sloth.core.balance.Want;
import dev.sloth.core.select.Selector;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// Ten thousand agents, and three orders for each at once. What goes through all agents or all
/// orders for each order takes minutes here; else it is about a second.
class DispatchSpeedTest {
    private static final int AGENTS = 10_000;
    private static final int ORDERS = 30_000;
    private static final int SECONDS_MAX = 60;

    private final Dispatcher dispatcher = new Dispatcher(DispatchLimits.DEFAULT, 1);
    private final Queue<Act.Message.Send> sent = new ArrayDeque<>();

    private void take(Input input) {
        for (var act : dispatcher.take(Instant.EPOCH, input)) {
            if (act instanceof Act.Message.Send send) {
                sent.add(send);
            }
        }
    }

    private int doAll() {
        int done = 0;
        while (!sent.isEmpty()) {
            var next = sent.remove();
            var id = next.order().id();
            take(new Input.Accepted(next.host(), next.epoch(), id));
            take(new Input.Ended(next.host(), next.epoch(), id, new byte[0]));
            take(new Input.Settled(id));
            done++;
        }
        return done;
    }

    private void agents() {
        for (int i = 0; i < AGENTS; i++) {
            take(new Input.Known(new Host("a" + i, "a" + i, List.of("web"), "", 1, true)));
            take(new Input.Came("a" + i, 1, Map.of()));
        }
    }

    @Test
    @Timeout(value = SECONDS_MAX, unit = TimeUnit.SECONDS)
    void many_orders_that_wait_for_any_of_many_agents_are_placed_at_once() {
        agents();
        for (int i = 0; i < ORDERS; i++) {
            take(
                    new Input.Wanted(
                            Desk.order("o" + i, new Want.Matching(Selector.of("'web' in tags")))));
        }
        assertThat(doAll()).isEqualTo(ORDERS);
    }

    @Test
    @Timeout(value = SECONDS_MAX, unit = TimeUnit.SECONDS)
    void many_orders_that_wait_for_one_agent_each_are_placed_at_once() {
        agents();
        for (int i = 0; i < ORDERS; i++) {
            take(new Input.Wanted(Desk.on("o" + i, "a" + i % AGENTS)));
        }
        assertThat(doAll()).isEqualTo(ORDERS);
    }
}
