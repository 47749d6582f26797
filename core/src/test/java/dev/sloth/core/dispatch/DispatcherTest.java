package dev.sloth.core.dispatch;

import static dev.sloth.core.dispatch.Desk.LIMITS;
import static dev.sloth.core.dispatch.Desk.on;
import static dev.sloth.core.dispatch.Desk.order;
import static dev.sloth.core.dispatch.Desk.reason;
import static dev.sloth.core.dispatch.Desk.said;
import static dev.sloth.core.dispatch.Desk.weightless;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sloth.core.balance.Host;
import dev.sloth.core.balance.Want;
import dev.sloth.core.select.Selector;
import dev.sloth.core.store.cluster.AgentStanding;
import dev.sloth.core.store.cluster.OrderRow.State;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class DispatcherTest {
    private final Desk desk = new Desk();

    private static Host host(String id, List<String> tags, boolean accepts) {
        return new Host(id, id, tags, "", 1, accepts);
    }

    // ---- the way of an order

    @Test
    void an_order_is_kept_before_it_is_sent_and_its_end_before_that_is_told() {
        desk.joins("a", 1);
        var given = desk.wanted(order("o1"));
        assertThat(given).hasExactlyElementsOfTypes(Act.Keep.class, Act.Message.Send.class);
        assertThat(desk.state("o1")).contains(State.GIVEN);
        assertThat(desk.accepted("a", "o1")).hasExactlyElementsOfTypes(Act.Keep.class);
        assertThat(desk.state("o1")).contains(State.ACCEPTED);
        assertThat(desk.accepted("a", "o1")).isEmpty();
        assertThat(desk.ended("a", "o1"))
                .hasExactlyElementsOfTypes(
                        Act.Keep.class, Act.Answer.class, Act.Message.Taken.class);
        assertThat(desk.state("o1")).contains(State.ENDED);
        assertThat(desk.row("o1").result()).isEqualTo(Desk.result("o1"));
        assertThat(desk.settled("o1")).containsExactly(new Act.Drop("o1"));
        assertThat(desk.settled("o1")).isEmpty();
    }

    @Test
    void a_row_says_who_has_the_order_and_why() {
        desk.joins("a", 1);
        desk.joins("b", 2);
        desk.wanted(order("o1"));
        desk.wanted(order("o2"));
        var row = desk.row("o2");
        assertThat(row.run()).isEqualTo("run");
        assertThat(row.agent()).isEqualTo("b");
        assertThat(row.why()).isEqualTo("given to b: the least busy that fits: b 0/2");
        assertThat(row.shardEpoch()).isEqualTo(1);
        assertThat(row.givenAt()).isEqualTo(Instant.EPOCH);
        assertThat(desk.why("o2")).isEqualTo(row.why());
    }

    @Test
    void why_an_agent_was_chosen_before_it_was_named_is_kept_with_the_order() {
        desk.joins("a", 1);
        var named = new Want.Named("a");
        desk.wanted(new Order("o1", "run", named, "one of two", false, false, new byte[0]));
        assertThat(desk.row("o1").why()).isEqualTo("given to a: one of two");
    }

    @Test
    void an_end_that_is_told_before_its_order_was_accepted_counts() {
        desk.joins("a", 1);
        desk.wanted(order("o1"));
        assertThat(said(desk.ended("a", "o1"))).containsExactly("done o1", "taken a o1");
        assertThat(desk.accepted("a", "o1")).isEmpty();
        assertThat(desk.declined("a", "o1")).isEmpty();
        assertThat(desk.state("o1")).contains(State.ENDED);
    }

    @Test
    void an_end_that_was_kept_never_changes() {
        desk.joins("a", 1);
        desk.wanted(order("o1"));
        desk.ended("a", "o1");
        var other = "another".getBytes(StandardCharsets.UTF_8);
        desk.take(new Input.Ended("a", desk.epoch("a"), "o1", other));
        assertThat(desk.row("o1").result()).isEqualTo(Desk.result("o1"));
    }

    @Test
    void who_asks_after_a_restart_for_what_has_ended_is_told_what_came_of_it() {
        desk.joins("a", 1);
        desk.wanted(order("o1"));
        desk.ended("a", "o1");
        desk.restarts();
        assertThat(said(desk.wanted(order("o1")))).containsExactly("done o1");
        assertThat(desk.settled("o1")).containsExactly(new Act.Drop("o1"));
    }

    @Test
    void an_agent_that_ends_what_another_has_is_to_forget_it() {
        desk.joins("a", 1);
        desk.joins("b", 1);
        desk.wanted(on("o1", "a"));
        assertThat(said(desk.ended("b", "o1"))).containsExactly("forget b o1");
        assertThat(said(desk.accepted("b", "o1"))).isEmpty();
        assertThat(desk.state("o1")).contains(State.GIVEN);
        assertThat(said(desk.comes("b", "o1"))).containsExactly("forget b o1");
    }

    @Test
    void what_is_settled_while_an_agent_has_it_is_to_be_forgotten_there_now_or_when_it_comes() {
        desk.joins("a", 2);
        desk.wanted(order("o1"));
        desk.wanted(order("o2"));
        assertThat(said(desk.settled("o1"))).containsExactly("forget a o1");
        desk.leaves("a");
        assertThat(said(desk.settled("o2"))).isEmpty();
        assertThat(said(desk.comes("a", "o2"))).containsExactly("forget a o2");
    }

    // ---- waiting

    @Test
    void orders_wait_for_a_slot_and_are_given_in_their_order() {
        desk.joins("a", 1);
        desk.wanted(order("o1"));
        desk.wanted(order("o2"));
        desk.wanted(order("o3"));
        assertThat(desk.why("o2")).isEqualTo("it waits: of 1 that fits, full: a 1/1");
        assertThat(said(desk.ended("a", "o1"))).contains("send a o2");
        assertThat(said(desk.ended("a", "o2"))).contains("send a o3");
    }

    @Test
    void an_order_that_asks_for_less_does_not_wait_behind_one_that_cannot_be_placed() {
        desk.known(host("gpu", List.of("gpu"), true));
        desk.joins("a", 1);
        desk.wanted(order("o1"));
        desk.wanted(order("o2", new Want.Matching(Selector.of("'gpu' in tags"))));
        desk.wanted(on("o3", "a"));
        assertThat(said(desk.ended("a", "o1"))).contains("send a o3");
        assertThat(said(desk.comes("gpu"))).containsExactly("send gpu o2");
    }

    @Test
    void an_order_that_nobody_takes_in_time_was_not_begun() {
        desk.joins("a", 1);
        desk.wanted(order("o1"));
        desk.wanted(order("o2"));
        assertThat(desk.passes(LIMITS.placeMax().minusSeconds(1))).isEmpty();
        var acts = desk.passes(Duration.ofSeconds(1));
        assertThat(said(acts)).containsExactly("not begun o2");
        assertThat(reason(acts))
                .isEqualTo("no agent took it within 600 s; of 1 that fits, full:" + " a 1/1");
        assertThat(said(desk.ended("a", "o1"))).doesNotContain("send a o2");
    }

    @Test
    void an_order_that_no_agent_will_ever_fit_does_not_wait() {
        desk.joins("a", 1);
        var acts = desk.wanted(order("o1", new Want.Matching(Selector.of("'gpu' in tags"))));
        assertThat(reason(acts))
                .isEqualTo(
                        "there is no agent that fits: an agent with `'gpu' in tags`"
                                + " [SLOTH-4762]");
    }

    @Test
    void an_order_that_waits_for_agents_that_are_no_more_or_fit_no_more_is_over() {
        desk.known(host("gpu", List.of("gpu"), true));
        desk.known(host("b", List.of(), true));
        desk.wanted(order("o1", new Want.Matching(Selector.of("'gpu' in tags"))));
        desk.wanted(on("o2", "b"));
        assertThat(said(desk.known(host("gpu", List.of(), true)))).containsExactly("not begun o1");
        assertThat(said(desk.take(new Input.Removed("b", AgentStanding.REMOVED))))
                .containsExactly("not begun o2");
    }

    @Test
    void a_drained_agent_keeps_what_it_has_and_is_given_more_when_it_takes_more() {
        desk.joins("a", 1);
        desk.wanted(order("o1"));
        desk.known(host("a", List.of(), false));
        desk.wanted(order("o2"));
        assertThat(said(desk.ended("a", "o1"))).containsExactly("done o1", "taken a o1");
        assertThat(said(desk.known(host("a", List.of(), true)))).containsExactly("send a o2");
    }

    @Test
    void an_order_that_all_decline_was_not_begun_and_says_who_declined_last() {
        desk.joins("a", 1);
        desk.wanted(order("o1"));
        var acts = desk.declined("a", "o1");
        assertThat(said(acts)).containsExactly("not begun o1");
        assertThat(reason(acts))
                .isEqualTo(
                        "there is no agent that fits: any agent, other than those that did not"
                                + " take it [SLOTH-4762]; a does not take it: no");
        assertThat(desk.state("o1")).isEmpty();
    }

    @Test
    void an_order_for_one_agent_goes_to_nobody_else_when_that_declines() {
        desk.joins("a", 1);
        desk.joins("b", 1);
        desk.wanted(on("o1", "a"));
        assertThat(reason(desk.declined("a", "o1"))).isEqualTo("a does not take it: no");
    }

    // ---- what went wrong once

    @Test
    void what_an_agent_that_ends_does_not_take_waits_for_its_next_start() {
        desk.joins("a", 1);
        desk.wanted(on("o1", "a"));
        assertThat(said(desk.declinesLeaving("a", "o1"))).isEmpty();
        assertThat(desk.state("o1")).isEmpty();
        assertThat(desk.why("o1")).isEqualTo("it waits: the agent 'a' takes nothing new");
        assertThat(said(desk.wanted(on("o2", "a")))).isEmpty();
        // What is told of it otherwise does not make it stay.
        assertThat(said(desk.known(new Host("a", "a", List.of("x"), "", 1, true)))).isEmpty();
        assertThat(said(desk.leaves("a"))).isEmpty();
        assertThat(desk.why("o1")).isEqualTo("it waits: the agent 'a' is not connected");
        assertThat(said(desk.comes("a"))).containsExactly("send a o1");
        assertThat(desk.next()).hasValue(Desk.LIMITS.placeMax());
    }

    @Test
    void what_an_agent_that_ends_does_not_take_goes_to_another_that_fits() {
        desk.joins("a", 1);
        desk.wanted(order("o1"));
        desk.joins("b", 1);
        assertThat(said(desk.declinesLeaving("a", "o1"))).containsExactly("send b o1");
        assertThat(said(desk.declinesLeaving("b", "o1"))).isEmpty();
        desk.leaves("a");
        assertThat(said(desk.comes("a"))).containsExactly("send a o1");
    }

    @Test
    void an_order_that_was_withdrawn_is_over_when_its_agent_ends_without_it() {
        desk.joins("a", 1);
        desk.wanted(order("o1"));
        desk.withdrawn("o1");
        assertThat(said(desk.declinesLeaving("a", "o1"))).containsExactly("cancelled o1");
    }

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
    void what_is_withdrawn_when_its_agent_came_without_it_is_over_at_once() {
        desk.joins("a", 1);
        desk.wanted(order("o1"));
        desk.restarts();
        desk.comes("a");
        desk.withdrawn("o1");
        assertThat(desk.state("o1")).contains(State.GIVEN_UP);
        assertThat(said(desk.wanted(order("o1")))).containsExactly("cancelled o1");
    }

    @Test
    void what_was_withdrawn_and_has_not_come_to_its_agent_is_not_sent_when_that_comes_anew() {
        desk.joins("a", 1);
        desk.wanted(order("o1"));
        desk.withdrawn("o1");
        var acts = desk.comes("a");
        assertThat(said(acts)).containsExactly("cancelled o1");
        assertThat(reason(acts)).isEqualTo("cancelled, and the agent a came without it");
    }

    /// Seed 5550894737134885093:32: the hello of an older connection came after that of a newer
    /// one, on which the order was still on its way.
    @Test
    void what_an_agent_came_without_may_have_come_to_it_all_the_same() {
        desk.joins("a", 1);
        desk.wanted(order("o1"));
        desk.withdrawn("o1");
        desk.comes("a");
        desk.restarts();
        assertThat(said(desk.wanted(order("o1")))).containsExactly("unknown o1");
        assertThat(said(desk.comes("a", "o1"))).containsExactly("forget a o1");
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
