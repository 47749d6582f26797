package dev.sloth.master.rpc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.sloth.api.workflow.Problems;
import dev.sloth.api.workflow.RunId;
import dev.sloth.master.afar.RunsFromAfar;
import dev.sloth.wire.MasterAddress;
import dev.sloth.wire.Tls;
import io.grpc.netty.shaded.io.grpc.netty.NettyServerBuilder;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Somebody whose master is of a version that tries no run again.
class OldMasterRetryTest {
    private static final int SECONDS = 20;

    @TempDir private Path folder;

    @Test
    void that_the_master_is_too_old_is_said() throws Exception {
        var world = new DoorWorld(folder);
        var server =
                NettyServerBuilder.forPort(0)
                        .sslContext(Tls.serving(world.own, world.now::get))
                        .build()
                        .start();
        var address = new MasterAddress("localhost", server.getPort());
        var admin = world.authority.administrator("admin");
        try (var runs = RunsFromAfar.open(address, admin, world.now::get)) {
            var refused =
                    catchThrowableOfType(
                            Problems.class,
                            () -> runs.retry(new RunId("new"), new RunId("old"), ""));
            var problem = refused.list().getFirst();
            assertThat(problem.code()).isEqualTo("SLOTH-4709");
            assertThat(problem.message()).contains("the master at localhost", "is too old");
            assertThat(problem.remedy()).contains("the same version");
        } finally {
            boolean _ = server.shutdownNow().awaitTermination(SECONDS, TimeUnit.SECONDS);
            world.close();
        }
    }
}
