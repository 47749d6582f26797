package dev.sloth.launcher.lan;

import static java.nio.file.StandardOpenOption.CREATE;
import static java.nio.file.StandardOpenOption.WRITE;
import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/// The clock of a host: what its processes ask for the time of day instead of the system, whose
/// clock it shows until it is set. Built with the C compiler of the machine.
final class HostClock {
    private final Path library;
    private final Path seconds;

    HostClock(Path folder, String host) throws IOException, InterruptedException {
        this.library = folder.resolve("clock.so").toAbsolutePath();
        this.seconds = folder.resolve(host + ".clock").toAbsolutePath();
        set(Duration.ZERO);
        if (Files.notExists(library)) {
            build(folder.resolve("clock.c"));
        }
    }

    private void build(Path source) throws IOException, InterruptedException {
        try (var in = requireNonNull(HostClock.class.getResourceAsStream("/clock.c"))) {
            Files.write(source, in.readAllBytes());
        }
        var compiler =
                new ProcessBuilder(
                                "gcc",
                                "-O2",
                                "-shared",
                                "-fPIC",
                                "-o",
                                library.toString(),
                                source.toString())
                        .inheritIO()
                        .start();
        if (compiler.waitFor() != 0) {
            throw new IOException("gcc does not take clock.c");
        }
    }

    /// What comes before the words of a command that shall ask this clock.
    List<String> words() {
        return List.of("env", "LD_PRELOAD=" + library, "HOST_CLOCK=" + seconds);
    }

    /// It shows as much more than the system's, at once and for all that run.
    void set(Duration ahead) throws IOException {
        var bytes = ByteBuffer.allocate(Long.BYTES).order(ByteOrder.nativeOrder());
        // Over what is there, as it is looked at in this very place.
        try (var file = Files.newByteChannel(seconds, CREATE, WRITE)) {
            var _ = file.write(bytes.putLong(ahead.toSeconds()).flip());
        }
    }
}
