package dev.sloth.core.dispatch;

import static dev.sloth.core.dispatch.Desk.on;
import static dev.sloth.core.dispatch.Desk.order;
import static dev.sloth.core.dispatch.Desk.said;
import static dev.sloth.core.dispatch.Desk.weightless;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class DispatcherTest {
    private final Desk desk = new Desk();

    @Test
    void an_order_that_is_wanted_again_is_not_sent_again_in_one_session() {
        desk.joins("a", 1);
        assertThat(said(desk.wanted(order("o1")))).containsExactly("send a o1");
        assertThat(said(desk.wanted(order("o1")))).isEmpty();
        desk.leaves("a");
        assertThat(said(desk.comes("a"))).containsExactly("send a o1");
        assertThat(said(desk.wanted(order("o1")))).isEmpty();
    }

    @Test
    void an_order_that_is_declined_goes_to_another_agent() {
        desk.joins("a", 1);
        desk.joins("b", 1);
        desk.wanted(order("o1"));
        assertThat(said(desk.declined("a", "o1"))).containsExactly("send b o1");
        assertThat(desk.row("o1").agent()).isEqualTo("b");
        assertThat(said(desk.declined("a", "o1"))).isEmpty();
    }

    @Test
    void never_does_an_order_that_was_withdrawn_go_to_another_agent() {
        desk.joins("a", 1);
        desk.joins("b", 1);
        desk.wanted(order("o1"));
        assertThat(said(desk.withdrawn("o1"))).containsExactly("cancel a o1");
        assertThat(said(desk.declined("a", "o1"))).containsExactly("cancelled o1");
        assertThat(desk.state("o1")).isEmpty();
    }

    @Test
    void who_asks_again_for_an_order_that_nobody_began_is_told_the_same_until_it_is_settled() {
        assertThat(said(desk.wanted(on("o1", "a")))).containsExactly("not begun o1");
        desk.joins("a", 1);
        assertThat(said(desk.wanted(on("o1", "a")))).containsExactly("not begun o1");
        assertThat(desk.settled("o1")).isEmpty();
        assertThat(desk.why("o1")).isEmpty();
    }

    @Test
    void never_is_an_order_given_to_an_agent_after_its_cancellation_was_told() {
        desk.joins("a", 1);
        desk.wanted(order("o1"));
        desk.wanted(order("o2"));
        assertThat(said(desk.withdrawn("o2"))).containsExactly("cancelled o2");
        desk.accepted("a", "o1");
        desk.ended("a", "o1");
        assertThat(said(desk.wanted(order("o2")))).containsExactly("cancelled o2");
        assertThat(desk.withdrawn("o2")).isEmpty();
    }

    @Test
    void who_asks_again_for_an_order_that_was_cancelled_is_told_so_and_not_that_nobody_can_tell() {
        desk.joins("a", 1);
        desk.wanted(order("o1"));
        desk.accepted("a", "o1");
        desk.leaves("a");
        assertThat(said(desk.withdrawn("o1"))).containsExactly("cancelled o1");
        assertThat(said(desk.wanted(order("o1")))).containsExactly("cancelled o1");
    }

    @Test
    void a_slot_is_used_again_whatever_made_it_free() {
        desk.joins("a", 1);
        desk.joins("b", 1);
        desk.wanted(on("o1", "a"));
        desk.wanted(on("o2", "b"));
        desk.wanted(order("o3"));
        desk.wanted(on("o4", "a"));
        assertThat(said(desk.declined("b", "o2"))).contains("send b o3");
        assertThat(said(desk.settled("o1"))).contains("forget a o1", "send a o4");
    }

    @Test
    void an_order_that_needs_no_slot_does_not_wait_for_one_that_does() {
        desk.joins("a", 1);
        desk.wanted(order("o1"));
        desk.leaves("a");
        desk.wanted(order("o2"));
        desk.wanted(weightless("o3"));
        assertThat(said(desk.comes("a", "o1"))).containsExactly("send a o3");
    }

    @Test
    void after_a_restart_an_order_that_needs_no_slot_gives_it_back_once_that_is_known() {
        desk.joins("a", 1);
        desk.wanted(weightless("o1"));
        desk.restarts();
        desk.comes("a", "o1");
        assertThat(said(desk.wanted(order("o2")))).isEmpty();
        assertThat(said(desk.wanted(weightless("o1")))).containsExactly("send a o2");
    }

    @Test
    void an_order_that_is_declined_while_nobody_wants_it_takes_no_slot_and_is_given_anew_later() {
        desk.joins("a", 1);
        desk.wanted(order("o1"));
        desk.restarts();
        desk.comes("a");
        assertThat(said(desk.declined("a", "o1"))).isEmpty();
        assertThat(desk.state("o1")).isEmpty();
        assertThat(said(desk.wanted(order("o2")))).containsExactly("send a o2");
        assertThat(said(desk.settled("o2"))).containsExactly("forget a o2");
        assertThat(said(desk.wanted(order("o1")))).containsExactly("send a o1");
    }

    @Test
    void what_is_withdrawn_while_its_agent_certainly_does_not_have_it_is_over_at_once() {
        desk.joins("a", 1);
        desk.wanted(order("o1"));
        desk.restarts();
        desk.comes("a");
        desk.withdrawn("o1");
        assertThat(desk.state("o1")).isEmpty();
        assertThat(said(desk.wanted(order("o1")))).containsExactly("cancelled o1");
    }

    @Test
    void what_was_withdrawn_and_has_not_come_to_its_agent_does_not_when_that_comes_anew() {
        desk.joins("a", 1);
        desk.wanted(order("o1"));
        desk.withdrawn("o1");
        assertThat(said(desk.comes("a"))).containsExactly("cancelled o1");
        assertThat(desk.state("o1")).isEmpty();
    }

    @Test
    void what_was_withdrawn_and_has_come_to_its_agent_is_ended_there_when_that_comes_anew() {
        desk.joins("a", 1);
        desk.wanted(order("o1"));
        desk.withdrawn("o1");
        assertThat(said(desk.comes("a", "o1"))).containsExactly("cancel a o1");
        assertThat(said(desk.ended("a", "o1"))).containsExactly("done o1", "taken a o1");
    }

    @Test
    void orders_that_were_given_before_a_restart_take_the_slots_of_their_agents() {
        desk.joins("a", 1);
        desk.wanted(order("o1"));
        desk.accepted("a", "o1");
        desk.restarts();
        desk.comes("a", "o1");
        assertThat(said(desk.wanted(order("o2")))).isEmpty();
        assertThat(said(desk.ended("a", "o1"))).contains("send a o2");
    }
}
