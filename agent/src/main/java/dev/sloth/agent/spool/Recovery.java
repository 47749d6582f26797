package dev.sloth.agent.spool;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/// Finds what an agent before us has left in the folder of a spool. Of the files of an attempt only
/// the last is looked through: it alone can end in the middle of a record.
final class Recovery {
    private final Place place;

    /// The files of each attempt, by its number.
    private final Map<Long, List<Segment>> files = new TreeMap<>();

    private final Map<Long, String> ids = new TreeMap<>();
    private final Set<Long> unbegun = new HashSet<>();
    private long highest;

    Recovery(Place place) {
        this.place = place;
    }

    /// The highest number that an attempt has had.
    long highest() {
        return highest;
    }

    List<AttemptLog> attempts() throws IOException {
        try (var entries = Files.newDirectoryStream(place.folder())) {
            for (var each : entries) {
                look(each);
            }
        }
        var attempts = new ArrayList<AttemptLog>();
        for (var each : files.entrySet()) {
            each.getValue().sort(Comparator.comparingLong(segment -> segment.first));
            attempts.add(attempt(each.getKey(), each.getValue()));
        }
        return attempts;
    }

    private void look(Path path) throws IOException {
        var name = path.getFileName().toString();
        var parts = Segment.Name.read(name);
        if (parts.isEmpty()) {
            return;
        }
        long number = parts.get().attempt();
        long first = parts.get().first();
        highest = Math.max(highest, number);
        if (!name.endsWith(".log")) {
            return;
        }
        long size;
        Optional<Segment.Header> header;
        try (var file = place.disk().open(path)) {
            size = file.size();
            header = Segment.Header.read(file);
        }
        var id = header.filter(it -> it.first() <= first).map(Segment.Header::id);
        if (id.isEmpty() || !ids.computeIfAbsent(number, _ -> id.get()).equals(id.get())) {
            setAside(path, size);
            return;
        }
        if (header.orElseThrow().first() < first) {
            unbegun.add(number);
        }
        files.computeIfAbsent(number, _ -> new ArrayList<>()).add(new Segment(path, first, size));
    }

    /// One without a beginning: of a moment at which the power failed, or damaged. A damaged log is
    /// no reason for an agent not to work.
    private void setAside(Path path, long size) throws IOException {
        if (size == 0) {
            Files.delete(path);
            return;
        }
        place.trouble()
                .damaged("%s does not begin like a file of lines: it is set aside".formatted(path));
        place.disk().rename(path, path.resolveSibling(path.getFileName() + ".damaged"));
    }

    private AttemptLog attempt(long number, List<Segment> segments) throws IOException {
        var id = ids.getOrDefault(number, "");
        var last = segments.getLast();
        long lines = last.first;
        long stored = segments.getFirst().first;
        boolean ended = false;
        var counts = new Counts();
        try (var file = place.disk().open(last.path)) {
            long start = new Segment.Header(id, last.first).bytes();
            var reader = new LogReader(file, start, last.bytes);
            while (reader.advance()) {
                switch (reader.kind()) {
                    case LogRecord.LINE -> {
                        lines++;
                        counts.add(reader.line().channel());
                    }
                    case LogRecord.COUNTS -> reader.counts(counts);
                    case LogRecord.STORED -> stored = Math.max(stored, reader.stored());
                    case LogRecord.ENDED -> ended = true;
                    default ->
                            place.trouble()
                                    .damaged(
                                            "%s has something that this version does not know"
                                                    .formatted(last.path));
                }
            }
            if (reader.after() < last.bytes) {
                place.trouble()
                        .damaged(
                                "%s: cut off %d bytes at byte %d, which are no whole lines"
                                        .formatted(
                                                last.path,
                                                last.bytes - reader.after(),
                                                reader.after()));
                file.cut(reader.after());
                last.bytes = reader.after();
            }
        }
        for (var each : segments) {
            place.room().changed(each.bytes);
        }
        boolean startsOver = unbegun.contains(number);
        var standing =
                startsOver
                        ? new Standing(id, last.first, last.first, ended)
                        : new Standing(id, lines, Math.min(stored, lines), ended);
        return new AttemptLog(
                place, standing, counts, new AttemptFiles(place, id, number, segments, startsOver));
    }
}
