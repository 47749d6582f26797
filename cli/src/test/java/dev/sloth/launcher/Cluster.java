package dev.sloth.launcher;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sloth.launcher.lan.Host;
import java.io.IOException;
import java.net.BindException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.regex.Pattern;

/// A master and its agents as processes that a user would have started, and that can be killed at
/// any moment and started again.
final class Cluster {
    private static final Duration PATIENCE = Duration.ofSeconds(90);
    private static final int LOOK_MILLIS = 20;
    private static final int FIRST_PORT = 20_000;
    private static final int EPHEMERAL = 32_000;
    private static final int KILL_SECONDS = 60;
    private static final int REFUSED = 3;
    private static final String DRAIN = "--drain";

    /// What nobody may find on the standard error of a process that was only unlucky.
    private static final Pattern NOISE =
            Pattern.compile("(?m)^.*(SLOTH-9|Exception|WARN|^\\tat ).*$");

    private final Shell shell;
    private final Path folder;
    private final Map<String, Shell.Started> running = new LinkedHashMap<>();
    private final List<Path> errors = new ArrayList<>();
    private final Map<String, Host> hosts = new HashMap<>();
    private final String port;
    private boolean known;

    Cluster(Path folder, Map<String, String> settings) throws IOException {
        this.folder = folder;
        this.port = Integer.toString(freePort());
        this.shell = new Shell(folder, Files.createDirectories(folder.resolve("home")), settings);
    }

    /// One that the system gives to nobody who connects: while the master is away, an agent that
    /// tries to reach it could be given the very port, and keep the master from coming back.
    private static int freePort() throws IOException {
        int first = ThreadLocalRandom.current().nextInt(FIRST_PORT, EPHEMERAL);
        for (int port = first; port < first + EPHEMERAL; port++) {
            int tried = FIRST_PORT + (port - FIRST_PORT) % (EPHEMERAL - FIRST_PORT);
            try (var socket = new ServerSocket(tried)) {
                return socket.getLocalPort();
            } catch (BindException _) {
                // Somebody has it: the next one.
            }
        }
        throw new IOException("no port is free");
    }

    /// Where the master keeps everything.
    Path data() {
        return folder.resolve("home").resolve(".sloth-runner").resolve("master");
    }

    Path folder() {
        return folder;
    }

    String at() {
        return "localhost:" + port;
    }

    /// The process that is called so runs on a host of its own; all users are at the master's.
    void on(Host host, String name) {
        hosts.put(name, host);
    }

    private String[] there(String name, String... words) {
        var host = hosts.get(name);
        return host == null ? words : host.words(List.of(words)).toArray(String[]::new);
    }

    // ---- starting

    static String[] line(String... words) {
        var line = new ArrayList<>(List.of(Shell.root().resolve("sloth-runner").toString()));
        line.addAll(List.of(words));
        return line.toArray(String[]::new);
    }

    private void start(String name, String... words) throws IOException {
        assertThat(running).as("running").doesNotContainKey(name);
        var started = shell.start(there(name, line(words)));
        running.put(name, started);
        errors.add(started.err());
    }

    /// Starts the master, and waits until it listens the first time only.
    void master() throws Exception {
        start("master", "master", "--port", port, "-o", "json");
        if (!known) {
            known = !said("master", "\"event\":\"(started)\"").isEmpty();
        }
    }

    /// Joins and waits until it is connected.
    void join(String agent, String... more) throws Exception {
        var token = user("agent", "token", "create");
        assertThat(token.code()).as(token.all()).isZero();
        var words = new ArrayList<>(List.of("--token", token.out().strip(), "--name", agent));
        words.addAll(List.of(more));
        agent(agent, words.toArray(String[]::new));
        var _ = said(agent, "\"event\":\"(connected)\"");
    }

    void agent(String name, String... more) throws IOException {
        var words =
                new ArrayList<>(
                        List.of(
                                "agent",
                                "start",
                                "--master",
                                master(name),
                                "--data",
                                name,
                                "-o",
                                "json"));
        words.addAll(List.of("--slots", "6"));
        words.addAll(List.of(more));
        if (!words.contains(DRAIN)) {
            words.addAll(List.of(DRAIN, "0s"));
        }
        start(name, words.toArray(String[]::new));
    }

    /// Where an agent finds its master.
    private String master(String agent) {
        var host = hosts.get("master");
        return host == null || !hosts.containsKey(agent) ? at() : host.address() + ":" + port;
    }

    /// A command of a user, asking this master.
    Shell.Started begin(String... words) throws IOException {
        var all = new ArrayList<>(List.of(words));
        all.addAll(List.of("--master", at()));
        return shell.start(there("master", line(all.toArray(String[]::new))));
    }

    /// The same, and what came of it.
    Shell.Ended user(String... words) throws Exception {
        return await(begin(words));
    }

