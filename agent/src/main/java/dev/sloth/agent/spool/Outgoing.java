package dev.sloth.agent.spool;

import java.io.IOException;
import java.nio.file.Files;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;

/// Reads the lines of an attempt one batch after the other, and remembers where the next begins.
final class Outgoing {
    private static final String LOST =
            "this line was damaged on the disk of the agent, and is lost";

    private final String id;
    private final Trouble trouble;
    private Optional<Cursor> cursor = Optional.empty();

    Outgoing(String id, Trouble trouble) {
        this.id = id;
        this.trouble = trouble;
    }

    /// Where the record of a line begins, or something that is not whole.
    private record Cursor(long line, Segment segment, long offset) {}

    /// Reads lines up to a bound, or up to a place where the file is not whole.
    List<Line> read(Disk.Handle file, Segment segment, long line, long bound, int maxBytes)
            throws IOException {
        var from = find(file, segment, line);
        var reader = new LogReader(file, from.offset(), segment.bytes);
        var lines = new ArrayList<Line>();
        long offset = fill(reader, bound - line, maxBytes, lines);
        cursor = Optional.of(new Cursor(line + lines.size(), segment, offset));
        return lines;
    }

    private Cursor find(Disk.Handle file, Segment segment, long wanted) throws IOException {
        if (cursor.isPresent()
                && cursor.get().line() == wanted
                && cursor.get().segment() == segment) {
            return cursor.get();
        }
        long start = new Segment.Header(id, segment.first).bytes();
        var reader = new LogReader(file, start, segment.bytes);
        long line = segment.first;
        while (line < wanted && reader.advance()) {
            line += reader.kind() == LogRecord.LINE ? 1 : 0;
        }
        return new Cursor(wanted, segment, reader.after());
    }

    /// @return where the record after the last line begins
    private static long fill(LogReader reader, long count, int maxBytes, List<Line> lines)
            throws IOException {
        long left = maxBytes;
        while (lines.size() < count && left > 0 && reader.advance()) {
            if (reader.kind() != LogRecord.LINE) {
                continue;
            }
            if (!lines.isEmpty() && reader.length() > left) {
                return reader.before();
            }
            lines.add(reader.line());
            left -= reader.length();
        }
        return reader.after();
    }

    /// A line that says so for each that is lost, so that their numbers go on.
    List<Line> lost(Segment segment, long line, long bound, int maxBytes) throws IOException {
        long offset = cursor.map(Cursor::offset).orElse(0L);
        trouble.damaged(
                "%s is damaged at byte %d: lines %d to %d of %s are lost"
                        .formatted(segment.path, offset, line, bound - 1, id));
        var at =
                Files.exists(segment.path)
                        ? Files.getLastModifiedTime(segment.path).toInstant()
                        : Instant.EPOCH;
        long count = Math.min(bound - line, Math.max(1, maxBytes / LOST.length()));
        cursor = Optional.of(new Cursor(line + count, segment, offset));
        return Collections.nCopies((int) count, new Line(at, "ERROR", LOST));
    }
}
