package dev.sloth.wire;

import io.grpc.ManagedChannel;
import io.grpc.netty.shaded.io.grpc.netty.NettyChannelBuilder;
import io.grpc.netty.shaded.io.netty.channel.ChannelOption;
import io.grpc.netty.shaded.io.netty.handler.ssl.SslContext;
import java.time.InstantSource;
import java.util.concurrent.TimeUnit;

/// Connections to a master.
public final class Dialing {
    private static final int CONNECT_MILLIS = 10_000;

    private Dialing() {}

    /// As whoever the credentials say.
    public static ManagedChannel as(MasterAddress master, LiveCredentials own, InstantSource time) {
        return channel(master, Tls.calling(own, time));
    }

    /// As nobody yet, to a master whose authority has this pin.
    static ManagedChannel pinned(MasterAddress master, byte[] pin, InstantSource time) {
        return channel(master, Tls.joining(pin, time));
    }

    private static ManagedChannel channel(MasterAddress master, SslContext tls) {
        return NettyChannelBuilder.forAddress(master.host(), master.port())
                .sslContext(tls)
                .withOption(ChannelOption.CONNECT_TIMEOUT_MILLIS, CONNECT_MILLIS)
                .keepAliveTime(Protocol.KEEP_ALIVE.toMillis(), TimeUnit.MILLISECONDS)
                .keepAliveTimeout(Protocol.KEEP_ALIVE_WAIT.toMillis(), TimeUnit.MILLISECONDS)
                .flowControlWindow(Protocol.WINDOW_BYTES)
                .maxInboundMessageSize(Protocol.MESSAGE_BYTES_MAX)
                .maxInboundMetadataSize(Protocol.HEADER_BYTES_MAX)
                .disableRetry()
                .build();
    }
}
