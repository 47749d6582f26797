package dev.sloth.agent.process;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;

/// The processes of this machine, as `/proc` shows them at one moment.
final class ProcessTable {
    private static final Path PROC = Path.of("/proc");
    // Fields of /proc/PID/stat, counted from the state, which follows the name in parentheses.
    private static final int STATE = 0;
    private static final int PARENT = 1;
    private static final int GROUP = 2;
    private static final int SESSION = 3;
    private static final int START = 19;

    private ProcessTable() {}

    /// One process; `start` tells apart two that had the same id one after the other.
    record Row(long pid, long parent, long group, long session, long start) {}

    /// All that live; the dead that nobody has collected are left out.
    static List<Row> living() throws IOException {
        var rows = new ArrayList<Row>();
        try (var folders = Files.newDirectoryStream(PROC, "[0-9]*")) {
            for (var folder : folders) {
                row(folder).ifPresent(rows::add);
            }
        } catch (DirectoryIteratorException e) {
            throw e.getCause();
        }
        return rows;
    }

    /// This one, while it lives.
    static Optional<Row> find(long pid) {
        return row(PROC.resolve(Long.toString(pid)));
    }

    private static Optional<Row> row(Path folder) {
        var text = new String(read(folder.resolve("stat")), StandardCharsets.ISO_8859_1);
        int name = text.lastIndexOf(')');
        if (name < 0) {
            return Optional.empty();
        }
        var field = text.substring(name + 2).split(" ", START + 2);
        if (field[STATE].equals("Z") || field[STATE].equals("X")) {
            return Optional.empty();
        }
        return Optional.of(
                new Row(
                        Long.parseLong(folder.getFileName().toString()),
                        Long.parseLong(field[PARENT]),
                        Long.parseLong(field[GROUP]),
                        Long.parseLong(field[SESSION]),
                        Long.parseLong(field[START])));
    }

    /// Whether the process was started with this in its environment; no when we may not look.
    static boolean marked(Row row, byte[] mark) {
        var environment = read(PROC.resolve(Long.toString(row.pid())).resolve("environ"));
        return indexOf(environment, mark) >= 0;
    }

    /// Whether one of these has a pipe as an output that no other of these has as its input.
    static boolean writesToPipes(Collection<Row> processes) {
        var read = new HashSet<String>();
        var written = new HashSet<String>();
        for (var process : processes) {
            pipe(process, 0).ifPresent(read::add);
            pipe(process, 1).ifPresent(written::add);
            pipe(process, 2).ifPresent(written::add);
        }
        return !read.containsAll(written);
    }

    private static Optional<String> pipe(Row process, int number) {
        try {
            var link = PROC.resolve(process.pid() + "/fd/" + number);
            return Optional.of(Files.readSymbolicLink(link).toString())
                    .filter(target -> target.startsWith("pipe:"));
        } catch (IOException _) {
            // It ended meanwhile, has closed it, or is not ours to look at.
            return Optional.empty();
        }
    }

    private static int indexOf(byte[] text, byte[] wanted) {
        for (int i = 0; i <= text.length - wanted.length; i++) {
            int n = 0;
            while (n < wanted.length && text[i + n] == wanted[n]) {
                n++;
            }
            if (n == wanted.length) {
                return i;
            }
        }
        return -1;
    }

    /// Empty when the process ended meanwhile or is not ours to look at: both are daily fare.
    private static byte[] read(Path file) {
        try (var in = Files.newInputStream(file)) {
            return in.readAllBytes();
        } catch (IOException _) {
            return new byte[0];
        }
    }
}
