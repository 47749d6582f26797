package dev.sloth.cli;

import java.io.BufferedOutputStream;
import java.io.Console;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/// Who called the program and from where: their streams, environment and folder.
///
/// @param outTerminal whether `out` is a terminal
/// @param errTerminal whether `err` is a terminal
record Caller(
        InputStream in,
        PrintStream out,
        PrintStream err,
        Map<String, String> environment,
        Path folder,
        boolean outTerminal,
        boolean errTerminal) {

    private static final String HOME = "SLOTH_HOME";

    private static final int BUFFER = 1 << 13;

    Caller {
        environment = Map.copyOf(environment);
    }

    /// The real one.
    static Caller ofProcess() {
        boolean out = isTerminal(1);
        boolean err = isTerminal(2);
        return new Caller(
                System.in,
                stream(new FileOutputStream(FileDescriptor.out), false),
                stream(new FileOutputStream(FileDescriptor.err), true),
                System.getenv(),
                Path.of("").toAbsolutePath(),
                out,
                err);
    }

    /// UTF-8 whatever the locale says: scripts are, and so is what they print.
    private static PrintStream stream(OutputStream raw, boolean lineByLine) {
        return new PrintStream(
                new BufferedOutputStream(raw, BUFFER), lineByLine, StandardCharsets.UTF_8);
    }

    private static boolean isTerminal(int descriptor) {
        var link = Path.of("/proc/self/fd/" + descriptor);
        try {
            if (Files.isSymbolicLink(link)) {
                var target = Files.readSymbolicLink(link).toString();
                return target.startsWith("/dev/pts/") || target.startsWith("/dev/tty");
            }
        } catch (IOException e) {
            // Closed, or not ours to ask about: then it is no terminal to draw on.
            return false;
        }
        return Optional.ofNullable(System.console()).map(Console::isTerminal).orElse(false);
    }

    /// The folder of settings and history: `SLOTH_HOME`, or `~/.sloth-runner`.
    Path home() {
        var told = environment.getOrDefault(HOME, "");
        if (!told.isEmpty()) {
            return folder.resolve(told);
        }
        var user = environment.getOrDefault("HOME", System.getProperty("user.home", "."));
        return Path.of(user).resolve(".sloth-runner");
    }

    /// The same, but with another home folder.
    Caller at(Path home) {
        var there = new HashMap<>(environment);
        there.put(HOME, home.toString());
        return new Caller(in, out, err, there, folder, outTerminal, errTerminal);
    }

    /// Who called, for others to read.
    String user() {
        return environment.getOrDefault("USER", System.getProperty("user.name", "somebody"));
    }

    /// Whether `out` can be drawn on and coloured; a dumb terminal shows lines and nothing else.
    boolean outScreen() {
        return outTerminal && !dumb();
    }

    /// The same of `err`.
    boolean errScreen() {
        return errTerminal && !dumb();
    }

    private boolean dumb() {
        return environment.getOrDefault("TERM", "").equals("dumb");
    }

    void print(Iterable<String> lines) {
        lines.forEach(this::print);
        out.flush();
    }

    void print(String line) {
        out.print(line);
        out.print('\n');
    }

    void complain(Iterable<String> lines) {
        out.flush();
        lines.forEach(line -> err.print(line + "\n"));
        err.flush();
    }
}
