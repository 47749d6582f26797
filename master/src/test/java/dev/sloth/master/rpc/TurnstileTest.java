package dev.sloth.master.rpc;

import static org.assertj.core.api.Assertions.assertThat;

import io.grpc.Attributes;
import io.grpc.Grpc;
import io.grpc.netty.shaded.io.netty.channel.embedded.EmbeddedChannel;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// Only so many say at once who they are.
class TurnstileTest {
    private final Turnstile turnstile = new Turnstile();
    private final EmbeddedChannel listening = new EmbeddedChannel(turnstile);

    private final List<Coming> come = new ArrayList<>();

    /// A connection that somebody has made.
    private static final class Coming extends EmbeddedChannel {
        private final int number;

        Coming(int number) {
            this.number = number;
        }

        @Override
        public SocketAddress remoteAddress() {
            return new InetSocketAddress(InetAddress.getLoopbackAddress(), number);
        }

        void end() {
            var _ = close();
        }
    }

    @BeforeEach
    void begin() {
        listening.freezeTime();
    }

    @AfterEach
    void end() {
        come.forEach(Coming::end);
        var _ = listening.close();
    }

    private void come(int count) {
        for (int i = 0; i < count; i++) {
            var next = new Coming(1 + come.size());
            come.add(next);
            boolean _ = listening.writeInbound(next);
            assertThat(listening.<Object>readInbound()).as("is passed on").isSameAs(next);
        }
    }

    private boolean isOpen() {
        listening.runPendingTasks();
        return listening.config().isAutoRead();
    }

    private void isReady(Coming one) {
        var attributes =
                Attributes.newBuilder()
                        .set(Grpc.TRANSPORT_ATTR_REMOTE_ADDR, one.remoteAddress())
                        .build();
        assertThat(turnstile.exit().transportReady(attributes)).isSameAs(attributes);
    }

    @Test
    void nobody_is_let_in_while_as_many_as_may_are_at_it() {
        come(Turnstile.AT_ONCE - 1);
        assertThat(isOpen()).isTrue();
        come(1);
        assertThat(isOpen()).isFalse();
    }

    @Test
    void when_one_has_said_who_it_is_the_next_is_let_in() {
        come(Turnstile.AT_ONCE);
        isReady(come.getFirst());
        assertThat(isOpen()).isTrue();
        come(1);
        assertThat(isOpen()).isFalse();
        isReady(come.getFirst());
        assertThat(isOpen()).as("it counts once").isFalse();
    }

    @Test
    void when_one_goes_away_the_next_is_let_in() {
        come(Turnstile.AT_ONCE);
        come.getLast().end();
        assertThat(isOpen()).isTrue();
    }

    @Test
    void those_who_say_nothing_hold_up_others_for_their_turn_only() {
        come(Turnstile.AT_ONCE);
        listening.advanceTimeBy(Turnstile.TURN.toMillis() - 1, TimeUnit.MILLISECONDS);
        listening.runScheduledPendingTasks();
        assertThat(isOpen()).isFalse();
        listening.advanceTimeBy(1, TimeUnit.MILLISECONDS);
        listening.runScheduledPendingTasks();
        assertThat(isOpen()).isTrue();
        assertThat(turnstile.busy()).isZero();
    }
}
