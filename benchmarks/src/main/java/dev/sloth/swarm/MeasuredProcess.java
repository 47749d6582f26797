package dev.sloth.swarm;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;

/// A process of the program, and what it costs.
public final class MeasuredProcess implements AutoCloseable {
    private static final Duration LOOK = Duration.ofMillis(5);
    private static final Duration END_WAIT = Duration.ofSeconds(20);
    private static final double TICKS_A_SECOND = 100;
    private static final int USER_TICKS = 11;

    private final Process process;

    private MeasuredProcess(Process process) {
        this.process = process;
    }

    /// Starts it and waits until it has said something.
    ///
    /// @param said a part of a line of what it prints
    public static MeasuredProcess start(
            List<String> command, Path home, Path log, String said, Duration longest)
            throws IOException, InterruptedException {
        Files.deleteIfExists(log);
        var builder = new ProcessBuilder(command).redirectErrorStream(true);
        builder.environment().put("SLOTH_HOME", home.toString());
        builder.redirectOutput(log.toFile());
        var process = builder.start();
        long end = System.nanoTime() + longest.toNanos();
        while (!Files.readString(log).contains(said)) {
            if (!process.isAlive() || System.nanoTime() > end) {
                process.destroyForcibly();
                throw new IOException("did not say it: " + Files.readString(log));
            }
            TimeUnit.NANOSECONDS.sleep(LOOK.toNanos());
        }
        return new MeasuredProcess(process);
    }

    public long pid() {
        return process.pid();
    }

    private Path proc(String name) {
        return Path.of("/proc", Long.toString(process.pid()), name);
    }

    /// Seconds of processor time since it began.
    public double cpu() throws IOException {
        var text = Files.readString(proc("stat"));
        var fields = text.substring(text.lastIndexOf(')') + 2).split(" ", -1);
        return (Long.parseLong(fields[USER_TICKS]) + Long.parseLong(fields[USER_TICKS + 1]))
                / TICKS_A_SECOND;
    }

    /// Memory in use, in KiB.
    public long rss() throws IOException {
        return number("status", "VmRSS:\\s+(\\d+) kB");
    }

    /// Bytes that it had the disk write since it began.
    public long written() throws IOException {
        return number("io", "(?m)^write_bytes: (\\d+)");
    }

    private long number(String file, String pattern) throws IOException {
        var found = Pattern.compile(pattern).matcher(Files.readString(proc(file)));
        if (!found.find()) {
            throw new IOException("there is no " + pattern + " in " + proc(file));
        }
        return Long.parseLong(found.group(1));
    }

    /// Has it collect its garbage.
    ///
    /// @return what is left of the heap, in KiB
    public long collected() throws IOException, InterruptedException {
        var _ = ask("GC.run");
        var told = Pattern.compile("used (\\d+)K").matcher(ask("GC.heap_info"));
        long used = 0;
        while (told.find()) {
            used += Long.parseLong(told.group(1));
        }
        return used;
    }

    private String ask(String what) throws IOException, InterruptedException {
        var jcmd = Path.of(System.getProperty("java.home"), "bin", "jcmd").toString();
        var asking =
                new ProcessBuilder(jcmd, Long.toString(process.pid()), what)
                        .redirectErrorStream(true)
                        .start();
        var answer =
                new String(
                        asking.getInputStream().readAllBytes(),
                        java.nio.charset.StandardCharsets.UTF_8);
        var _ = asking.waitFor();
        return answer;
    }

    /// As `kill -9` does.
    public void kill() throws InterruptedException {
        var _ = process.destroyForcibly().waitFor();
    }

    @Override
    public void close() {
        process.destroy();
        try {
            if (!process.waitFor(END_WAIT.toMillis(), TimeUnit.MILLISECONDS)) {
                kill();
            }
        } catch (InterruptedException _) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }
}
