package dev.sloth.agent.process;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/// A process, told apart from all others that ever were on this machine.
///
/// @param boot where its id means something: differs after each start of the machine and between
///   containers that do not see each other's processes; see [#bootHere]
/// @param pid its process id
/// @param started when it started, in ticks since the machine did
public record ProcessIdentity(String boot, long pid, long started) {
    private static final Path BOOT = Path.of("/proc/sys/kernel/random/boot_id");
    private static final Path NAMESPACE = Path.of("/proc/self/ns/pid");
    private static final Path UPTIME = Path.of("/proc/uptime");

    /// What /proc counts in on every Linux, whatever the kernel's own clock does.
    private static final int TICKS_PER_SECOND = 100;

    private static final int MILLIS_PER_TICK = 1000 / TICKS_PER_SECOND;

    /// Whether a process lives.
    public enum Presence {
        ALIVE,
        /// For certain: whoever has its id now, if anyone, is another.
        GONE,
        /// It belongs to another boot or container, or another machine: nobody here can tell.
        UNKNOWN
    }

    /// The boot of the machine and the set of processes that this process lives in.
    public static String bootHere() throws IOException {
        var namespace = Files.readSymbolicLink(NAMESPACE).toString().replaceAll("\\D", "");
        return Files.readString(BOOT).strip() + ":" + namespace;
    }

    /// The process that asks.
    public static ProcessIdentity here() throws IOException {
        long pid = ProcessHandle.current().pid();
        var row = ProcessTable.find(pid);
        if (row.isEmpty()) {
            throw new IOException("/proc does not show this process; it must be mounted");
        }
        return new ProcessIdentity(bootHere(), pid, row.get().start());
    }

    public Presence presence() throws IOException {
        if (!boot.equals(bootHere())) {
            return Presence.UNKNOWN;
        }
        return row().isPresent() ? Presence.ALIVE : Presence.GONE;
    }

    Optional<ProcessTable.Row> row() {
        return ProcessTable.find(pid).filter(row -> row.start() == started);
    }

    /// How long ago it started, untouched by changes of the clock; of this boot only.
    public Duration age() throws IOException {
        var uptime = Files.readString(UPTIME).split(" ", 2)[0];
        long now = (long) (Double.parseDouble(uptime) * TICKS_PER_SECOND);
        return Duration.ofMillis(Math.max(0, now - started) * MILLIS_PER_TICK);
    }
}
