package dev.sloth.master;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.sloth.api.workflow.Problem;
import dev.sloth.api.workflow.Problems;
import dev.sloth.master.rpc.RefusalLimits;
import dev.sloth.master.session.MasterEvent;
import dev.sloth.wire.Calling;
import dev.sloth.wire.Dialing;
import dev.sloth.wire.JoinToken;
import dev.sloth.wire.LiveCredentials;
import dev.sloth.wire.Refusals;
import dev.sloth.wire.proto.AgentsGrpc;
import dev.sloth.wire.proto.FromAgent;
import dev.sloth.wire.proto.FromMaster;
import io.grpc.StatusException;
import io.grpc.stub.BlockingClientCall;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.Test;

/// Whoever takes more than a master has to give is held off.
class HoldingOffTest extends AtOneMaster {
    private static final int LOOKS_MAX = 300;
    private static final int LOOK_MILLIS = 100;

    @Test
    void a_session_that_says_no_hello_is_ended_with_a_sentence_on_both_sides() throws Exception {
        var agent = world.joined("web1");
        var own = new LiveCredentials(agent.kept.credentials().orElseThrow());
        var channel = Dialing.as(world.address(), own, world.time);
        try {
            var call = AgentsGrpc.newBlockingV2Stub(channel).session();
            var problem = endedWhileTimePasses(call);
            assertThat(problem.code()).isEqualTo("SLOTH-4727");
            assertThat(problem.message()).contains("no hello within 10 s");
            assertThat(world.await(MasterEvent.Refused.class).problem().code())
                    .isEqualTo("SLOTH-4727");
        } finally {
            Calling.close(channel);
        }
    }

    private Problem endedWhileTimePasses(BlockingClientCall<FromAgent, FromMaster> call)
            throws InterruptedException {
        for (int i = 0; i < LOOKS_MAX; i++) {
            try {
                assertThat(call.read(LOOK_MILLIS, TimeUnit.MILLISECONDS)).isNull();
                throw new AssertionError("it ended without a sentence");
            } catch (TimeoutException _) {
                world.time.move(Duration.ofSeconds(4));
            } catch (StatusException e) {
                return Refusals.read(e, world.address()).list().getFirst();
            }
        }
        throw new AssertionError("nobody ended it");
    }

    private Problem joining(JoinToken token, String name) {
        var agent = world.agent(name);
        try {
            return catchThrowableOfType(
                            Problems.class, () -> agent.link.join(token, World.wish(name)))
                    .list()
                    .getFirst();
        } finally {
            agent.close();
        }
    }

    @Test
    void an_address_that_was_refused_too_often_waits_and_is_told_how_long() throws Exception {
        var good = world.token();
        var revoked = world.token();
        var _ = world.administration().revokeToken(revoked.id());
        for (int i = 0; i < RefusalLimits.DEFAULT.joinsMax(); i++) {
            assertThat(joining(revoked, "a" + i).code()).isEqualTo("SLOTH-4707");
        }
        world.time.move(Duration.ofSeconds(20));
        var problem = joining(good, "web1");
        assertThat(problem.code()).isEqualTo("SLOTH-4728");
        assertThat(problem.remedy()).contains("in 41 s");

        world.time.move(Duration.ofSeconds(40));
        var agent = world.agent("web1");
        agent.link.join(good, World.wish("web1"));
        assertThat(world.administration().agent("web1").state()).isEqualTo("away");
    }
}
