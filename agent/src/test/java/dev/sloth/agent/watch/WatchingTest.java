package dev.sloth.agent.watch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sloth.agent.process.ChildProcesses;
import dev.sloth.agent.process.ProcessConfig;
import dev.sloth.api.event.Events;
import dev.sloth.api.event.Fact;
import dev.sloth.api.event.Watcher;
import dev.sloth.api.event.Watcher.Kind;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// Watches real files, processes and ports.
@Timeout(60)
final class WatchingTest {
    private static final Duration SOON = Duration.ofMillis(100);
    private static final Duration NEVER = Duration.ofHours(1);

    @TempDir private Path folder;
    private final List<Watcher> wanted = new CopyOnWriteArrayList<>();
    private final BlockingQueue<Fact> facts = new LinkedBlockingQueue<>();
    private final BlockingQueue<String> notes = new LinkedBlockingQueue<>();
    private final ChildProcesses processes =
            new ChildProcesses(ProcessConfig.defaults(System.getenv()), new SplittableRandom(1));

    @AfterEach
    void close() {
        processes.close();
    }

    /// Tells of what it is told.
    private final class Told implements Events {
        @Override
        public String dispatch(Fact fact) {
            facts.add(fact);
            return "e1";
        }

        @Override
        public String watch(Watcher watcher) {
            throw new AssertionError("nobody asks for more");
        }
    }

    private Watching watching() throws IOException {
        var watching =
                new Watching(
                        () -> List.copyOf(wanted),
                        (_, _) -> new Told(),
                        processes,
                        "/bin/sh",
                        notes::add);
        watching.start();
        return watching;
    }

    private static Watcher watcher(Kind kind, String target, Duration interval) {
        return new Watcher(
                kind + target, kind, target, kind.changes(), interval, Map.of("threshold", "0"));
    }

    /// The next fact that is not about the machine.
    private String next() throws InterruptedException {
        var fact = facts.poll(30, TimeUnit.SECONDS);
        assertThat(fact).as("fact; notes: %s", notes).isNotNull();
        return fact.type().startsWith("system.") ? next() : fact.type();
    }

    /// How busy processors are is first seen when all else has been seen.
    private void awaitFirstSight() throws InterruptedException {
        var fact = facts.poll(30, TimeUnit.SECONDS);
        assertThat(fact).as("fact; notes: %s", notes).isNotNull();
        assertThat(fact.type()).startsWith("system.cpu_");
    }

    /// Lets the watching see the folder before it changes.
    private void awaitListening(Path marker) throws IOException, InterruptedException {
        for (var fact = facts.poll(); fact == null; fact = facts.poll(200, TimeUnit.MILLISECONDS)) {
            Files.writeString(marker, String.valueOf(System.nanoTime()));
        }
        while (facts.poll(500, TimeUnit.MILLISECONDS) != null) {
            // Until it is quiet.
        }
    }

    @Test
    void files_are_told_of_when_the_system_tells_not_when_the_interval_is_over()
            throws IOException, InterruptedException {
        wanted.add(watcher(Kind.FILE, folder.toString(), NEVER));
        try (var _ = watching()) {
            awaitListening(folder.resolve("marker"));
            var file = folder.resolve("a.txt");
            Files.writeString(file, "1");
            assertThat(next()).isEqualTo("file.created");
            Files.writeString(file, "12");
            assertThat(next()).isEqualTo("file.modified");
            Files.delete(file);
            assertThat(next()).isEqualTo("file.deleted");
        }
    }

    @Test
    void links_in_circles_blind_nobody() throws IOException {
        Files.createSymbolicLink(folder.resolve("a"), Path.of("a"));
        Files.writeString(folder.resolve("file"), "x");
        assertThat(FileSights.of(folder, true, true).files().all())
                .containsOnlyKeys(
                        folder.resolve("a").toString(), folder.resolve("file").toString());
    }

    @Test
    void a_port_that_is_opened_and_closed_is_told_of() throws IOException, InterruptedException {
        try (var _ = watching()) {
            int port =
                    whileOpen(
                            0,
                            here -> {
                                wanted.addAll(
                                        List.of(
                                                watcher(Kind.PORT, "tcp/" + here, SOON),
                                                watcher(Kind.CPU, "", SOON)));
                                awaitFirstSight();
                            });
            assertThat(next()).isEqualTo("port.closed");
            int _ = whileOpen(port, _ -> assertThat(next()).isEqualTo("port.opened"));
        }
    }

    /// Something done while a port is open.
    @FunctionalInterface
    private interface Meanwhile {
        void act(int port) throws InterruptedException;
    }

    private static int whileOpen(int port, Meanwhile meanwhile)
            throws IOException, InterruptedException {
        try (var open = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
            meanwhile.act(open.getLocalPort());
            return open.getLocalPort();
        }
    }

    @Test
    void a_process_that_starts_and_stops_is_told_of() throws IOException, InterruptedException {
        var program = folder.resolve("sloth-watched");
        Files.copy(Path.of("/bin/sleep"), program);
        wanted.add(watcher(Kind.PROCESS, "sloth-watched", SOON));
        wanted.add(watcher(Kind.CPU, "", SOON));
        try (var _ = watching()) {
            awaitFirstSight();
            var process = new ProcessBuilder(program.toString(), "600").start();
            try {
                assertThat(next()).isEqualTo("process.started");
            } finally {
                process.destroyForcibly();
            }
            assertThat(next()).isEqualTo("process.stopped");
        }
    }