    Shell.Ended await(Shell.Started started) throws Exception {
        return shell.await(started);
    }

    // ---- ending

    private Process process(String name) {
        return requireNonNull(running.get(name), name).process();
    }

    /// SIGKILL, to the process alone: what it has started lives on.
    void kill(String name) throws Exception {
        gone(name, () -> signal("-KILL", List.of(process(name).pid())));
    }

    /// SIGKILL, to the process and all that it has started, at one moment: none of them may see the
    /// end of another. The process comes last, since the system wakes those whose group has lost
    /// its parent.
    void killWithAll(String name) throws Exception {
        gone(
                name,
                () -> {
                    long own = process(name).pid();
                    signal("-STOP", List.of(own));
                    signal("-STOP", descendants(name));
                    var all = new ArrayList<>(descendants(name));
                    all.add(own);
                    signal("-KILL", all);
                });
    }

    private List<Long> descendants(String name) {
        return process(name).descendants().map(ProcessHandle::pid).toList();
    }

    /// SIGTERM.
    void end(String name) throws Exception {
        gone(name, () -> signal("-TERM", List.of(process(name).pid())));
    }

    /// SIGTERM, and once more when it has said what it makes of that.
    void endTwice(String name) throws Exception {
        gone(
                name,
                () -> {
                    signal("-TERM", name);
                    var _ = said(name, "(takes nothing new)");
                    signal("-TERM", name);
                });
    }

    /// Waits until a process has ended by itself, because it must not go on.
    ///
    /// @return what it said of that
    String ended(String name) throws Exception {
        var started = requireNonNull(running.get(name), name);
        assertThat(started.process().waitFor(KILL_SECONDS, TimeUnit.SECONDS)).as(name).isTrue();
        assertThat(started.process().exitValue()).isEqualTo(REFUSED);
        running.remove(name);
        return Files.readString(started.err());
    }

    /// Something that ends a process.
    private interface Ending {
        void end() throws Exception;
    }

    private void gone(String name, Ending ending) throws Exception {
        ending.end();
        assertThat(process(name).waitFor(KILL_SECONDS, TimeUnit.SECONDS)).as(name).isTrue();
        running.remove(name);
    }

    /// Who is gone already needs no signal.
    void signal(String signal, String name) throws Exception {
        signal(signal, List.of(process(name).pid()));
    }

    private void signal(String signal, List<Long> pids) throws Exception {
        var words = new ArrayList<>(List.of("kill", signal, "--"));
        pids.forEach(pid -> words.add(Long.toString(pid)));
        var _ = shell.run(words.toArray(String[]::new));
    }

    boolean runs(String name) {
        return running.containsKey(name);
    }

    // ---- looking

    /// What the group of a pattern is once it stands in what a process says.
    String said(String name, String pattern) throws Exception {
        var out = requireNonNull(running.get(name), name).out();
        var wanted = Pattern.compile(pattern);
        await(
                pattern,
                () -> {
                    assertThat(process(name).isAlive()).as("%s: %s", name, errors()).isTrue();
                    return wanted.matcher(Files.readString(out)).find();
                });
        var found = wanted.matcher(Files.readString(out));
        assertThat(found.find()).isTrue();
        return found.group(found.groupCount());
    }

    /// What a process has said so far on standard output.
    String output(String name) throws IOException {
        return Files.readString(requireNonNull(running.get(name), name).out());
    }

    /// Something that comes true.
    @FunctionalInterface
    interface Sight {
        boolean seen() throws Exception;
    }

    void await(String what, Sight sight) throws Exception {
        long end = System.nanoTime() + PATIENCE.toNanos();
        while (!sight.seen()) {
            assertThat(System.nanoTime()).as("%s in time; %s", what, errors()).isLessThan(end);
            pause(LOOK_MILLIS);
        }
    }

    static void pause(long millis) {
        long until = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(millis);
        for (long left = until - System.nanoTime(); left > 0; left = until - System.nanoTime()) {
            LockSupport.parkNanos(left);
        }
    }

    /// That all processes that were not killed go on, and that none has complained of what is only
    /// bad luck.
    void judge() throws IOException {
        for (var each : running.entrySet()) {
            assertThat(each.getValue().process().isAlive())
                    .as("%s goes on; %s", each.getKey(), errors())
                    .isTrue();
        }
        assertThat(NOISE.matcher(errors()).results().map(found -> found.group()))
                .as(errors())
                .isEmpty();
    }

    /// What was said on standard error, by all.
    String errors() throws IOException {
        var all = new StringBuilder();
        for (var file : errors) {
            all.append(Files.readString(file));
        }
        return all.toString();
    }

    /// Ends all of it.
    void close() throws Exception {
        for (var name : List.copyOf(running.keySet())) {
            killWithAll(name);
        }
    }
}
