package dev.sloth.lua.debug;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;

/// All breakpoints, and where in which script they stop. Any thread may ask.
final class Breakpoints {
    private static final String NOT_READ = "this file has not been read yet";

    private final ReentrantLock lock = new ReentrantLock();

    // guarded by `lock`
    private final Map<String, SortedSet<Integer>> lines = new HashMap<>();
    private final Map<String, List<Point>> wanted = new HashMap<>();
    private int last;

    /// By script and line; replaced as a whole.
    private volatile Map<String, Map<Integer, List<Point>>> armed = Map.of();

    /// A breakpoint, and how often it was hit.
    record Point(int id, Breakpoint wanted, HitCount hits, String wrong, AtomicLong count) {
        /// Whether this hit is one to stop at.
        boolean counts() {
            return hits.stops(count.incrementAndGet());
        }
    }

    /// Those at a line of a script.
    List<Point> at(String chunk, int line) {
        var all = armed;
        if (all.isEmpty()) {
            return List.of();
        }
        return all.getOrDefault(chunk, Map.of()).getOrDefault(line, List.of());
    }

    /// Replaces those of a script.
    List<Breakpoint.Placed> set(String chunk, List<Breakpoint> breakpoints) {
        return locked(() -> {
            var points = breakpoints.stream().map(this::point).toList();
            wanted.put(chunk, points);
            arm();
            return points.stream().map(p -> placed(chunk, p)).toList();
        });
    }

    private Point point(Breakpoint b) {
        var hits = HitCount.of(b.hits()).orElse(HitCount.EACH);
        return new Point(++last, b, hits, wrong(b), new AtomicLong());
    }

    private static String wrong(Breakpoint b) {
        if (b.line() < 1) {
            return "there is no such line: it lies before the first one";
        }
        if (HitCount.of(b.hits()).isEmpty()) {
            return "'%s' does not say at which hit to stop: write 5, >= 5 or %% 5"
                    .formatted(b.hits());
        }
        return b.condition().isBlank() ? "" : Watch.wrong(b.condition());
    }

    /// A script was compiled, perhaps again; gives its breakpoints, of which more is known now.
    List<Breakpoint.Placed> compiled(String chunk, SortedSet<Integer> at) {
        return locked(() -> {
            lines.put(chunk, new TreeSet<>(at));
            arm();
            return wanted.getOrDefault(chunk, List.of()).stream()
                    .map(p -> placed(chunk, p))
                    .toList();
        });
    }

    private void arm() {
        var all = new HashMap<String, Map<Integer, List<Point>>>();
        wanted.forEach((chunk, points) -> {
            for (var point : points) {
                line(chunk, point)
                        .ifPresent(line ->
                                all.computeIfAbsent(chunk, _ -> new HashMap<>())
                                        .computeIfAbsent(line, _ -> new ArrayList<>())
                                        .add(point));
            }
        });
        armed = all;
    }

    private OptionalInt line(String chunk, Point point) {
        var below = lines.getOrDefault(chunk, new TreeSet<>()).tailSet(point.wanted().line());
        return point.wrong().isEmpty() && !below.isEmpty()
                ? OptionalInt.of(below.getFirst())
                : OptionalInt.empty();
    }

    private Breakpoint.Placed placed(String chunk, Point point) {
        var line = line(chunk, point);
        var why =
                !point.wrong().isEmpty()
                        ? point.wrong()
                        : !lines.containsKey(chunk)
                                ? NOT_READ
                                : "no statement begins at this line or below it";
        return new Breakpoint.Placed(point.id(), chunk, line, line.isPresent() ? "" : why);
    }

    private <T> T locked(Supplier<T> work) {
        lock.lock();
        try {
            return work.get();
        } finally {
            lock.unlock();
        }
    }
}
