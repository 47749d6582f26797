package dev.sloth.master.rpc;

import dev.sloth.wire.FailedHandshake;
import io.grpc.netty.shaded.io.netty.channel.Channel;
import io.grpc.netty.shaded.io.netty.channel.ChannelHandlerContext;
import io.grpc.netty.shaded.io.netty.channel.ChannelInboundHandlerAdapter;
import io.grpc.netty.shaded.io.netty.handler.ssl.SslHandler;
import java.net.InetSocketAddress;
import java.net.SocketAddress;

/// Hears of those who come and do not get through TLS, of whom nobody else would know: no call of
/// theirs reaches anything. Who comes and says nothing at all, as those do who only see whether
/// somebody listens, is not told.
final class Handshakes extends ChannelInboundHandlerAdapter {
    private final Refused refused;

    Handshakes(Refused refused) {
        this.refused = refused;
    }

    /// Called by threads of the network, which it must not hold up.
    @FunctionalInterface
    interface Refused {
        void by(String address, FailedHandshake why);
    }

    /// Called by the thread that takes in connections, for each of them.
    @Override
    public void channelRead(ChannelHandlerContext listening, Object message) {
        if (message instanceof Channel connection) {
            var _ = connection.pipeline().addFirst(new FirstBytes());
        }
        listening.fireChannelRead(message);
    }

    /// TLS is there when the first bytes are; then this has nothing more to do.
    private final class FirstBytes extends ChannelInboundHandlerAdapter {
        @Override
        public void channelRead(ChannelHandlerContext connection, Object bytes) {
            var tls = connection.pipeline().get(SslHandler.class);
            if (tls != null) {
                var address = address(connection.channel().remoteAddress());
                var _ =
                        tls.handshakeFuture()
                                .addListener(shaken -> {
                                    if (!shaken.isSuccess()) {
                                        FailedHandshake.of(shaken.cause())
                                                .ifPresent(why -> refused.by(address, why));
                                    }
                                });
            }
            var _ = connection.pipeline().remove(this);
            connection.fireChannelRead(bytes);
        }
    }

    private static String address(SocketAddress remote) {
        return remote instanceof InetSocketAddress known
                ? known.getAddress().getHostAddress()
                : Caller.NOWHERE;
    }
}
