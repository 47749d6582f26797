package dev.sloth.core.dispatch;

import static dev.sloth.core.dispatch.Desk.LIMITS;
import static dev.sloth.core.dispatch.Desk.order;
import static dev.sloth.core.dispatch.Desk.repeatable;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class AlarmsTest {
    private static final Instant START = Instant.EPOCH;

    private final Alarms alarms = new Alarms();
    private final Desk desk = new Desk();

    private void set(String id, int second) {
        alarms.set(id, Optional.of(START.plusSeconds(second)));
    }

    @Test
    void alarms_ring_in_the_order_of_their_times_and_once() {
        set("b", 2);
        set("a", 2);
        set("c", 1);
        assertThat(alarms.next()).contains(START.plusSeconds(1));
        assertThat(alarms.ring(START)).isEmpty();
        assertThat(alarms.ring(START.plusSeconds(2))).contains("c");
        assertThat(alarms.ring(START.plusSeconds(2))).contains("a");
        assertThat(alarms.ring(START.plusSeconds(2))).contains("b");
        assertThat(alarms.ring(START.plusSeconds(2))).isEmpty();
        assertThat(alarms.next()).isEmpty();
    }

    @Test
    void an_order_has_one_alarm_the_one_that_was_set_last() {
        set("a", 1);
        set("a", 3);
        assertThat(alarms.next()).contains(START.plusSeconds(3));
        alarms.set("a", Optional.empty());
        assertThat(alarms.next()).isEmpty();
    }

    @Test
    void nothing_is_waited_for_once_an_order_has_its_agent() {
        desk.joins("a", 1);
        desk.wanted(order("o1"));
        assertThat(desk.next()).isEmpty();
        desk.wanted(order("o2"));
        assertThat(desk.next()).contains(LIMITS.placeMax());
        desk.ended("a", "o1");
        assertThat(desk.next()).isEmpty();
    }

    @Test
    void an_agent_that_goes_and_comes_leaves_no_alarms_behind() {
        desk.joins("a", 1);
        desk.wanted(repeatable("o1"));
        for (int i = 0; i < 3; i++) {
            desk.leaves("a");
            assertThat(desk.next()).contains(LIMITS.lostRepeatable());
            desk.comes("a", "o1");
            assertThat(desk.next()).isEmpty();
        }
    }

    @Test
    void the_first_time_of_several_counts() {
        desk.joins("a", 1);
        desk.wanted(order("o1"));
        desk.accepted("a", "o1");
        desk.passes(Duration.ofSeconds(1));
        desk.withdrawn("o1");
        assertThat(desk.next()).contains(LIMITS.cancelMax());
        desk.ended("a", "o1");
        assertThat(desk.next()).isEmpty();
    }

    @Test
    void what_is_settled_while_it_waits_is_not_waited_for() {
        desk.joins("a", 1);
        desk.wanted(order("o1"));
        desk.wanted(order("o2"));
        desk.settled("o2");
        assertThat(desk.next()).isEmpty();
    }
}
