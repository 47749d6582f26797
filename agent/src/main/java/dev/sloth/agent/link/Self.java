package dev.sloth.agent.link;

import dev.sloth.wire.Figures;
import dev.sloth.wire.Protocol;
import dev.sloth.wire.proto.Hello;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;

/// What an agent says of itself and its machine.
///
/// @param version of the program
/// @param host the machine's name
/// @param slots how many attempts it takes at once
public record Self(String version, String host, int slots) {
    private static final Path BOOT = Path.of("/proc/sys/kernel/random/boot_id");

    Hello hello(Instant now) {
        return Hello.newBuilder()
                .setProtocol(Protocol.VERSION)
                .setOldest(Protocol.OLDEST)
                .setVersion(version)
                .setBoot(boot())
                .setHost(host)
                .setSystem(System.getProperty("os.name") + " " + System.getProperty("os.arch"))
                .setSlots(slots)
                .setAt(now.toEpochMilli())
                .build();
    }

    /// Empty where the system does not say.
    private static String boot() {
        try {
            return Files.readString(BOOT).strip();
        } catch (IOException _) {
            return "";
        }
    }

    static Figures figures() {
        var system =
                (com.sun.management.OperatingSystemMXBean)
                        ManagementFactory.getOperatingSystemMXBean();
        return new Figures(
                Math.max(0, system.getSystemLoadAverage()),
                system.getAvailableProcessors(),
                system.getTotalMemorySize(),
                system.getFreeMemorySize());
    }
}
