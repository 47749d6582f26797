package dev.sloth.master.rpc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.sloth.agent.remote.MasterLine;
import dev.sloth.agent.remote.RemoteLimits;
import dev.sloth.api.event.EventRefusal;
import dev.sloth.api.event.HookWish;
import dev.sloth.api.event.Watcher;
import dev.sloth.wire.LiveCredentials;
import dev.sloth.wire.MasterAddress;
import dev.sloth.wire.Tls;
import io.grpc.netty.shaded.io.grpc.netty.NettyServerBuilder;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// An agent whose master is of a version that knows nothing of hooks of agents.
class OldMasterHooksTest {
    private static final int SECONDS = 20;

    @TempDir private Path folder;

    @Test
    void hooks_and_watchers_are_refused_as_they_were_before() throws Exception {
        var world = new DoorWorld(folder.resolve("master"));
        var own = new LiveCredentials(world.agent("a1", "web1"));
        var server =
                NettyServerBuilder.forPort(0)
                        .sslContext(Tls.serving(world.own, world.now::get))
                        .build()
                        .start();
        var address = new MasterAddress("localhost", server.getPort());
        try (var line =
                new MasterLine(address, own, RemoteLimits.DEFAULT, world.random, world.now::get)) {
            var hooks =
                    line.events("o1", folder, (watcher, _) -> watcher.name())
                            .as("build", List.of())
                            .hooks();
            var wish =
                    new HookWish(
                            Optional.empty(),
                            folder.toRealPath().resolve("a.lua"),
                            List.of(),
                            "",
                            "",
                            HookWish.Power.ON,
                            HookWish.TIMEOUT,
                            HookWish.ATTEMPTS,
                            true);
            var watcher =
                    new Watcher(
                            "w",
                            Watcher.Kind.CPU,
                            "",
                            List.of("above"),
                            Duration.ofSeconds(1),
                            Map.of());
            var events = line.events("o1", folder, (_, _) -> "watched").as("build", List.of());
            assertThat(catchThrowableOfType(EventRefusal.class, () -> events.watch(watcher)))
                    .hasMessage(
                            "watchers look at the machine of the master: add them in a task that"
                                    + " runs there");
            for (var asking : List.<Runnable>of(hooks::list, () -> hooks.put(wish))) {
                var refusal = catchThrowableOfType(EventRefusal.class, asking::run);
                assertThat(refusal)
                        .hasMessage(
                                "hooks are kept on the machine of the master: use them in a task"
                                        + " that runs there, or with `sloth-runner hook`");
            }
        } finally {
            boolean _ = server.shutdownNow().awaitTermination(SECONDS, TimeUnit.SECONDS);
            world.close();
        }
    }
}
