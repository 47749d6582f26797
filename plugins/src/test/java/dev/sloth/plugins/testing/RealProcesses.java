package dev.sloth.plugins.testing;

import dev.sloth.api.plugin.Processes;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/// Real child processes, run plainly. Remembers the commands.
public final class RealProcesses implements Processes {
    private static final Duration LIMIT = Duration.ofSeconds(30);

    public final List<Command> commands = new ArrayList<>();

    @Override
    public Ended run(Command command) throws IOException, InterruptedException {
        commands.add(command);
        var builder = new ProcessBuilder(command.argv()).directory(command.folder().toFile());
        builder.environment().keySet().retainAll(List.of("PATH", "HOME"));
        builder.environment().putAll(command.environment());
        var out = Files.createTempFile("out", "");
        var err = Files.createTempFile("err", "");
        builder.redirectOutput(out.toFile()).redirectError(err.toFile());
        var process = builder.start();
        try (var in = process.getOutputStream()) {
            in.write(command.stdin());
        }
        var limit = command.timeout().isZero() ? LIMIT : command.timeout();
        boolean timedOut = !process.waitFor(limit.toMillis(), TimeUnit.MILLISECONDS);
        if (timedOut) {
            process.descendants().forEach(ProcessHandle::destroyForcibly);
            process.destroyForcibly().waitFor();
        }
        return new Ended(
                process.exitValue(),
                taken(out, command),
                taken(err, command),
                timedOut,
                false,
                Duration.ZERO);
    }

    private static byte[] taken(Path file, Command command) throws IOException {
        var bytes = Files.readAllBytes(file);
        Files.delete(file);
        return command.room().has(bytes.length) ? bytes : new byte[0];
    }
}
