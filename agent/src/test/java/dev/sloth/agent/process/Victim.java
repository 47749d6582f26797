package dev.sloth.agent.process;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedReader;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;

/// A Java process of its own that a test may kill without a warning.
public final class Victim implements AutoCloseable {
    private static final int WAIT_SECONDS = 20;
    private final Process process;
    private final BufferedReader out;
    private final List<String> lines = new ArrayList<>();

    private Victim(Process process) {
        this.process = process;
        this.out = process.inputReader(UTF_8);
    }

    public static Victim start(Class<?> main, List<String> options, List<String> arguments)
            throws IOException {
        var words = new ArrayList<String>();
        words.add(System.getProperty("java.home") + "/bin/java");
        words.addAll(options);
        words.addAll(List.of("-cp", System.getProperty("java.class.path"), main.getName()));
        words.addAll(arguments);
        return new Victim(
                new ProcessBuilder(words).redirectError(ProcessBuilder.Redirect.INHERIT).start());
    }

    /// Reads what it says up to the first line that is wanted.
    public void awaitLine(Predicate<String> wanted) throws IOException {
        for (var line = out.readLine(); line != null; line = out.readLine()) {
            lines.add(line);
            if (wanted.test(line)) {
                return;
            }
        }
        throw new AssertionError("it ended after saying " + lines);
    }

    /// Kills it as `kill -9` does, and gives all that it had said.
    public List<String> kill() throws IOException, InterruptedException {
        // The process itself would also close what it had said.
        process.toHandle().destroyForcibly();
        if (!process.waitFor(WAIT_SECONDS, TimeUnit.SECONDS)) {
            throw new AssertionError("it could not be killed");
        }
        return rest();
    }

    /// All that it says until its end.
    public List<String> rest() throws IOException {
        out.lines().forEach(lines::add);
        return lines;
    }

    @Override
    public void close() throws IOException {
        process.destroyForcibly();
        out.close();
    }
}
