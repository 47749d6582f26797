package dev.sloth.swarm;

import dev.sloth.wire.Protocol;
import io.grpc.ManagedChannel;
import io.grpc.netty.shaded.io.grpc.netty.NettyChannelBuilder;
import io.grpc.netty.shaded.io.netty.handler.ssl.SslContext;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.util.concurrent.TimeUnit;

/// Connections of the swarm: as those of agents, but their work is done by the threads that read
/// from the network, and they come from several addresses, so that ports do not run out.
final class Dialled {
    /// How many connections come from one address.
    private static final int OF_ONE_ADDRESS = 2_000;

    private Dialled() {}

    /// @param number of the one who calls
    /// @param name whose credentials are shown
    static ManagedChannel channel(
            InetSocketAddress master, SslContext tls, int number, String name) {
        return NettyChannelBuilder.forAddress(master)
                .overrideAuthority(name)
                .sslContext(tls)
                .directExecutor()
                .localSocketPicker(new FromSeveral(number))
                .keepAliveTime(Protocol.KEEP_ALIVE.toMillis(), TimeUnit.MILLISECONDS)
                .keepAliveTimeout(Protocol.KEEP_ALIVE_WAIT.toMillis(), TimeUnit.MILLISECONDS)
                .flowControlWindow(Protocol.WINDOW_BYTES)
                .maxInboundMessageSize(Protocol.MESSAGE_BYTES_MAX)
                .maxInboundMetadataSize(Protocol.HEADER_BYTES_MAX)
                .disableRetry()
                .build();
    }

    private static final class FromSeveral extends NettyChannelBuilder.LocalSocketPicker {
        private final int number;

        FromSeveral(int number) {
            this.number = number;
        }

        @Override
        public InetSocketAddress createSocketAddress(
                java.net.SocketAddress remote, io.grpc.Attributes attributes) {
            try {
                var last = (byte) (2 + number / OF_ONE_ADDRESS);
                return new InetSocketAddress(
                        InetAddress.getByAddress(new byte[] {127, 0, 0, last}), 0);
            } catch (UnknownHostException e) {
                throw new IllegalStateException("no address of this machine", e);
            }
        }
    }
}
