package dev.sloth.core.dispatch;

import static dev.sloth.core.dispatch.Desk.LIMITS;
import static dev.sloth.core.dispatch.Desk.on;
import static dev.sloth.core.dispatch.Desk.order;
import static dev.sloth.core.dispatch.Desk.reason;
import static dev.sloth.core.dispatch.Desk.repeatable;
import static dev.sloth.core.dispatch.Desk.said;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sloth.core.balance.Host;
import dev.sloth.core.store.cluster.AgentStanding;
import dev.sloth.core.store.cluster.OrderRow.State;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class LostAgentsTest {
    private final Desk desk = new Desk();

    private void given(String host, String id) {
        desk.joins(host, 1);
        desk.wanted(on(id, host));
        desk.accepted(host, id);
    }

    // ---- sessions

    @Test
    void never_does_news_of_a_session_that_is_over_make_an_agent_pass_for_connected() {
        desk.joins("a", 1);
        desk.leaves("a");
        assertThat(desk.take(new Input.Came("a", desk.epoch("a"), Map.of()))).isEmpty();
        assertThat(said(desk.wanted(order("o1")))).isEmpty();
        assertThat(desk.why("o1")).isEqualTo("it waits: of 1 that fits, 1 is not connected");
        assertThat(said(desk.comes("a"))).containsExactly("send a o1");
    }

    @Test
    void of_what_an_agent_has_that_is_away_it_is_told_since_when_and_until_when() {
        given("a", "o1");
        desk.wanted(on("o2", "a"));
        assertThat(desk.sight("o1").stand()).isEqualTo(OrderSight.Stand.TAKEN);
        assertThat(desk.sight("o1").outlook()).isEmpty();
        assertThat(desk.sight("o2").outlook()).isEqualTo("it is waited until 1970-01-01T00:10:00Z");
        desk.passes(Duration.ofSeconds(60));
        desk.leaves("a");
        assertThat(desk.sight("o1").stand()).isEqualTo(OrderSight.Stand.AWAY);
        assertThat(desk.sight("o1").outlook())
                .isEqualTo(
                        "the agent a is away since 1970-01-01T00:01:00Z: it goes on when that is"
                                + " back, or counts as lost at 1970-01-01T00:11:00Z");
        assertThat(desk.sight("o2").outlook())
                .isEqualTo(
                        "that agent is away since 1970-01-01T00:01:00Z; it is waited until"
                                + " 1970-01-01T00:10:00Z");
        desk.known(new Host("a", "a", List.of("x"), "", 1, true));
        assertThat(desk.sight("o2").since()).isPresent();
        desk.comes("a", "o1");
        assertThat(desk.sight("o1").stand()).isEqualTo(OrderSight.Stand.TAKEN);
        assertThat(desk.sight("o1").outlook()).isEmpty();
        assertThat(desk.sight("o2").since()).isEmpty();
    }

    @Test
    void an_agent_that_came_before_it_was_known_is_connected() {
        desk.comes("a");
        var known = desk.known(new Host("a", "a", List.of(), "", 1, true));
        assertThat(known).isEmpty();
        assertThat(said(desk.wanted(order("o1")))).containsExactly("send a o1");
    }

    @Test
    void what_is_said_in_an_older_session_counts_for_nothing() {
        desk.joins("a", 1);
        desk.wanted(order("o1"));
        long old = desk.epoch("a");
        desk.comes("a");
        assertThat(desk.take(new Input.Left("a", old, Duration.ZERO))).isEmpty();
        assertThat(desk.take(new Input.Accepted("a", old, "o1"))).isEmpty();
        assertThat(desk.take(new Input.Declined("a", old, "o1", "no", Declining.NEVER))).isEmpty();
        assertThat(desk.take(new Input.Ended("a", old, "o1", Desk.result("o1")))).isEmpty();
        assertThat(said(desk.accepted("a", "o1"))).isEmpty();
        assertThat(said(desk.ended("a", "o1"))).containsExactly("done o1", "taken a o1");
    }

    @Test
    void an_agent_that_was_silent_before_its_session_ended_was_away_by_then() {
        desk.joins("a", 1);
        desk.wanted(Desk.repeatable("o1"));
        desk.accepted("a", "o1");
        desk.take(new Input.Left("a", desk.epoch("a"), Duration.ofMillis(2_500)));
        assertThat(said(desk.passes(Duration.ofMillis(999)))).isEmpty();
        assertThat(said(desk.passes(Duration.ofMillis(1)))).containsExactly("unknown o1");
    }

    @Test
    void an_agent_that_was_silent_for_longer_than_is_waited_for_is_lost_at_once() {
        desk.joins("a", 1);
        desk.wanted(Desk.repeatable("o1"));
        desk.accepted("a", "o1");
        desk.take(new Input.Left("a", desk.epoch("a"), Duration.ofSeconds(30)));
        assertThat(said(desk.passes(Duration.ofMillis(1)))).containsExactly("unknown o1");
    }

    @Test
    void an_agent_that_comes_back_is_sent_what_has_not_come_to_it() {
        desk.joins("a", 2);
        desk.wanted(order("o1"));
        desk.wanted(order("o2"));
        desk.leaves("a");
        assertThat(said(desk.comes("a", "o2"))).containsExactly("send a o1");
        assertThat(desk.state("o2")).contains(State.ACCEPTED);
    }

    @Test
    void an_agent_that_comes_with_an_order_whose_end_is_kept_is_told_that_it_was_taken() {
        given("a", "o1");
        desk.ended("a", "o1");
        assertThat(said(desk.comes("a", "o1"))).containsExactly("taken a o1");
        desk.settled("o1");
        assertThat(said(desk.comes("a", "o1"))).containsExactly("forget a o1");
    }

    @Test
    void an_agent_that_tells_an_end_twice_is_told_twice_that_it_was_taken() {
        given("a", "o1");
        assertThat(said(desk.ended("a", "o1"))).containsExactly("done o1", "taken a o1");
        assertThat(said(desk.ended("a", "o1"))).containsExactly("taken a o1");
        desk.settled("o1");
        assertThat(said(desk.ended("a", "o1"))).containsExactly("forget a o1");
    }

    // ---- agents that are away

    @Test
    void an_order_stays_with_an_agent_that_is_away_for_a_while() {
        given("a", "o1");
        desk.leaves("a");
        assertThat(desk.passes(LIMITS.lost().minusSeconds(1))).isEmpty();
        desk.comes("a", "o1");
        assertThat(desk.passes(LIMITS.lost())).isEmpty();
        assertThat(said(desk.ended("a", "o1"))).containsExactly("done o1", "taken a o1");
    }

    @Test
    void nobody_can_tell_of_an_order_whose_agent_is_away_for_too_long() {
        given("a", "o1");
        desk.leaves("a");
        var acts = desk.passes(LIMITS.lost());
        assertThat(said(acts)).containsExactly("unknown o1");
        assertThat(reason(acts))
                .isEqualTo("the agent a went away and did not come back within 600 s");
        assertThat(desk.state("o1")).contains(State.GIVEN_UP);
        assertThat(said(desk.comes("a", "o1"))).containsExactly("forget a o1");
        assertThat(said(desk.ended("a", "o1"))).containsExactly("forget a o1");
    }

    @Test
    void an_order_that_may_be_done_twice_is_given_up_early() {
        desk.joins("a", 1);
        desk.wanted(repeatable("o1"));
        desk.leaves("a");
        var acts = desk.passes(LIMITS.lostRepeatable());
        assertThat(reason(acts))
                .isEqualTo("the agent a went away and did not come back within 3 s");
    }

    @Test
    void who_asks_again_does_not_make_the_wait_for_an_agent_longer() {
        given("a", "o1");
        desk.leaves("a");
        desk.passes(Duration.ofMinutes(1));
        desk.wanted(on("o1", "a"));
        assertThat(desk.next()).contains(LIMITS.lost().minusMinutes(1));
    }

    @Test
    void no_order_is_given_up_while_nobody_wants_to_know() {
        given("a", "o1");
        desk.restarts();
        desk.comes("a", "o1");
        desk.leaves("a");
        assertThat(desk.next()).isEmpty();
        assertThat(desk.passes(LIMITS.lost().multipliedBy(2))).isEmpty();
        desk.comes("a", "o1");
        assertThat(said(desk.ended("a", "o1"))).containsExactly("taken a o1");
        assertThat(said(desk.wanted(on("o1", "a")))).containsExactly("done o1");
    }

    @Test
    void after_a_restart_an_agent_that_does_not_come_is_waited_for_from_when_somebody_asks() {
        given("a", "o1");
        desk.restarts();
        assertThat(said(desk.wanted(on("o1", "a")))).isEmpty();
        assertThat(desk.next()).contains(LIMITS.lost());
    }

    @Test
    void who_asks_after_a_restart_for_what_was_given_up_is_told_why() {
        given("a", "o1");
        desk.leaves("a");
        desk.passes(LIMITS.lost());
        desk.restarts();
        var acts = desk.wanted(on("o1", "a"));
        assertThat(said(acts)).containsExactly("unknown o1");
        assertThat(reason(acts))
                .isEqualTo(
                        "given to a: it is the one that was asked for; the agent a went away and"
                                + " did not come back within 600 s");
    }

    @Test
    void an_agent_that_has_lost_its_journal_leaves_an_order_of_which_nobody_can_tell() {
        given("a", "o1");
        var acts = desk.comes("a");
        assertThat(said(acts)).containsExactly("unknown o1");
        assertThat(reason(acts)).isEqualTo("the agent a has no record of it any more");
    }

    @Test
    void a_slot_of_an_order_that_is_given_up_is_free() {
        given("a", "o1");
        desk.wanted(order("o2"));
        assertThat(said(desk.comes("a"))).containsExactly("unknown o1", "send a o2");
    }

    @Test
    void the_orders_of_an_agent_that_is_removed_are_given_up() {
        given("a", "o1");
        desk.wanted(on("o2", "a"));
        var acts = desk.take(new Input.Removed("a", AgentStanding.REMOVED));
        assertThat(said(acts)).containsExactly("unknown o1", "not begun o2");
        assertThat(reason(acts)).isEqualTo("the agent a was removed");
        assertThat(desk.settled("o1")).containsExactly(new Act.Drop("o1"));
    }

    @Test
    void of_a_revoked_agent_it_is_told_that_it_was_revoked() {
        given("a", "o1");
        var acts = desk.take(new Input.Removed("a", AgentStanding.REVOKED));
        assertThat(reason(acts)).isEqualTo("the agent a was revoked");
    }

    // ---- cancelling

    @Test
    void an_order_is_cancelled_by_its_agent_whose_word_is_what_came_of_it() {
        given("a", "o1");
        assertThat(said(desk.withdrawn("o1"))).containsExactly("cancel a o1");
        assertThat(said(desk.withdrawn("o1"))).isEmpty();
        assertThat(said(desk.ended("a", "o1"))).containsExactly("done o1", "taken a o1");
    }

    @Test
    void an_agent_that_does_not_end_what_was_cancelled_is_not_waited_for_for_ever() {
        given("a", "o1");
        desk.withdrawn("o1");
        assertThat(desk.passes(LIMITS.cancelMax().minusSeconds(1))).isEmpty();
        var acts = desk.passes(Duration.ofSeconds(1));
        assertThat(said(acts)).containsExactly("cancelled o1");
        assertThat(reason(acts))
                .isEqualTo("cancelled, but the agent a does not say that it has ended");
        assertThat(said(desk.ended("a", "o1"))).containsExactly("forget a o1");
    }

    @Test
    void what_is_cancelled_while_its_agent_is_away_is_over_at_once_and_ended_when_that_comes() {
        given("a", "o1");
        desk.leaves("a");
        assertThat(said(desk.withdrawn("o1"))).containsExactly("cancelled o1");
        assertThat(said(desk.comes("a", "o1"))).containsExactly("forget a o1");
    }

    @Test
    void what_is_cancelled_is_over_when_its_agent_goes_away_or_is_removed() {
        given("a", "o1");
        given("b", "o2");
        desk.withdrawn("o1");
        desk.withdrawn("o2");
        assertThat(said(desk.leaves("a"))).containsExactly("cancelled o1");
        assertThat(said(desk.take(new Input.Removed("b", AgentStanding.REMOVED))))
                .containsExactly("cancelled o2");
    }
}
