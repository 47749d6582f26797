package dev.sloth.launcher;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/// Runs commands in a clean environment with an empty HOME, as on a fresh machine.
record Shell(Path folder, Path home, Map<String, String> environment) {
    private static final long SECONDS_MAX = 120;

    static Path root() {
        return Path.of(System.getProperty("sloth.root", "..")).toAbsolutePath().normalize();
    }

    static Shell in(Path folder, Path home) {
        return new Shell(folder, home, Map.of());
    }

    /// For processes that live for seconds: what a compiler would gain after minutes costs a fifth
    /// of their time.
    static final Map<String, String> SHORT_LIVED =
            Map.of("JDK_JAVA_OPTIONS", "-XX:TieredStopAtLevel=1");

    Shell with(String name, String value) {
        var more = new HashMap<>(environment);
        more.put(name, value);
        return new Shell(folder, home, Map.copyOf(more));
    }

    /// What came of a command.
    record Ended(int code, String out, String err) {
        String all() {
            return "exit code " + code + "\n--- stdout\n" + out + "\n--- stderr\n" + err;
        }
    }

    Ended run(String... words) throws IOException, InterruptedException {
        return await(start(words));
    }

    /// A command that has been started, with the files its output goes to.
    record Started(Process process, Path out, Path err) {}

    Started start(String... words) throws IOException {
        var out = Files.createTempFile("out", ".txt");
        var err = Files.createTempFile("err", ".txt");
        var builder = new ProcessBuilder(new ArrayList<>(List.of(words)));
        builder.directory(folder.toFile());
        builder.environment().clear();
        builder.environment().put("PATH", System.getenv("PATH"));
        builder.environment().put("HOME", home.toString());
        builder.environment().put("LANG", "C.UTF-8");
        builder.environment().putAll(environment);
        builder.redirectInput(ProcessBuilder.Redirect.from(Path.of("/dev/null").toFile()));
        builder.redirectOutput(out.toFile());
        builder.redirectError(err.toFile());
        return new Started(builder.start(), out, err);
    }

    Ended await(Started started) throws IOException, InterruptedException {
        if (!started.process().waitFor(SECONDS_MAX, TimeUnit.SECONDS)) {
            started.process().descendants().forEach(ProcessHandle::destroyForcibly);
            started.process().destroyForcibly();
            throw new IOException(
                    "still running after " + SECONDS_MAX + " s: " + read(started.err()));
        }
        var ended =
                new Ended(started.process().exitValue(), read(started.out()), read(started.err()));
        Files.delete(started.out());
        Files.delete(started.err());
        return ended;
    }

    private static String read(Path file) throws IOException {
        return Files.readString(file, StandardCharsets.UTF_8);
    }
}
