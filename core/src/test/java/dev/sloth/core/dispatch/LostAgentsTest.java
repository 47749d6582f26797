package dev.sloth.core.dispatch;

import static dev.sloth.core.dispatch.Desk.order;
import static dev.sloth.core.dispatch.Desk.said;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sloth.core.balance.Host;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class LostAgentsTest {
    private final Desk desk = new Desk();

    @Test
    void never_does_news_of_a_session_that_is_over_make_an_agent_pass_for_connected() {
        desk.joins("a", 1);
        desk.leaves("a");
        assertThat(desk.take(new Input.Came("a", desk.epoch("a"), Map.of()))).isEmpty();
        assertThat(said(desk.wanted(order("o1")))).isEmpty();
        assertThat(desk.why("o1")).isEqualTo("it waits: of 1 that fit, 1 are not connected");
        assertThat(said(desk.comes("a"))).containsExactly("send a o1");
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
        assertThat(desk.take(new Input.Left("a", old))).isEmpty();
        assertThat(desk.take(new Input.Accepted("a", old, "o1"))).isEmpty();
        assertThat(desk.take(new Input.Declined("a", old, "o1", "no"))).isEmpty();
        assertThat(desk.take(new Input.Ended("a", old, "o1", Desk.result("o1")))).isEmpty();
        assertThat(said(desk.accepted("a", "o1"))).isEmpty();
        assertThat(said(desk.ended("a", "o1"))).containsExactly("done o1", "taken a o1");
    }
}
