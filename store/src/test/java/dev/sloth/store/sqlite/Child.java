package dev.sloth.store.sqlite;

import dev.sloth.api.workflow.RunId;
import dev.sloth.core.store.Claim;
import dev.sloth.core.store.StoreFailure;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/// Another process with a store of its own. It says what it did, line by line, after the store has
/// acknowledged it.
final class Child implements AutoCloseable {
    private static final int WAIT_SECONDS = 120;

    private final Process process;
    private final BufferedReader lines;

    private Child(Process process) {
        this.process = process;
        this.lines = process.inputReader(StandardCharsets.UTF_8);
    }

    /// @param act what it does; see `main`
    static Child start(String act, Path home, String... more) throws IOException {
        return start(List.of(), act, home, more);
    }

    /// @param before a command that runs the Java machine
    static Child start(List<String> before, String act, Path home, String... more)
            throws IOException {
        return start(before, System.getProperty("java.class.path"), act, home, more);
    }

    static Child start(List<String> before, String classPath, String act, Path home, String... more)
            throws IOException {
        var command = new ArrayList<>(before);
        command.addAll(
                List.of(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "--enable-native-access=ALL-UNNAMED",
                        "-XX:TieredStopAtLevel=1",
                        "-cp",
                        classPath,
                        Child.class.getName(),
                        act,
                        home.toString()));
        command.addAll(List.of(more));
        return new Child(
                new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start());
    }

    /// The next lines it writes; fewer when it ends before.
    List<String> lines(int count) throws IOException {
        var read = new ArrayList<String>();
        for (var line = lines.readLine(); line != null; line = lines.readLine()) {
            read.add(line);
            if (read.size() == count) {
                break;
            }
        }
        return read;
    }

    /// All that it still writes.
    List<String> lines() throws IOException {
        return lines(Integer.MAX_VALUE);
    }

    /// As `kill -9`.
    void kill() throws InterruptedException {
        // Process.destroyForcibly would close what the child has written already.
        process.toHandle().destroyForcibly();
        process.waitFor();
    }

    int exit() throws InterruptedException {
        if (!process.waitFor(WAIT_SECONDS, TimeUnit.SECONDS)) {
            throw new IllegalStateException("the child does not end");
        }
        return process.exitValue();
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }

    /// `append HOME RUN COUNT`, `work HOME`, `fill HOME`, `open HOME`, `pages HOME`, `state HOME
    /// SEED`, `locks HOME SEED`.
    public static void main(String[] words) {
        var home = Path.of(words[1]);
        switch (words[0]) {
            case "append" -> append(home, words[2], Integer.parseInt(words[3]));
            case "work" -> work(home);
            case "fill" -> fill(home, StoreConfig.DEFAULT, Child::stuff);
            case "pages" -> fill(home, StoreConfig.DEFAULT.withPagesMax(200), _ -> {});
            case "open" -> open(home);
            case "state" -> ChildState.ask(home, Integer.parseInt(words[2]));
            case "locks" -> ChildState.count(home);
            default -> throw new IllegalArgumentException(words[0]);
        }
    }

    static void say(String line) {
        System.out.println(line);
        System.out.flush();
    }

    private static void append(Path home, String run, int count) {
        try (var store = Sample.open(home)) {
            var claim = Sample.submit(store, run);
            for (int event = 2; event <= count; event++) {
                store.runs().append(claim, Sample.chapter(event, Sample.body(run, event)));
            }
        }
        say("done");
    }

    /// Four threads write until the process is killed, each to a run of its own.
    private static void work(Path home) {
        var store = Sample.open(home);
        var prefix = "run-" + ProcessHandle.current().pid() + "-";
        for (int i = 0; i < 4; i++) {
            var run = prefix + i;
            Thread.ofPlatform().start(() -> work(store, run));
        }
    }

    private static void work(SqliteStore store, String run) {
        var claim = Sample.submit(store, run);
        for (int event = 2; ; event++) {
            store.runs().append(claim, Sample.chapter(event, Sample.body(run, event)));
            say("event " + run + " " + event);
            store.attempts().begin(claim, Sample.attempt(run, event), "boot", Sample.NOW);
            say("attempt " + run + " " + event);
            store.logs().append(claim, Sample.chunk(run, event - 2));
            say("chunk " + run + " " + (event - 2));
        }
    }

    /// Writes until the disk is full; then makes room by deleting a run, and goes on.
    ///
    /// @param rest takes what room is left on the disk
    private static void fill(Path home, StoreConfig config, Consumer<Path> rest) {
        try (var store = Sample.open(home, config)) {
            var old = Sample.submit(store, "old");
            var large = new byte[60_000];
            store.runs().append(old, Sample.chapter(2, large));
            store.runs().append(old, Sample.chapter(3, large));
            store.runs().append(old, Sample.last(4));
            var claim = Sample.submit(store, "new");
            int event = 2;
            try {
                for (; event < 10_000; event++) {
                    store.runs().append(claim, Sample.chapter(event, new byte[3_000]));
                }
                say("never full");
            } catch (StoreFailure e) {
                say(e.reason() + " " + e.getMessage());
            }
            say("kept " + store.runs().find(new RunId("new")).orElseThrow().events());
            say("acknowledged " + (event - 1));
            say("read " + store.runs().journal(new RunId("new"), 1, 10_000).size());
        }
        rest.accept(home);
        try (var store = Sample.open(home, config)) {
            say("deleted " + store.runs().delete(new RunId("old")));
            var run = store.runs().find(new RunId("new")).orElseThrow();
            var next = Sample.chapter(run.events() + 1, new byte[3_000]);
            store.runs().append(new Claim(run.id(), run.epoch()), next);
            say("went on");
        }
    }

    private static void stuff(Path home) {
        try (var filler = Files.newOutputStream(home.resolve("filler"))) {
            while (true) {
                filler.write(new byte[512]);
            }
        } catch (IOException e) {
            say("stuffed " + e.getMessage());
        }
    }

    private static void open(Path home) {
        try (var store = Sample.open(home)) {
            say("found " + store.runs().find(new RunId("run")).isPresent());
            store.runs().append(new Claim(new RunId("run"), 1), Sample.last(2));
            say("wrote");
        } catch (StoreFailure e) {
            say(e.reason() + " " + e.getMessage());
        }
    }
}
