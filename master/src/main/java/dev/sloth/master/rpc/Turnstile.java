package dev.sloth.master.rpc;

import io.grpc.Attributes;
import io.grpc.Grpc;
import io.grpc.ServerTransportFilter;
import io.grpc.netty.shaded.io.netty.channel.Channel;
import io.grpc.netty.shaded.io.netty.channel.ChannelHandlerContext;
import io.grpc.netty.shaded.io.netty.channel.ChannelInboundHandlerAdapter;
import java.net.SocketAddress;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;

/// Lets only so many connections say at once who they are; the others wait in the queue of the
/// system, in the order in which they came. When thousands come at the same moment and all are
/// served a bit at a time, none is done before it gives up, and comes again, and all that was done
/// for it was for nothing.
///
/// Whoever says nothing does not hold up others: each counts for a short while only.
final class Turnstile extends ChannelInboundHandlerAdapter {
    /// So many may be at it at once.
    static final int AT_ONCE = 256;

    /// For so long one counts that does not get done.
    static final Duration TURN = Duration.ofSeconds(1);

    /// So many may wait in the queue of the system, if that allows it.
    static final int QUEUE = 1_024;

    private final Map<SocketAddress, Channel> shakingHands = new ConcurrentHashMap<>();

    /// Called by the thread that takes in connections, for each of them.
    @Override
    public void channelRead(ChannelHandlerContext listening, Object message) {
        if (message instanceof Channel connection && connection.remoteAddress() != null) {
            admit(listening.channel(), connection);
        }
        listening.fireChannelRead(message);
    }

    private void admit(Channel listening, Channel connection) {
        var who = connection.remoteAddress();
        shakingHands.put(who, listening);
        var _ = connection.closeFuture().addListener(_ -> passed(who));
        var _ =
                listening
                        .eventLoop()
                        .schedule(() -> passed(who), TURN.toMillis(), TimeUnit.MILLISECONDS);
        turn(listening);
    }

    /// It is done, or gone, or has had its turn.
    private void passed(SocketAddress who) {
        var listening = shakingHands.remove(who);
        if (listening != null) {
            listening.eventLoop().execute(() -> turn(listening));
        }
    }

    private void turn(Channel listening) {
        var _ = listening.config().setAutoRead(shakingHands.size() < AT_ONCE);
    }

    /// How many are at it now.
    int busy() {
        return shakingHands.size();
    }

    /// Hears of those who have said who they are.
    ServerTransportFilter exit() {
        return new ServerTransportFilter() {
            @Override
            public Attributes transportReady(Attributes attributes) {
                var who = attributes.get(Grpc.TRANSPORT_ATTR_REMOTE_ADDR);
                if (who != null) {
                    passed(who);
                }
                return attributes;
            }
        };
    }
}