    @Test
    void a_command_is_told_of_when_it_says_something_else_or_fails()
            throws IOException, InterruptedException {
        var file = Files.writeString(folder.resolve("said"), "one");
        wanted.add(watcher(Kind.CUSTOM, "cat " + file, SOON));
        try (var _ = watching()) {
            awaitListening(file);
            Files.writeString(file, "two");
            assertThat(next()).isEqualTo("custom.changed");
            Files.delete(file);
            assertThat(next()).isEqualTo("custom.failed");
            Files.writeString(file, "two");
            assertThat(next()).isEqualTo("custom.recovered");
        }
    }

    @Test
    void memory_that_is_used_is_told_of() throws IOException, InterruptedException {
        wanted.add(watcher(Kind.MEMORY, "", SOON));
        try (var _ = watching()) {
            var fact = facts.poll(30, TimeUnit.SECONDS);
            assertThat(fact).isNotNull();
            assertThat(fact.type()).isEqualTo("system.memory_high");
        }
    }

    @Test
    void what_cannot_be_watched_is_told_once() throws IOException, InterruptedException {
        wanted.add(watcher(Kind.PORT, "nonsense", SOON));
        try (var _ = watching()) {
            assertThat(notes.poll(30, TimeUnit.SECONDS)).contains("PORTnonsense sees nothing");
            assertThat(notes.poll(1, TimeUnit.SECONDS)).isNull();
        }
    }

    /// A machine whose systemctl says what is in a file.
    private ChildProcesses withSystemctl(String script) throws IOException {
        var tools = Files.createDirectories(folder.resolve("tools"));
        var tool = tools.resolve("systemctl");
        Files.writeString(tool, "#!/bin/sh\n" + script);
        assertThat(tool.toFile().setExecutable(true)).isTrue();
        var environment = Map.of("PATH", tools + ":/usr/bin:/bin");
        return new ChildProcesses(ProcessConfig.defaults(environment), new SplittableRandom(2));
    }

    private Watching watching(ChildProcesses with) throws IOException {
        var watching =
                new Watching(
                        () -> List.copyOf(wanted),
                        (_, _) -> new Told(),
                        with,
                        "/bin/sh",
                        notes::add);
        watching.start();
        return watching;
    }

    /// Waits for what a command writes; no facts are expected meanwhile.
    private void awaitLines(Path file, int count) throws IOException, InterruptedException {
        while (Files.notExists(file) || Files.readAllLines(file).size() < count) {
            assertThat(facts.poll(20, TimeUnit.MILLISECONDS)).isNull();
        }
    }

    private void says(String state, String detail) throws IOException {
        var fresh = folder.resolve("fresh");
        Files.writeString(fresh, "ActiveState=%s\nSubState=%s\n".formatted(state, detail));
        Files.move(fresh, folder.resolve("state"), StandardCopyOption.REPLACE_EXISTING);
    }

    @Test
    void a_service_that_starts_stops_and_fails_is_told_of() throws Exception {
        says("inactive", "dead");
        wanted.add(watcher(Kind.SERVICE, "web", SOON));
        var script =
                "test \"$1 $4\" = 'show web' && cat %1$s/state; echo x >> %1$s/asked"
                        .formatted(folder);
        try (var systemctl = withSystemctl(script);
                var _ = watching(systemctl)) {
            awaitLines(folder.resolve("asked"), 1);
            says("active", "running");
            assertThat(next()).isEqualTo("service.started");
            says("failed", "failed");
            assertThat(next()).isEqualTo("service.failed");
            says("active", "running");
            assertThat(next()).isEqualTo("service.started");
            says("inactive", "dead");
            assertThat(next()).isEqualTo("service.stopped");
            assertThat(notes).isEmpty();
        }
    }

    @Test
    void a_service_where_there_is_no_systemd_is_complained_of_once() throws Exception {
        wanted.add(watcher(Kind.SERVICE, "web", SOON));
        var script =
                "echo 'System has not been booted with systemd' >&2; echo x >> %s/asked; exit 1"
                        .formatted(folder);
        try (var systemctl = withSystemctl(script);
                var _ = watching(systemctl)) {
            assertThat(notes.poll(30, TimeUnit.SECONDS))
                    .contains("SLOTH-4311", "System has not been booted with systemd");
            awaitLines(folder.resolve("asked"), 3);
            assertThat(notes).isEmpty();
        }
    }

    @Test
    void a_command_that_hangs_is_ended_and_complained_of_once() throws Exception {
        var command = "echo $$ >> %s/pids; exec sleep 1000".formatted(folder);
        wanted.add(
                new Watcher(
                        "hangs",
                        Kind.CUSTOM,
                        command,
                        Kind.CUSTOM.changes(),
                        SOON,
                        Map.of("timeout_ms", "300")));
        try (var _ = watching()) {
            assertThat(notes.poll(30, TimeUnit.SECONDS))
                    .contains("the watcher hangs", "SLOTH-4310", "took longer than 0.3 s");
            var pids = folder.resolve("pids");
            awaitLines(pids, 3);
            var first = Long.parseLong(Files.readAllLines(pids).getFirst());
            assertThat(ProcessHandle.of(first).filter(ProcessHandle::isAlive)).isEmpty();
            assertThat(notes).isEmpty();
        }
    }

    @Test
    void a_command_that_runs_is_ended_with_the_watching() throws Exception {
        var pids = folder.resolve("pids");
        wanted.add(watcher(Kind.CUSTOM, "echo $$ >> %s; exec sleep 1000".formatted(pids), SOON));
        try (var _ = watching()) {
            awaitLines(pids, 1);
        }
        var pid = Long.parseLong(Files.readAllLines(pids).getFirst());
        assertThat(ProcessHandle.of(pid).filter(ProcessHandle::isAlive)).isEmpty();
    }
}
