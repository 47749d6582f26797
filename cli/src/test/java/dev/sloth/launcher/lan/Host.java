package dev.sloth.launcher.lan;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/// A machine as its processes see it: with a network, with mounts and with a clock of its own.
public final class Host implements AutoCloseable {
    private static final String DEVICE = "sloth0";
    private static final String NETWORK = "10.77.0.";
    private static final int NETWORK_BITS = 24;
    private static final int QUEUED_MAX = 10_000;
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final long LOOK_NANOS = TimeUnit.MILLISECONDS.toNanos(20);

    private final Lan lan;
    private final Path folder;
    private final Path log;
    private final Process process;
    private final HostClock clock;
    private final LinkedBlockingQueue<Piece> arriving = new LinkedBlockingQueue<>(QUEUED_MAX);
    private volatile boolean holdsOut;
    private volatile boolean holdsIn;
    private volatile String address;

    private record Piece(long due, byte[] packet) {}

    Host(Lan lan, String name, Path folder, int number) throws Exception {
        this.lan = lan;
        this.folder = folder;
        this.log = folder.resolve(name + ".host");
        this.clock = new HostClock(folder, name);
        this.process =
                new ProcessBuilder(
                                "unshare",
                                "--user",
                                "--map-root-user",
                                "--net",
                                "--mount",
                                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                                "--enable-native-access=ALL-UNNAMED",
                                "-XX:TieredStopAtLevel=1",
                                "-XX:+UseSerialGC",
                                "-cp",
                                System.getProperty("java.class.path"),
                                Tap.class.getName(),
                                DEVICE)
                        .redirectError(log.toFile())
                        .start();
        this.address = NETWORK + number;
        long end = System.nanoTime() + PATIENCE.toNanos();
        while (code("ip", "link", "set", DEVICE, "up") != 0) {
            if (!process.isAlive() || System.nanoTime() > end) {
                throw new IOException(name + " has no network: " + Files.readString(log));
            }
            LockSupport.parkNanos(LOOK_NANOS);
        }
        run("ip", "link", "set", "lo", "up");
        run("ip", "addr", "add", address + "/" + NETWORK_BITS, "dev", DEVICE);
        lan.answersTo(address, this);
        var _ = Thread.ofPlatform().daemon().name(name + "-out").start(this::out);
        var _ = Thread.ofPlatform().daemon().name(name + "-in").start(this::in);
    }

    /// Where others reach it.
    public String address() {
        return address;
    }

    /// A command that is one of this host.
    public List<String> words(List<String> command) {
        var words =
                new ArrayList<>(
                        List.of(
                                "nsenter",
                                "--target",
                                Long.toString(process.pid()),
                                "--user",
                                "--net",
                                "--mount",
                                "--preserve-credentials",
                                "--wd=" + folder,
                                "--"));
        words.addAll(clock.words());
        words.addAll(command);
        return words;
    }

    private int code(String... command) throws Exception {
        return new ProcessBuilder(words(List.of(command)))
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()))
                .start()
                .waitFor();
    }

    /// Runs a command there and waits for it.
    public void run(String... command) throws Exception {
        if (code(command) != 0) {
            throw new IOException(String.join(" ", command) + ": " + Files.readString(log));
        }
    }

    /// A file of this host as those outside of it see it.
    public Path seen(Path file) {
        return Path.of("/proc", Long.toString(process.pid()), "root")
                .resolve(file.toString().substring(1));
    }

    // ---- what goes wrong

    /// Loses what is sent, unseen by both sides.
    ///
    /// @param out whether nothing gets out of this host
    /// @param in whether nothing gets to it
    public void hold(boolean out, boolean in) {
        holdsOut = out;
        holdsIn = in;
    }

    boolean holdsOut() {
        return holdsOut;
    }

    boolean holdsIn() {
        return holdsIn;
    }

    /// Pulls the plug, which this host sees, or puts it back.
    public void link(boolean up) throws Exception {
        run("ip", "link", "set", DEVICE, up ? "up" : "down");
    }

    /// Breaks all connections of this host, as its kernel tells both sides.
    public void reset() throws Exception {
        run("ss", "--kill", "--tcp", "state", "established");
    }

    /// From now on it has this address, and none of before.
    public void move(int number) throws Exception {
        var old = address;
        address = NETWORK + number;
        // In this order: with the first address of a network go the others.
        run("ip", "addr", "del", old + "/" + NETWORK_BITS, "dev", DEVICE);
        run("ip", "addr", "add", address + "/" + NETWORK_BITS, "dev", DEVICE);
        lan.forget(old);
        lan.answersTo(address, this);
    }

    /// Sets the clock, which jumps for all that runs on this host.
    ///
    /// @param ahead of the clock of the others
    public void clock(Duration ahead) throws IOException {
        clock.set(ahead);
    }

    // ---- carrying

    private void out() {
        try (var in = new DataInputStream(new BufferedInputStream(process.getInputStream()))) {
            while (true) {
                lan.carry(this, Tap.next(in));
            }
        } catch (EOFException _) {
            // The host is gone.
            return;
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    /// What does not fit is lost, as in any switch.
    void arrives(byte[] packet, int delayMillis) {
        long due = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(delayMillis);
        boolean _ = arriving.offer(new Piece(due, packet));
    }

    private void in() {
        try (var out = new BufferedOutputStream(process.getOutputStream())) {
            while (process.isAlive()) {
                var piece = arriving.take();
                for (long left = piece.due() - System.nanoTime();
                        left > 0;
                        left = piece.due() - System.nanoTime()) {
                    LockSupport.parkNanos(left);
                }
                out.write(piece.packet());
                if (arriving.isEmpty()) {
                    out.flush();
                }
            }
        } catch (IOException _) {
            // The host is gone.
            return;
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }
}
