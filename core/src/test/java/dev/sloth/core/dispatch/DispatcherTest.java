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
