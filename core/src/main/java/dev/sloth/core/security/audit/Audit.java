package dev.sloth.core.security.audit;

import dev.sloth.api.workflow.Problem;
import dev.sloth.core.store.cluster.AuditQuery;
import dev.sloth.core.store.cluster.AuditRow;
import dev.sloth.core.store.cluster.ClusterStore;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;

/// The log of what was done and refused. Safe for use by many threads.
public final class Audit {
    /// For how long what is refused again is only counted.
    private static final Duration WINDOW = Duration.ofMinutes(1);

    /// How many kinds of refusals are counted apart; all others are one.
    private static final int KINDS_MAX = 100;

    /// Of how many objects and causes the same refusals are counted apart; of the others it is not
    /// known what they were about.
    private static final int OBJECTS_MAX = 8;

    private static final Kind OTHERS = new Kind("others", "", "", "", "", "");

    private final ClusterStore store;
    private final InstantSource time;
    private final ReentrantLock lock = new ReentrantLock();
    private final Map<Kind, Tally> tallies = new HashMap<>();

    public Audit(ClusterStore store, InstantSource time) {
        this.store = store;
        this.time = time;
    }

    /// Another cause is another kind also where the code is the same.
    private record Kind(
            String who, String address, String what, String code, String object, String cause) {
        boolean isLike(Kind other) {
            return who.equals(other.who)
                    && address.equals(other.address)
                    && what.equals(other.what)
                    && code.equals(other.code);
        }

        Kind ofAny() {
            return new Kind(who, address, what, code, "", "");
        }
    }

    /// @param row what further ones are like
    /// @param more how often since the row that was kept
    private record Tally(AuditRow row, Instant since, long more) {
        Tally again() {
            return new Tally(row, since, more + 1);
        }

        Tally with(Tally older) {
            return new Tally(row, older.since, more + older.more);
        }
    }

    /// Somebody may not do that.
    ///
    /// @param object what it would have been done to; empty when that is not known
    /// @throws dev.sloth.core.store.StoreFailure when it cannot be kept; it is counted then
    public void refused(Deed deed, String object, Problem why) {
        keep(deed.not(time.instant(), object, false, why));
    }

    /// Somebody may do that, and it could not be done.
    ///
    /// @throws dev.sloth.core.store.StoreFailure when it cannot be kept; it is counted then
    public void failed(Deed deed, String object, Problem why) {
        keep(deed.not(time.instant(), object, true, why));
    }

    /// Somebody may do that, and it is about to be done where no transaction holds both. What does
    /// not come about after all is told by [#failed].
    ///
    /// @throws dev.sloth.core.store.StoreFailure when it cannot be kept; then it must not be done
    public void announced(Deed deed, String object, String outcome) {
        append(List.of(deed.done(time.instant(), object, outcome)));
    }

    private void keep(AuditRow row) {
        if (isFirst(row)) {
            try {
                append(List.of(row));
            } catch (RuntimeException e) {
                boolean _ = isFirst(row);
                throw e;
            }
        }
    }

    private boolean isFirst(AuditRow row) {
        lock.lock();
        try {
            var kind = kind(row);
            var before = tallies.get(kind);
            var shown = kind.equals(OTHERS) ? others(row) : row.about(kind.object());
            tallies.put(kind, before == null ? new Tally(shown, row.at(), 0) : before.again());
            return before == null;
        } finally {
            lock.unlock();
        }
    }

    private Kind kind(AuditRow row) {
        var own =
                new Kind(
                        row.who(),
                        row.address(),
                        row.what(),
                        row.code(),
                        row.object(),
                        row.outcome());
        if (tallies.containsKey(own)) {
            return own;
        }
        boolean few = tallies.keySet().stream().filter(own::isLike).count() < OBJECTS_MAX;
        var kind = few ? own : own.ofAny();
        return tallies.containsKey(kind) || tallies.size() < KINDS_MAX ? kind : OTHERS;
    }

    private static AuditRow others(AuditRow row) {
        return new AuditRow(
                0,
                row.at(),
                OTHERS.who(),
                "",
                "",
                "",
                false,
                "",
                "refused; too many kinds to tell apart",
                1);
    }

    private void append(List<AuditRow> rows) {
        boolean _ =
                store.write(tables -> {
                    rows.forEach(tables::append);
                    return true;
                });
    }

    /// Keeps what was counted for long enough.
    ///
    /// @throws dev.sloth.core.store.StoreFailure when it cannot be kept; it stays counted then
    public void settle() {
        settle(time.instant().minus(WINDOW));
    }

    /// Keeps all that was counted.
    public void settleAll() {
        settle(Instant.MAX);
    }

    private void settle(Instant begunBy) {
        var due = taken(begunBy);
        var rows =
                due.values().stream()
                        .filter(tally -> tally.more() > 0)
                        .map(tally -> tally.row().repeated(tally.more(), time.instant()))
                        .toList();
        try {
            if (!rows.isEmpty()) {
                append(rows);
            }
        } catch (RuntimeException e) {
            giveBack(due);
            throw e;
        }
    }

    private Map<Kind, Tally> taken(Instant begunBy) {
        lock.lock();
        try {
            var due = new HashMap<>(tallies);
            due.values().removeIf(tally -> tally.since().isAfter(begunBy));
            due.keySet().forEach(tallies::remove);
            return due;
        } finally {
            lock.unlock();
        }
    }

    private void giveBack(Map<Kind, Tally> due) {
        lock.lock();
        try {
            due.forEach((kind, tally) -> tallies.merge(kind, tally, Tally::with));
        } finally {
            lock.unlock();
        }
    }

    /// The newest first.
    public List<AuditRow> rows(AuditQuery query) {
        return store.read(tables -> tables.audit(query));
    }
}
