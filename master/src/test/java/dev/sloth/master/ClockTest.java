package dev.sloth.master;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sloth.agent.link.LinkEvent;
import dev.sloth.master.session.MasterEvent;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/// Agents whose clocks are off.
class ClockTest extends AtOneMaster {
    private void bothSidesAreToldOf(Duration off) throws Exception {
        var clock = new World.Clock();
        clock.move(off);
        var agent = world.agent("web1", clock);
        agent.link.join(world.token(), World.wish("web1"));
        agent.start();

        var here = agent.await(LinkEvent.Clock.class).offset();
        var there = world.await(MasterEvent.Clock.class);
        assertThat(here.ahead()).isEqualTo(off);
        assertThat(there.offset().ahead()).isEqualTo(off);
        assertThat(there.agent()).isEqualTo("web1");
        assertThat(here.isRight()).isFalse();
        var seen = world.administration().agent("web1");
        assertThat(seen.state()).isEqualTo("connected");
        assertThat(seen.clockAhead()).isEqualTo(off);

        clock.move(off.negated());
        assertThat(agent.await(LinkEvent.Clock.class).offset().isRight()).isTrue();
        assertThat(world.await(MasterEvent.Clock.class).offset().isRight()).isTrue();
        assertThat(world.administration().agent("web1").clockAhead()).isZero();
    }

    @Test
    void an_agent_whose_clock_is_an_hour_ahead_is_connected_and_both_are_told() throws Exception {
        bothSidesAreToldOf(Duration.ofHours(1));
    }

    @Test
    void an_agent_whose_clock_is_an_hour_behind_is_connected_and_both_are_told() throws Exception {
        bothSidesAreToldOf(Duration.ofHours(-1));
    }
}
