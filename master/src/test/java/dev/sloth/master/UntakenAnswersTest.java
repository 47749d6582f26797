package dev.sloth.master;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sloth.api.state.SharedState;
import dev.sloth.api.state.StateCommand;
import dev.sloth.api.state.StateRefusal;
import dev.sloth.api.value.Text;
import dev.sloth.master.rpc.Acting;
import dev.sloth.wire.proto.SharedGrpc;
import dev.sloth.wire.proto.SharedPart;
import dev.sloth.wire.shared.Ask;
import dev.sloth.wire.shared.Asking;
import io.grpc.CallOptions;
import io.grpc.Channel;
import io.grpc.ClientCall;
import io.grpc.Metadata;
import io.grpc.Status;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// An agent that asks for much and reads none of it fills no memory of the master.
@Timeout(60)
final class UntakenAnswersTest {
    /// Bytes; twice as many are kept for one agent.
    private static final long REQUEST_MAX = 4L << 20;

    /// Of eight megabytes together, which is more than what a connection holds on its way.
    private static final List<String> KEYS =
            IntStream.range(0, 8).mapToObj(number -> "k" + number).toList();

    private static final StateCommand.GetMany GET = new StateCommand.GetMany(KEYS);

    @TempDir private Path folder;
    private SharedWorld shared;
    private SharedWorld.Worker hostile;

    @BeforeEach
    void open() {
        shared = new SharedWorld(folder, REQUEST_MAX);
        hostile = agent("hostile");
    }

    @AfterEach
    void close() throws Exception {
        shared.close();
    }

    private SharedWorld.Worker agent(String name) {
        var agent = shared.worker(name);
        agent.given("order of " + name, new Acting("default", List.of()));
        return agent;
    }

    private SharedState state(SharedWorld.Worker agent, String name) {
        var limits = SharedWorld.LIMITS.withPatience(Duration.ofSeconds(1));
        return agent.line(shared.world.address(), limits).state("order of " + name);
    }

    /// Asks until there is an answer, and reads nothing of it.
    private static ClientCall<SharedPart, SharedPart> untaken(Channel channel) {
        while (true) {
            var call = channel.newCall(SharedGrpc.getAskMethod(), CallOptions.DEFAULT);
            var answered = new CompletableFuture<Boolean>();
            call.start(
                    new ClientCall.Listener<>() {
                        @Override
                        public void onHeaders(Metadata headers) {
                            answered.complete(true);
                        }

                        @Override
                        public void onClose(Status status, Metadata trailers) {
                            answered.complete(false);
                        }
                    },
                    new Metadata());
            var asking = new Asking("order of hostile", List.of());
            new Ask(asking, Optional.empty(), GET).parts().forEach(call::sendMessage);
            call.halfClose();
            if (answered.join()) {
                return call;
            }
        }
    }

    private static boolean isAnswered(SharedState state) {
        try {
            return state.ask(GET).done();
        } catch (StateRefusal e) {
            assertThat(e.reason()).isEqualTo(StateRefusal.Reason.AWAY);
            return false;
        }
    }

    @Test
    void who_reads_no_answers_is_given_no_more_until_it_does_and_others_are() {
        var own = state(hostile, "hostile");
        var value = Text.of("x".repeat(1_000_000));
        for (var key : KEYS) {
            var put = new StateCommand.Put(key, value, Optional.empty(), false);
            assertThat(own.ask(put).done()).isTrue();
        }
        var call = untaken(hostile.channel());

        assertThat(isAnswered(own)).isFalse();
        assertThat(isAnswered(state(agent("good"), "good"))).isTrue();

        call.cancel("nobody reads it", null);
        while (!isAnswered(own)) {
            // The master has not heard of all of it.
        }
    }
}
