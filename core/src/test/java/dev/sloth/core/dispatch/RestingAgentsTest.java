package dev.sloth.core.dispatch;

import static dev.sloth.core.dispatch.Desk.LIMITS;
import static dev.sloth.core.dispatch.Desk.on;
import static dev.sloth.core.dispatch.Desk.order;
import static dev.sloth.core.dispatch.Desk.reason;
import static dev.sloth.core.dispatch.Desk.said;
import static dev.sloth.core.dispatch.Desk.weightless;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sloth.core.balance.Host;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/// Agents that cannot take an order for now, for example while their disks are full.
class RestingAgentsTest {
    private final Desk desk = new Desk();

    @Test
    void what_one_agent_cannot_take_for_now_comes_to_it_again_when_it_has_rested() {
        desk.joins("a", 1);
        desk.joins("b", 1);
        desk.wanted(on("o1", "a"));
        assertThat(said(desk.declinesForNow("a", "o1"))).isEmpty();
        assertThat(desk.state("o1")).isEmpty();
        assertThat(desk.why("o1"))
                .isEqualTo(
                        "it waits: the agent 'a' takes nothing new; a does not take it: its disk is"
                                + " full");
        assertThat(desk.next()).hasValue(LIMITS.rest());
        assertThat(said(desk.passes(LIMITS.rest().minusMillis(1)))).isEmpty();
        assertThat(said(desk.passes(Duration.ofMillis(1)))).containsExactly("send a o1");
        assertThat(desk.next()).isEmpty();
        assertThat(said(desk.ended("a", "o1"))).containsExactly("done o1", "taken a o1");
    }

    @Test
    void an_order_for_anybody_goes_to_another_at_once_when_one_cannot_take_it_for_now() {
        desk.joins("a", 1);
        desk.joins("b", 1);
        desk.wanted(order("o1"));
        assertThat(said(desk.declinesForNow("a", "o1"))).containsExactly("send b o1");
        assertThat(said(desk.declinesForNow("b", "o1"))).isEmpty();
        assertThat(desk.why("o1"))
                .isEqualTo(
                        "it waits: of 2 that fit, 2 take nothing new; b does not take it: its disk"
                                + " is full");
        assertThat(said(desk.passes(LIMITS.rest()))).containsExactly("send a o1");
    }

    @Test
    void an_agent_that_rests_is_given_nothing_and_what_it_has_goes_on() {
        desk.joins("a", 3);
        desk.wanted(order("o1"));
        desk.accepted("a", "o1");
        desk.wanted(order("o2"));
        desk.declinesForNow("a", "o2");
        assertThat(said(desk.wanted(order("o3")))).isEmpty();
        assertThat(said(desk.wanted(weightless("o4")))).isEmpty();
        // What is told of it otherwise does not end its rest.
        assertThat(said(desk.known(new Host("a", "a", List.of("x"), "", 3, true)))).isEmpty();
        assertThat(said(desk.ended("a", "o1"))).containsExactly("done o1", "taken a o1");
        assertThat(said(desk.passes(LIMITS.rest())))
                .containsExactlyInAnyOrder("send a o2", "send a o3", "send a o4");
    }

    @Test
    void an_order_that_needs_no_slot_waits_for_the_rest_as_well() {
        desk.joins("a", 1);
        desk.wanted(weightless("o1"));
        assertThat(said(desk.declinesForNow("a", "o1"))).isEmpty();
        assertThat(said(desk.passes(LIMITS.rest()))).containsExactly("send a o1");
    }

    @Test
    void an_order_that_an_agent_never_can_take_is_over_in_time_and_says_why() {
        desk.joins("a", 1);
        desk.wanted(on("o1", "a"));
        var rests = LIMITS.placeMax().dividedBy(LIMITS.rest());
        for (int i = 1; i < rests; i++) {
            assertThat(said(desk.declinesForNow("a", "o1"))).isEmpty();
            assertThat(said(desk.passes(LIMITS.rest()))).containsExactly("send a o1");
        }
        assertThat(said(desk.declinesForNow("a", "o1"))).isEmpty();
        var acts = desk.passes(LIMITS.rest());
        assertThat(said(acts)).containsExactly("not begun o1");
        assertThat(reason(acts))
                .isEqualTo(
                        "no agent took it within 600 s; the agent 'a' takes nothing new; a does not"
                                + " take it: its disk is full");
    }

    @Test
    void an_order_that_is_declined_for_now_when_its_time_is_up_still_goes_to_another() {
        desk.joins("a", 1);
        desk.wanted(order("o1"));
        desk.passes(LIMITS.placeMax());
        assertThat(said(desk.declinesForNow("a", "o1"))).isEmpty();
        assertThat(said(desk.joins("b", 1))).containsExactly("send b o1");
        assertThat(said(desk.declinesForNow("b", "o1"))).isEmpty();
        assertThat(said(desk.passes(Duration.ZERO))).containsExactly("not begun o1");
    }

    @Test
    void an_agent_that_rests_and_has_a_new_session_is_given_orders_at_once() {
        desk.joins("a", 1);
        desk.wanted(on("o1", "a"));
        desk.declinesForNow("a", "o1");
        desk.leaves("a");
        assertThat(said(desk.comes("a"))).containsExactly("send a o1");
        assertThat(desk.next()).isEmpty();
    }

    @Test
    void an_agent_that_ends_does_not_begin_anew_when_it_would_have_rested() {
        desk.joins("a", 2);
        desk.wanted(on("o1", "a"));
        desk.wanted(on("o2", "a"));
        desk.declinesLeaving("a", "o1");
        desk.declinesForNow("a", "o2");
        assertThat(said(desk.passes(LIMITS.rest()))).isEmpty();
        desk.leaves("a");
        assertThat(said(desk.comes("a"))).containsExactlyInAnyOrder("send a o1", "send a o2");
    }

    @Test
    void an_order_that_is_withdrawn_before_its_agent_cannot_take_it_or_while_that_rests_is_over() {
        desk.joins("a", 2);
        desk.wanted(on("o1", "a"));
        desk.wanted(on("o2", "a"));
        desk.withdrawn("o1");
        assertThat(said(desk.declinesForNow("a", "o1"))).containsExactly("cancelled o1");
        desk.declinesForNow("a", "o2");
        assertThat(said(desk.withdrawn("o2"))).containsExactly("cancelled o2");
        assertThat(said(desk.passes(LIMITS.rest()))).isEmpty();
        assertThat(desk.next()).isEmpty();
    }

    @Test
    void what_an_older_session_could_not_take_does_not_make_an_agent_rest() {
        desk.joins("a", 1);
        long old = desk.epoch("a");
        desk.leaves("a");
        desk.comes("a");
        desk.take(new Input.Declined("a", old, "o0", "full", Declining.FOR_NOW));
        assertThat(said(desk.wanted(order("o1")))).containsExactly("send a o1");
    }
}
