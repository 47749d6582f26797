package dev.sloth.agent.watch;

import dev.sloth.api.event.Watcher;
import dev.sloth.api.plugin.Processes;
import dev.sloth.api.plugin.Processes.Command;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/// Looks at what a watcher is for.
final class Looks {
    /// How much of what a command prints is compared and told.
    private static final int OUTPUT_MAX = 4_096;

    private static final String TIMEOUT = "timeout_ms";
    private static final String TIMEOUT_DEFAULT = "10000";

    private static final double MILLIS_PER_SECOND = 1e3;
    private static final Duration SERVICE_TIME = Duration.ofSeconds(10);
    private static final List<String> SERVICE_ASKED =
            List.of("systemctl", "show", "--property=ActiveState,SubState", "--");

    private final Machine machine;
    private final Processes processes;
    private final String shell;

    Looks(Machine machine, Processes processes, String shell) {
        this.machine = machine;
        this.processes = processes;
        this.shell = shell;
    }

    /// What was seen, and in which folders something may happen to it.
    ///
    /// @param trouble why there may be more to see; empty when there is none
    record Look(Sight sight, Set<Path> folders, String trouble) {
        Look(Sight sight) {
            this(sight, Set.of(), "");
        }
    }

    /// @param spent what the processors had done when they were last looked at
    Look at(Watcher watcher, Machine.Spent spent) throws IOException, InterruptedException {
        return switch (watcher.kind()) {
            case FILE -> files(watcher);
            case PROCESS -> new Look(new Sight.Running(machine.processes(watcher.target())));
            case PORT -> new Look(new Sight.Listening(machine.listens(watcher.target())));
            case SERVICE -> new Look(service(watcher));
            case CPU -> new Look(new Sight.Level(machine.processors().since(spent)));
            case MEMORY -> new Look(new Sight.Level(machine.memory()));
            case CUSTOM -> said(watcher);
        };
    }

    private static Look files(Watcher watcher) throws IOException {
        var seen =
                FileSights.of(
                        Path.of(watcher.target()),
                        watcher.options().containsKey("recursive"),
                        watcher.options().containsKey("check_hash"));
        return new Look(seen.files(), seen.folders(), "");
    }

    private Look said(Watcher watcher) throws IOException, InterruptedException {
        var folder = Path.of(watcher.options().getOrDefault("folder", "/"));
        var timeout =
                Duration.ofMillis(
                        Long.parseLong(watcher.options().getOrDefault(TIMEOUT, TIMEOUT_DEFAULT)));
        var ended = processes.run(Command.shell(shell, watcher.target(), folder).timeout(timeout));
        var output = text(ended.stdout());
        var said =
                new Sight.Said(
                        ended.exitCode(),
                        output.length() <= OUTPUT_MAX ? output : output.substring(0, OUTPUT_MAX));
        var trouble =
                ended.timedOut()
                        ? "SLOTH-4310: its command took longer than %s and was ended; mend it, or register it with a longer timeout"
                                .formatted(shown(timeout))
                        : "";
        return new Look(said, Set.of(), trouble);
    }

    private static String shown(Duration timeout) {
        return timeout.toMillis() / MILLIS_PER_SECOND + " s";
    }

    private static String text(byte[] bytes) {
        return new String(bytes, StandardCharsets.UTF_8);
    }

    private Sight service(Watcher watcher) throws IOException, InterruptedException {
        var argv = new ArrayList<>(SERVICE_ASKED);
        argv.add(watcher.target());
        var ended = processes.run(Command.of(argv, Path.of("/")).timeout(SERVICE_TIME).quiet(true));
        var state = "";
        var detail = "";
        for (var line : text(ended.stdout()).lines().toList()) {
            if (line.startsWith("ActiveState=")) {
                state = behindSign(line);
            } else if (line.startsWith("SubState=")) {
                detail = behindSign(line);
            }
        }
        if (ended.timedOut() || ended.exitCode() != 0 || state.isEmpty()) {
            var why = text(ended.stderr()).lines().findFirst().orElse("");
            throw new IOException(
                    "SLOTH-4311: systemctl does not say how the service stands%s; is there a systemd that runs here?"
                            .formatted(ended.timedOut() ? " within 10 s" : ": " + why));
        }
        return new Sight.Service(state, detail);
    }

    private static String behindSign(String line) {
        return line.substring(line.indexOf('=') + 1);
    }
}
