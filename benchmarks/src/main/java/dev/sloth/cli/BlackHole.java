package dev.sloth.cli;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReference;

/// A way to the master that can swallow whatever goes through it, without a word to either side.
final class BlackHole implements AutoCloseable {
    private static final int BUFFER = 8_192;

    private final ServerSocket listening;
    private final int master;
    private final List<Socket> sockets = new ArrayList<>();
    private final AtomicReference<CountDownLatch> shut =
            new AtomicReference<>(new CountDownLatch(0));

    /// @param master the port of the master on this machine
    BlackHole(int master) throws IOException {
        this.master = master;
        this.listening = new ServerSocket(0, 16, InetAddress.getLoopbackAddress());
        var _ = Thread.ofVirtual().start(this::listen);
    }

    int port() {
        return listening.getLocalPort();
    }

    private void listen() {
        try {
            while (true) {
                var in = listening.accept();
                var out = new Socket(InetAddress.getLoopbackAddress(), master);
                sockets.add(in);
                sockets.add(out);
                var _ = Thread.ofVirtual().start(() -> pour(in, out));
                var _ = Thread.ofVirtual().start(() -> pour(out, in));
            }
        } catch (IOException _) {
            // It was closed.
        }
    }

    private void pour(Socket from, Socket to) {
        var buffer = new byte[BUFFER];
        try {
            for (int count = from.getInputStream().read(buffer);
                    count >= 0;
                    count = from.getInputStream().read(buffer)) {
                shut.get().await();
                to.getOutputStream().write(buffer, 0, count);
            }
        } catch (IOException _) {
            // One side is gone; nobody is told.
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }

    /// From now on nothing gets through.
    void swallow() {
        shut.set(new CountDownLatch(1));
    }

    @Override
    public void close() throws IOException {
        listening.close();
        for (var socket : sockets) {
            socket.close();
        }
        shut.get().countDown();
    }
}
