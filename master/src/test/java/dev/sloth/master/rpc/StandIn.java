package dev.sloth.master.rpc;

import dev.sloth.wire.Tls;
import io.grpc.BindableService;
import io.grpc.Server;
import io.grpc.netty.shaded.io.grpc.netty.NettyServerBuilder;
import java.io.IOException;
import java.util.concurrent.TimeUnit;

/// What listens in the place of a master, with its certificate.
record StandIn(Server server) implements AutoCloseable {
    private static final int SECONDS = 20;

    static StandIn of(DoorWorld world, BindableService service) throws IOException {
        return new StandIn(
                NettyServerBuilder.forPort(0)
                        .sslContext(Tls.serving(world.own, world.now::get))
                        .addService(service)
                        .build()
                        .start());
    }

    int port() {
        return server.getPort();
    }

    @Override
    public void close() {
        try {
            boolean _ = server.shutdownNow().awaitTermination(SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }
}
