package dev.sloth.master;

import dev.sloth.wire.MasterAddress;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongSupplier;

/// What stands between an agent and its master, and lets bytes through as long as the test wants it
/// to.
final class Proxy implements AutoCloseable {
    private static final int BUFFER = 4_096;
    private static final int BACKLOG = 50;

    private final MasterAddress master;
    private final ServerSocket door;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();

    // guarded by `lock`
    private final List<Line> lines = new ArrayList<>();
    private boolean holdsAnswers;
    private boolean holdsRequests;
    private LongSupplier cutAfter = () -> Long.MAX_VALUE;

    Proxy(MasterAddress master) throws IOException {
        this.master = master;
        this.door = new ServerSocket(0, BACKLOG, InetAddress.getLoopbackAddress());
        var _ = Thread.ofVirtual().start(this::accept);
    }

    MasterAddress address() {
        return new MasterAddress("127.0.0.1", door.getLocalPort());
    }

    /// One connection through it.
    private final class Line {
        final Socket agent;
        final Socket master;

        // guarded by `lock`
        long left;
        boolean cut;

        Line(Socket agent, Socket master, long left) {
            this.agent = agent;
            this.master = master;
            this.left = left;
        }

        void cut() {
            lock.lock();
            try {
                cut = true;
                lines.remove(this);
                changed.signalAll();
                agent.close();
                master.close();
            } catch (IOException e) {
                throw new IllegalStateException(e);
            } finally {
                lock.unlock();
            }
        }

        /// Waits until these bytes may go on; false when they may not.
        boolean pass(boolean answers, int bytes) throws InterruptedException {
            lock.lockInterruptibly();
            try {
                while (!cut && (answers ? holdsAnswers : holdsRequests)) {
                    changed.await();
                }
                left -= bytes;
                return !cut && left >= 0;
            } finally {
                lock.unlock();
            }
        }
    }

    private void accept() {
        while (!door.isClosed()) {
            try {
                var agent = door.accept();
                try {
                    begin(agent);
                } catch (IOException _) {
                    agent.close(); // the master is not there
                }
            } catch (IOException _) {
                return; // closed
            }
        }
    }

    private void begin(Socket agent) throws IOException {
        var line = new Line(agent, new Socket(master.host(), master.port()), limit());
        lock.lock();
        try {
            lines.add(line);
        } finally {
            lock.unlock();
        }
        pump(line, agent.getInputStream(), line.master.getOutputStream(), false);
        pump(line, line.master.getInputStream(), agent.getOutputStream(), true);
    }

    private long limit() {
        lock.lock();
        try {
            return cutAfter.getAsLong();
        } finally {
            lock.unlock();
        }
    }

    private static void pump(Line line, InputStream from, OutputStream to, boolean answers) {
        var _ =
                Thread.ofVirtual()
                        .start(() -> {
                            byte[] buffer = new byte[BUFFER];
                            try {
                                int read = from.read(buffer);
                                while (read > 0 && line.pass(answers, read)) {
                                    to.write(buffer, 0, read);
                                    read = from.read(buffer);
                                }
                            } catch (IOException _) {
                                // One side is gone: so is the other.
                            } catch (InterruptedException _) {
                                Thread.currentThread().interrupt();
                            } finally {
                                line.cut();
                            }
                        });
    }

    /// Keeps back what the master says from now on.
    void holdAnswers() {
        hold(true, false);
    }

    /// Keeps back what the agent says from now on.
    void holdRequests() {
        hold(false, true);
    }

    /// Breaks all connections; what was kept back is lost. New ones go through.
    void cut() {
        lock.lock();
        try {
            List.copyOf(lines).forEach(Line::cut);
            hold(false, false);
        } finally {
            lock.unlock();
        }
    }

    private void hold(boolean answers, boolean requests) {
        lock.lock();
        try {
            holdsAnswers = answers;
            holdsRequests = requests;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /// Each new connection breaks after so many bytes.
    void cutAfter(LongSupplier bytes) {
        lock.lock();
        try {
            cutAfter = bytes;
        } finally {
            lock.unlock();
        }
    }

    @Override
    public void close() throws IOException {
        door.close();
        cut();
    }
}
