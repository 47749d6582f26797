package dev.sloth.core.log;

import dev.sloth.api.workflow.AttemptId;
import dev.sloth.api.workflow.RunId;
import dev.sloth.core.store.LogStore;
import dev.sloth.core.store.LogStore.Extent;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.function.BooleanSupplier;

/// Gives the lines of a run, each once: those of one attempt in the order in which they came, those
/// of several by the time at which they came. Asked again, it gives what has come since. Only the
/// attempts whose output overlaps at one time are held in memory, a chunk of each.
public final class LogReader {
    private final LogStore store;
    private final RunId run;
    private final LogQuery query;

    /// The chunk with which to go on.
    private final Map<AttemptId, Integer> next = new HashMap<>();

    private boolean before;

    public LogReader(LogStore store, RunId run, LogQuery query) {
        this.store = store;
        this.run = run;
        this.query = query;
    }

    /// Takes lines.
    @FunctionalInterface
    public interface Sink {
        /// False when no more are wanted.
        boolean take(LoggedLine line);
    }

    /// Lets time pass.
    @FunctionalInterface
    public interface Pause {
        void pause(Duration time) throws InterruptedException;
    }

    /// Gives everything that is there and was not given yet. False when the sink wants no more.
    ///
    /// @throws dev.sloth.core.store.StoreFailure `DAMAGED` when what is stored cannot be read
    /// @throws Grep.TooCostly when the expression cannot be answered
    public boolean read(Sink sink) {
        boolean first = !before;
        before = true;
        var news = news(first ? query : query.last(0));
        if (!first || query.last() == 0) {
            return merge(news, sink);
        }
        Deque<LoggedLine> last = new ArrayDeque<>();
        merge(
                news,
                line -> {
                    if (last.size() == query.last()) {
                        last.remove();
                    }
                    return last.add(line);
                });
        return last.stream().allMatch(sink::take);
    }

    /// Gives what is there and then what comes, until the run has ended or the sink wants no more.
    ///
    /// @param interval how long to wait between two looks
    /// @param ended whether nothing more will be stored; asked before each look, so that nothing is
    ///   missed
    public void follow(Sink sink, Duration interval, BooleanSupplier ended, Pause pause)
            throws InterruptedException {
        boolean over = ended.getAsBoolean();
        while (read(sink) && !over) {
            pause.pause(interval);
            over = ended.getAsBoolean();
        }
    }

    private List<AttemptLines> news(LogQuery wanted) {
        var news = new ArrayList<AttemptLines>();
        for (var extent : store.extents(run)) {
            int start = next.getOrDefault(extent.id(), 0);
            if (query.wants(extent.id()) && extent.chunks() > start) {
                news.add(new AttemptLines(store, extent, wanted, start, earliest(extent, start)));
                next.put(extent.id(), extent.chunks());
            }
        }
        return news;
    }

    private static Instant earliest(Extent extent, int start) {
        return start == 0 ? extent.firstAt() : Instant.MIN;
    }

    /// Takes the earliest line again and again. Attempts that began in the same microsecond come in
    /// the order of the store, and an attempt is opened only when its time has come.
    private static boolean merge(List<AttemptLines> attempts, Sink sink) {
        record Place(AttemptLines lines, int order) {}
        var places =
                new PriorityQueue<Place>(
                        Comparator.<Place, Instant>comparing(p -> p.lines().at())
                                .thenComparingInt(Place::order));
        for (int i = 0; i < attempts.size(); i++) {
            places.add(new Place(attempts.get(i), i));
        }
        while (!places.isEmpty()) {
            var place = places.remove();
            var lines = place.lines();
            boolean more;
            if (lines.opened()) {
                if (!sink.take(lines.line())) {
                    return false;
                }
                more = lines.advance();
            } else {
                more = lines.open();
            }
            if (more) {
                places.add(place);
            }
        }
        return true;
    }
}
