package dev.sloth.agent.watch;

import dev.sloth.api.event.Watcher;
import dev.sloth.api.plugin.Processes;
import dev.sloth.api.plugin.Processes.Command;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Set;

/// Looks at what a watcher is for.
final class Looks {
    /// How much of what a command prints is compared and told.
    private static final int OUTPUT_MAX = 4_096;

    private static final String TIMEOUT = "timeout_ms";
    private static final String TIMEOUT_DEFAULT = "10000";

    private final Machine machine;
    private final Processes processes;
    private final String shell;

    Looks(Machine machine, Processes processes, String shell) {
        this.machine = machine;
        this.processes = processes;
        this.shell = shell;
    }

    /// What was seen, and in which folders something may happen to it.
    record Look(Sight sight, Set<Path> folders) {
        Look(Sight sight) {
            this(sight, Set.of());
        }
    }

    /// @param spent what the processors had done when they were last looked at
    Look at(Watcher watcher, Machine.Spent spent) throws IOException, InterruptedException {
        return switch (watcher.kind()) {
            case FILE -> files(watcher);
            case PROCESS -> new Look(new Sight.Running(machine.processes(watcher.target())));
            case PORT -> new Look(new Sight.Listening(machine.listens(watcher.target())));
            case CPU -> new Look(new Sight.Level(machine.processors().since(spent)));
            case MEMORY -> new Look(new Sight.Level(machine.memory()));
            case CUSTOM -> new Look(said(watcher));
        };
    }

    private static Look files(Watcher watcher) throws IOException {
        var seen =
                FileSights.of(
                        Path.of(watcher.target()),
                        watcher.options().containsKey("recursive"),
                        watcher.options().containsKey("check_hash"));
        return new Look(seen.files(), seen.folders());
    }

    private Sight said(Watcher watcher) throws IOException, InterruptedException {
        var folder = Path.of(watcher.options().getOrDefault("folder", "/"));
        var timeout =
                Duration.ofMillis(
                        Long.parseLong(watcher.options().getOrDefault(TIMEOUT, TIMEOUT_DEFAULT)));
        var ended = processes.run(Command.shell(shell, watcher.target(), folder).timeout(timeout));
        var output = new String(ended.stdout(), StandardCharsets.UTF_8);
        return new Sight.Said(
                ended.exitCode(),
                output.length() <= OUTPUT_MAX ? output : output.substring(0, OUTPUT_MAX));
    }
}
