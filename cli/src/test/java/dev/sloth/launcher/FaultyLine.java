package dev.sloth.launcher;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Arrays;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;

/// The network between one agent and its master, which does to bytes what networks do. What is held
/// back comes later, as TCP makes of packets that are lost, or never when the connection is given
/// up.
final class FaultyLine {
    private static final int PIECE = 4_096;
    private static final int BACKLOG = 50;
    private static final int PENDING_MAX = 64;
    private static final int HUNDRED = 100;

    /// How late a piece comes that was lost the first time.
    private static final int LATE_MILLIS_MIN = 200;

    private static final int LATE_MILLIS_MAX = 900;
    private static final int LOOK_MILLIS = 5;

    private final InetSocketAddress master;
    private final ServerSocket door;
    private final Set<Socket> open = ConcurrentHashMap.newKeySet();
    private volatile boolean holdsOut;
    private volatile boolean holdsIn;
    private volatile int delayMillis;
    private volatile int lostPercent;
    private volatile InetAddress from = InetAddress.getLoopbackAddress();

    FaultyLine(int masterPort) throws IOException {
        this.master = new InetSocketAddress(InetAddress.getLoopbackAddress(), masterPort);
        this.door = new ServerSocket(0, BACKLOG, InetAddress.getLoopbackAddress());
        var _ = Thread.ofVirtual().start(this::accept);
    }

    int port() {
        return door.getLocalPort();
    }

    // ---- what goes wrong

    /// @param out whether nothing gets from the agent to the master
    /// @param in whether nothing gets from the master to the agent
    void hold(boolean out, boolean in) {
        holdsOut = out;
        holdsIn = in;
    }

    /// How long everything takes, each way.
    void delay(int millis) {
        delayMillis = millis;
    }

    /// How many of a hundred pieces are lost, each way.
    void lose(int percent) {
        lostPercent = percent;
    }

    /// Resets all connections.
    void reset() {
        open.forEach(socket -> end(socket, true));
    }

    /// From now on the agent has this address, and its connections of before are gone.
    void move(String address) throws IOException {
        from = InetAddress.getByName(address);
        reset();
    }

    void heal() {
        hold(false, false);
        delay(0);
        lose(0);
    }

    void close() throws IOException {
        door.close();
        reset();
    }

    // ---- passing on

    private void accept() {
        while (!door.isClosed()) {
            try {
                var agent = door.accept();
                open.add(agent);
                var _ = Thread.ofVirtual().start(() -> connect(agent));
            } catch (IOException _) {
                // It is closed, or this one did not get through.
            }
        }
    }

    private void connect(Socket agent) {
        var there = new Socket();
        open.add(there);
        try {
            there.bind(new InetSocketAddress(from, 0));
            there.connect(master);
            pass(agent, there, true);
            pass(there, agent, false);
        } catch (IOException _) {
            end(agent, true);
            end(there, true);
        }
    }

    /// A piece that is under way.
    private record Piece(long due, byte[] bytes) {}

    private void pass(Socket one, Socket other, boolean out) {
        var pieces = new LinkedBlockingQueue<Piece>(PENDING_MAX);
        var _ =
                Thread.ofVirtual()
                        .start(() -> {
                            boolean well = read(one, pieces);
                            put(pieces, new byte[0]);
                            if (!well) {
                                end(other, true);
                            }
                        });
        var _ = Thread.ofVirtual().start(() -> write(one, other, pieces, out));
    }

    private boolean read(Socket one, LinkedBlockingQueue<Piece> pieces) {
        try {
            var in = one.getInputStream();
            var buffer = new byte[PIECE];
            for (int count = in.read(buffer); count >= 0; count = in.read(buffer)) {
                put(pieces, Arrays.copyOf(buffer, count));
            }
            return true;
        } catch (IOException _) {
            return false;
        }
    }

    private void put(LinkedBlockingQueue<Piece> pieces, byte[] bytes) {
        int late = delayMillis;
        var chance = ThreadLocalRandom.current();
        if (chance.nextInt(HUNDRED) < lostPercent) {
            late += chance.nextInt(LATE_MILLIS_MIN, LATE_MILLIS_MAX);
        }
        try {
            pieces.put(new Piece(System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(late), bytes));
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }

    private void write(Socket one, Socket other, LinkedBlockingQueue<Piece> pieces, boolean out) {
        try {
            while (true) {
                var piece = pieces.take();
                while (piece.due() - System.nanoTime() > 0 || (out ? holdsOut : holdsIn)) {
                    Cluster.pause(LOOK_MILLIS);
                    if (one.isClosed() && other.isClosed()) {
                        return;
                    }
                }
                if (piece.bytes().length == 0) {
                    end(other, false);
                    return;
                }
                other.getOutputStream().write(piece.bytes());
            }
        } catch (IOException _) {
            end(one, true);
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }

    private void end(Socket socket, boolean hard) {
        open.remove(socket);
        try {
            if (hard) {
                socket.setSoLinger(true, 0);
                socket.close();
            } else {
                socket.shutdownOutput();
            }
        } catch (IOException _) {
            // It is gone already.
            return;
        }
    }
}
