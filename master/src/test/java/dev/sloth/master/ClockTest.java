package dev.sloth.master;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sloth.agent.link.Admission;
import dev.sloth.agent.link.LinkEvent;
import dev.sloth.api.workflow.Problem;
import dev.sloth.api.workflow.Span;
import dev.sloth.master.session.MasterEvent;
import dev.sloth.wire.JoinToken;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.Optional;
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

    private World.Agent joined() throws Exception {
        var agent = world.agent("web1", new World.Clock());
        agent.link.join(world.token(), World.wish("web1"));
        return agent;
    }

    @Test
    void a_master_whose_clock_is_behind_takes_certificates_that_have_not_begun() throws Exception {
        var agent = joined();
        world.time.move(Duration.ofHours(-1));
        agent.start();
        var _ = agent.await(LinkEvent.Connected.class);
        world.time.move(Duration.ofHours(1));
    }

    @Test
    void an_agent_waits_for_a_master_that_alone_believes_that_its_certificate_is_over()
            throws Exception {
        var agent = joined();
        world.time.move(Duration.ofDays(2));
        agent.start();
        var away = agent.await(LinkEvent.Away.class);
        assertThat(away.why().code()).isEqualTo("SLOTH-4726");
        assertThat(away.why().remedy()).contains("clocks");
        world.time.move(Duration.ofDays(-2));
        var _ = agent.await(LinkEvent.Connected.class);
    }

    @Test
    void an_agent_whose_clock_is_ahead_is_not_at_its_end_for_that() throws Exception {
        var clock = new World.Clock();
        var agent = world.agent("web1", clock);
        agent.link.join(world.token(), World.wish("web1"));
        clock.move(Duration.ofDays(2));
        agent.start();
        assertThat(agent.await(LinkEvent.Away.class).why().remedy()).contains("clock");
        clock.move(Duration.ofDays(-2));
        var _ = agent.await(LinkEvent.Connected.class);
    }

    @Test
    void a_token_is_not_used_because_of_this_machines_clock_alone() throws Exception {
        var own = joined().kept.credentials();
        var token = world.token();
        var ahead = new Admission(own, own.orElseThrow().until().plusSeconds(1));
        assertThat(ahead.holds()).isFalse();
        assertThat(ahead.joinsFirst(token)).isFalse();
        assertThat(ahead.joinsAfter(refusal("SLOTH-4726"))).isTrue();
        assertThat(ahead.joinsAfter(refusal("SLOTH-4702"))).isFalse();

        var right = new Admission(own, own.orElseThrow().until().minusSeconds(1));
        assertThat(right.holds()).isTrue();
        assertThat(right.joinsFirst(token)).isFalse();
        assertThat(right.joinsAfter(refusal("SLOTH-4726"))).isFalse();
    }

    @Test
    void a_token_is_used_at_once_without_a_certificate_and_for_another_master() throws Exception {
        var own = joined().kept.credentials();
        var end = own.orElseThrow().until();
        var other = JoinToken.make(new SecureRandom(), new byte[32]);
        assertThat(new Admission(Optional.empty(), end).joinsFirst(world.token())).isTrue();
        assertThat(new Admission(own, end).joinsFirst(other)).isTrue();
        assertThat(new Admission(own, end.minusSeconds(1)).joinsFirst(other)).isFalse();
    }

    @Test
    void a_token_of_another_master_is_seen_before_anybody_is_asked() throws Exception {
        var agent = joined();
        var own = agent.kept.credentials();
        var now = own.orElseThrow().until().minusSeconds(1);
        var other = JoinToken.make(new SecureRandom(), new byte[32]);
        assertThat(new Admission(own, now).isElsewhere(other)).isTrue();
        assertThat(new Admission(own, now).isElsewhere(world.token())).isFalse();
        assertThat(new Admission(Optional.empty(), now).isElsewhere(other)).isFalse();
        var told = agent.kept.ofAnother().list().getFirst();
        assertThat(told.code()).isEqualTo("SLOTH-4738");
        assertThat(told.message()).contains(agent.data.toString(), "'web1'");
        assertThat(told.remedy()).contains("--data", "without the token");
    }

    private static Problem refusal(String code) {
        return new Problem(code, "", Span.NOWHERE, "");
    }

    @Test
    void an_agent_whose_certificate_is_over_by_both_clocks_ends() throws Exception {
        var clock = new World.Clock();
        var agent = world.agent("web1", clock);
        agent.link.join(world.token(), World.wish("web1"));
        world.time.move(Duration.ofDays(2));
        world.restart();
        clock.move(Duration.ofDays(2));
        agent.start();
        assertThat(agent.end()).isEqualTo("SLOTH-4726");
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
