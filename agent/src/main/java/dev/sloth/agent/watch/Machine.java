package dev.sloth.agent.watch;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/// Looks at the machine through `/proc`.
final class Machine {
    private static final int PORT_BASE = 16;
    private static final double ALL = 100;

    /// How Linux writes that a TCP socket listens, and that a UDP socket is bound.
    private static final String TCP_LISTENS = "0A";

    private static final String UDP_BOUND = "07";
    private static final int COMM_MAX = 15;

    private final Path proc;

    /// @param proc `/proc`, or a folder that looks like it
    Machine(Path proc) {
        this.proc = proc;
    }

    /// The processes whose program has this name.
    List<Long> processes(String name) throws IOException {
        var pids = new ArrayList<Long>();
        try (var all = Files.newDirectoryStream(proc, "[0-9]*")) {
            for (var process : all) {
                if (isCalled(process, name)) {
                    pids.add(Long.valueOf(process.getFileName().toString()));
                }
            }
        }
        pids.sort(null);
        return pids;
    }

    /// The kernel cuts names; the first word of the command line is whole, but a program may change
    /// it.
    private static boolean isCalled(Path process, String name) throws IOException {
        try {
            var comm = Files.readString(process.resolve("comm"), StandardCharsets.UTF_8).strip();
            if (comm.equals(name)) {
                return true;
            }
            if (comm.length() < COMM_MAX || !name.startsWith(comm)) {
                return false;
            }
            var command = Files.readString(process.resolve("cmdline"), StandardCharsets.ISO_8859_1);
            var program = command.split("\0", 2)[0];
            return program.substring(program.lastIndexOf('/') + 1).equals(name);
        } catch (NoSuchFileException _) {
            return false; // it has ended meanwhile
        } catch (IOException e) {
            if (Files.exists(process)) {
                throw e;
            }
            return false;
        }
    }

    /// Whether somebody listens.
    ///
    /// @param target such as `tcp/5432`
    boolean listens(String target) throws IOException {
        var parts = target.split("/", 2);
        int port = Integer.parseInt(parts[1]);
        var state = parts[0].equals("tcp") ? TCP_LISTENS : UDP_BOUND;
        return has(proc.resolve("net").resolve(parts[0]), port, state)
                || has(proc.resolve("net").resolve(parts[0] + "6"), port, state);
    }

    private static boolean has(Path table, int port, String state) throws IOException {
        if (Files.notExists(table)) {
            return false;
        }
        for (var line : Files.readAllLines(table)) {
            var words = line.strip().split("\\s+", -1);
            if (words.length > 3
                    && words[3].toUpperCase(Locale.ROOT).equals(state)
                    && port(words[1]) == port) {
                return true;
            }
        }
        return false;
    }

    private static int port(String address) {
        return Integer.parseInt(address.substring(address.lastIndexOf(':') + 1), PORT_BASE);
    }

    /// Time that the processors have spent since the machine started.
    record Spent(long busy, long all) {
        /// In percent, since then.
        double since(Spent earlier) {
            long time = all - earlier.all;
            return time <= 0 ? 0 : ALL * (busy - earlier.busy) / time;
        }
    }

    Spent processors() throws IOException {
        var line = Files.readAllLines(proc.resolve("stat")).getFirst();
        var words = line.strip().split("\\s+", -1);
        long all = 0;
        long idle = 0;
        // user nice system idle iowait irq softirq steal; what comes then is counted already
        for (int i = 1; i < Math.min(words.length, 9); i++) {
            long time = Long.parseLong(words[i]);
            all += time;
            idle += i == 4 || i == 5 ? time : 0;
        }
        return new Spent(all - idle, all);
    }

    /// How much of the memory is used, in percent.
    double memory() throws IOException {
        long total = 0;
        long available = 0;
        for (var line : Files.readAllLines(proc.resolve("meminfo"))) {
            var words = line.split("\\s+", -1);
            if (words[0].equals("MemTotal:")) {
                total = Long.parseLong(words[1]);
            } else if (words[0].equals("MemAvailable:")) {
                available = Long.parseLong(words[1]);
            }
        }
        if (total == 0) {
            throw new IOException(proc.resolve("meminfo") + " does not say how much there is");
        }
        return ALL * (total - available) / total;
    }
}
