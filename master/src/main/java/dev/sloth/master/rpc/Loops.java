package dev.sloth.master.rpc;

import io.grpc.netty.shaded.io.grpc.netty.NettyServerBuilder;
import io.grpc.netty.shaded.io.netty.channel.ChannelOption;
import io.grpc.netty.shaded.io.netty.channel.MultiThreadIoEventLoopGroup;
import io.grpc.netty.shaded.io.netty.channel.ServerChannel;
import io.grpc.netty.shaded.io.netty.channel.epoll.Epoll;
import io.grpc.netty.shaded.io.netty.channel.epoll.EpollIoHandler;
import io.grpc.netty.shaded.io.netty.channel.epoll.EpollServerSocketChannel;
import io.grpc.netty.shaded.io.netty.channel.nio.NioIoHandler;
import io.grpc.netty.shaded.io.netty.channel.socket.nio.NioServerSocketChannel;
import java.util.concurrent.TimeUnit;

/// The threads of a door that read from the network and write to it, and the way in.
final class Loops implements AutoCloseable {
    /// None of them ever waits for anything but the network, so more than processors only take
    /// turns.
    private static final int SPEAKING = Runtime.getRuntime().availableProcessors();

    private static final boolean NATIVE = Epoll.isAvailable();

    private final MultiThreadIoEventLoopGroup listening = loops(1, "door-listening");
    private final MultiThreadIoEventLoopGroup speaking = loops(SPEAKING, "door-speaking");

    private static MultiThreadIoEventLoopGroup loops(int count, String name) {
        var threads = Thread.ofPlatform().daemon().name(name, 0).factory();
        var handlers = NATIVE ? EpollIoHandler.newFactory() : NioIoHandler.newFactory();
        return new MultiThreadIoEventLoopGroup(count, threads, handlers);
    }

    /// Has a server use these.
    NettyServerBuilder of(NettyServerBuilder server, Turnstile turnstile, Handshakes handshakes) {
        return server.bossEventLoopGroup(listening)
                .workerEventLoopGroup(speaking)
                .channelFactory(() -> entrance(turnstile, handshakes))
                .withOption(ChannelOption.SO_BACKLOG, Turnstile.QUEUE)
                .addTransportFilter(turnstile.exit());
    }

    private static ServerChannel entrance(Turnstile turnstile, Handshakes handshakes) {
        var entrance = NATIVE ? new EpollServerSocketChannel() : new NioServerSocketChannel();
        var _ = entrance.pipeline().addLast(turnstile, handshakes);
        return entrance;
    }

    @Override
    public void close() {
        for (var loops : new MultiThreadIoEventLoopGroup[] {listening, speaking}) {
            var _ = loops.shutdownGracefully(0, 1, TimeUnit.SECONDS);
        }
    }
}
