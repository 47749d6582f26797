package dev.sloth.core.log;

import dev.sloth.api.workflow.AttemptId;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Lines that are not stored yet, and when they should be. No thread, no clock, no store: what a
/// [LogWriter] decides, without its doing.
final class Gathering {
    private final LogLimits limits;

    /// What may still grow, the oldest first.
    private final Map<AttemptId, Draft> open = new LinkedHashMap<>();

    /// What waits to be stored, in order.
    private final Deque<Draft> sealed = new ArrayDeque<>();

    /// How many drafts of an attempt are sealed and not stored.
    private final Map<AttemptId, Integer> unstored = new HashMap<>();

    private long held;

    Gathering(LogLimits limits) {
        this.limits = limits;
    }

    /// Whether so many more bytes of text may be taken.
    boolean room(int bytes) {
        return held == 0 || held + bytes + Draft.HEAD_MAX <= limits.heldBytes();
    }

    /// What is held, in bytes.
    long held() {
        return held;
    }

    /// Takes a line. True when there is more to look after than before: something to be stored at
    /// once, or the first line that will be due.
    boolean add(AttemptId id, LogLine line, byte[] text) {
        var draft = open.get(id);
        boolean ready = false;
        if (draft != null && !fits(draft, line, text)) {
            seal(id);
            draft = null;
            ready = true;
        }
        if (draft == null) {
            draft = new Draft(id, line.at());
            held += draft.held();
            open.put(id, draft);
            ready |= open.size() == 1;
        }
        held -= draft.held();
        draft.add(line, text);
        held += draft.held();
        if (draft.size() >= limits.chunkBytes()) {
            seal(id);
            ready = true;
        }
        return ready;
    }

    private boolean fits(Draft draft, LogLine line, byte[] text) {
        return draft.size() + text.length + 1 <= limits.chunkBytes() && !draft.before(line.at());
    }

    /// What is there of an attempt is to be stored.
    void seal(AttemptId id) {
        var draft = open.remove(id);
        if (draft != null) {
            enqueue(draft);
        }
    }

    private void enqueue(Draft draft) {
        sealed.add(draft);
        unstored.merge(draft.id(), 1, Integer::sum);
    }

    void sealAll() {
        open.values().forEach(this::enqueue);
        open.clear();
    }

    /// What has waited long enough is to be stored.
    void sealDue(Instant now) {
        for (Iterator<Draft> drafts = open.values().iterator(); drafts.hasNext(); ) {
            var draft = drafts.next();
            if (left(draft, now).isPositive()) {
                return;
            }
            drafts.remove();
            enqueue(draft);
        }
    }

    /// A clock that was put back must not keep a line waiting.
    private Duration left(Draft draft, Instant now) {
        return now.isBefore(draft.firstAt())
                ? Duration.ZERO
                : Duration.between(now, draft.firstAt().plus(limits.age()));
    }

    /// How long until something is to be stored, if anything waits.
    Optional<Duration> next(Instant now) {
        if (!sealed.isEmpty()) {
            return Optional.of(Duration.ZERO);
        }
        return open.values().stream().findFirst().map(oldest -> left(oldest, now));
    }

    /// What is to be stored next, in order; it stays held until it is [#stored].
    List<Draft> take() {
        var batch = new ArrayList<Draft>();
        while (!sealed.isEmpty() && batch.size() < limits.batch()) {
            batch.add(sealed.remove());
        }
        return batch;
    }

    void stored(List<Draft> batch) {
        for (var draft : batch) {
            held -= draft.held();
            unstored.computeIfPresent(draft.id(), (_, n) -> n == 1 ? null : n - 1);
        }
    }

    /// Whether sealed lines of an attempt are not stored yet.
    boolean waiting(AttemptId id) {
        return unstored.containsKey(id);
    }

    boolean isEmpty() {
        return open.isEmpty() && unstored.isEmpty();
    }

    /// Lets go of everything: it cannot be stored any more.
    void abandon() {
        open.clear();
        sealed.clear();
        unstored.clear();
        held = 0;
    }
}
