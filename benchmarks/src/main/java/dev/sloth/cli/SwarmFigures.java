package dev.sloth.cli;

import dev.sloth.swarm.MeasuredProcess;
import dev.sloth.swarm.Swarm;
import dev.sloth.wire.Administration;
import dev.sloth.wire.Credentials;
import dev.sloth.wire.CredentialsFile;
import dev.sloth.wire.JoinToken;
import dev.sloth.wire.MasterAddress;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;

/// Prints rows on a master that has very many agents: a process of its own with its real store, and
/// agents that hold a connection each and do nothing.
///
/// Arguments: the program, an empty folder on the disk that counts, and numbers of agents.
public final class SwarmFigures {
    private static final Duration LONG = Duration.ofMinutes(5);
    private static final Duration SPREAD = Duration.ofSeconds(3);
    private static final Duration SETTLE = Duration.ofSeconds(12);
    private static final double NANOS = 1e9;
    private static final double KIB = 1024;

    /// How long an idle master is watched, in seconds.
    private static final int IDLE = Integer.getInteger("swarm.idle", 60);

    /// When there are any, so many storms one after the other are all that is looked at.
    private static final int STORMS = Integer.getInteger("swarm.storms", 0);

    private final String program;
    private final Path folder;
    private final int count;
    private final int port;

    private SwarmFigures(String program, Path folder, int count) throws IOException {
        this.program = program;
        this.folder = Files.createDirectories(folder);
        this.count = count;
        try (var free = new ServerSocket(0)) {
            this.port = free.getLocalPort();
        }
    }

    /// @param arguments as told above
    public static void main(String[] arguments) throws Exception {
        for (var count : Arrays.asList(arguments).subList(2, arguments.length)) {
            new SwarmFigures(
                            arguments[0],
                            Path.of(arguments[1], "swarm-" + count),
                            Integer.parseInt(count))
                    .all();
        }
    }

    private MeasuredProcess master() throws IOException, InterruptedException {
        return MeasuredProcess.start(
                List.of(program, "master", "--port", Integer.toString(port), "-o", "json"),
                folder.resolve("home"),
                folder.resolve("master.log"),
                "\"event\":\"started\"",
                LONG);
    }

    private static double since(long begin) {
        return (System.nanoTime() - begin) / NANOS;
    }

    private static double cpuOfOurs() {
        return ProcessHandle.current().info().totalCpuDuration().orElseThrow().toNanos() / NANOS;
    }

    private void all() throws Exception {
        SwarmTable.heading("%,d agents, one master".formatted(count));
        var master = master();
        try {
            var file = new CredentialsFile(folder.resolve("home/master/admin.pem"));
            var admin = file.credentials().orElseThrow();
            var address = new MasterAddress("localhost", port);
            try (var swarm =
                    new Swarm(
                            new InetSocketAddress(InetAddress.getLoopbackAddress(), port),
                            admin.authority(),
                            "a",
                            SwarmOrders.CANCELLED)) {
                join(master, swarm, address, admin);
                if (STORMS > 0) {
                    for (int i = 0; i < STORMS; i++) {
                        master = storm(master, swarm);
                    }
                    return;
                }
                try (var runs = new SwarmRuns(folder, address, admin)) {
                    new SwarmDispatch(swarm, runs, master, count).all();
                    new SwarmLoss(port, address, admin, runs).all();
                }
                master = storm(master, swarm);
            }
        } finally {
            master.close();
        }
    }

    private void join(MeasuredProcess master, Swarm swarm, MasterAddress address, Credentials admin)
            throws Exception {
        long heapBefore = master.collected();
        long rssBefore = master.rss();
        JoinToken token;
        try (var asking = Administration.open(address, admin, InstantSource.system())) {
            token =
                    JoinToken.of(
                            asking.createToken(List.of(), "", Duration.ofHours(1), count).text());
        }
        double cpu = master.cpu();
        long begin = System.nanoTime();
        swarm.join(token, count);
        SwarmTable.row(
                "all join with one token, each with a key of its own",
                "",
                "%.1f s, %.2f ms of the master's processor each",
                since(begin),
                (master.cpu() - cpu) * 1000 / count);
        cpu = master.cpu();
        begin = System.nanoTime();
        swarm.connect(SPREAD);
        swarm.awaitConnected(count, LONG);
        SwarmTable.row(
                "all connect within %d s or as fast as they can".formatted(SPREAD.toSeconds()),
                "",
                "%.1f s, %.2f ms of the master's processor each",
                since(begin),
                (master.cpu() - cpu) * 1000 / count);
        if (STORMS == 0) {
            idle(master, rssBefore, heapBefore);
        }
    }

    private void idle(MeasuredProcess master, long rssBefore, long heapBefore) throws Exception {
        TimeUnit.MILLISECONDS.sleep(SETTLE.toMillis());
        double cpu = master.cpu();
        long written = master.written();
        TimeUnit.SECONDS.sleep(IDLE);
        SwarmTable.row(
                "idle for %d s, heartbeats each 10 s".formatted(IDLE),
                "",
                "%.1f %% of a core, %.0f KiB written to disk",
                (master.cpu() - cpu) * 100 / IDLE,
                (master.written() - written) / KIB);
        SwarmTable.row("memory of the master", "1,024 MB", "%.0f MB", master.rss() / KIB);
        long heap = master.collected();
        SwarmTable.row(
                "memory of the master after a collection, for each agent",
                "64 KB, of that 16 KB heap",
                "%.1f KB, of that %.1f KB heap",
                (master.rss() - rssBefore) / (double) count,
                (heap - heapBefore) / (double) count);
    }

    private MeasuredProcess storm(MeasuredProcess old, Swarm swarm) throws Exception {
        long begin = System.nanoTime();
        double ours = cpuOfOurs();
        int broken = swarm.failures();
        old.kill();
        var master = master();
        double serving = since(begin);
        double before = 0;
        while (swarm.connected() > count / 100) {
            TimeUnit.MILLISECONDS.sleep(1);
            before = since(begin);
        }
        swarm.awaitConnected(count, LONG);
        double all = since(begin);
        SwarmTable.row(
                "`kill -9` of the master, and its restart: all agents are back",
                "30 s, 1.5 ms of its processor each",
                "%.1f s after the kill, of that %.1f s until it listens; %.2f ms each,"
                        + " its own start in it; %.2f ms of the swarm's each; %d connections broke",
                Math.max(all, before),
                serving,
                master.cpu() * 1000 / count,
                (cpuOfOurs() - ours) * 1000 / count,
                swarm.failures() - broken);
        return master;
    }
}
