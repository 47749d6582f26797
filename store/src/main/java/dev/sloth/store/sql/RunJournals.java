package dev.sloth.store.sql;

import dev.sloth.api.workflow.RunId;
import dev.sloth.core.store.AttemptRow;
import dev.sloth.core.store.Chapter;
import dev.sloth.core.store.Claim;
import dev.sloth.core.store.Owner;
import dev.sloth.core.store.RunStore.Page;
import dev.sloth.core.store.RunStore.Snapshot;
import dev.sloth.core.store.StoreFailure;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;

/// Journals, with what a chapter says of attempts and timers.
final class RunJournals {
    /// The fence, the order of events and the run's standing in one statement.
    private static final Sql ADVANCE =
            new Sql(
                    "advance run",
                    """
                    UPDATE runs
                    SET events = ?, status = ?, ended = ?, message = ?, changed_at = ?,
                        tasks = ?, finished = ?, failed = ?, undecided = ?
                    WHERE id = ? AND epoch = ? AND events = ?
                    RETURNING number, owner\
                    """);

    private static final Sql ADD_PAGE =
            new Sql(
                    "add page",
                    """
                    INSERT INTO journal (run, first, events, checksum, body)
                    VALUES (?, ?, ?, ?, ?)\
                    """);

    private static final Sql END_ATTEMPT =
            new Sql(
                    "end attempt",
                    """
                    UPDATE attempts
                    SET status = ?, ended_at = ?
                    WHERE run = ? AND task = ? AND number = ? AND status = ?\
                    """);

    private static final Sql UNSET_TIMER =
            new Sql("unset timer", "DELETE FROM timers WHERE run = ? AND name = ?");

    private static final Sql UNSET_TIMERS =
            new Sql("unset timers", "DELETE FROM timers WHERE run = ?");

    private static final Sql SET_TIMER =
            new Sql(
                    "set timer",
                    """
                    INSERT INTO timers (run, name, due)
                    VALUES (?, ?, ?)
                    ON CONFLICT (run, name) DO UPDATE SET due = excluded.due\
                    """);

    private static final Sql PAGES =
            new Sql(
                    "read journal",
                    """
                    SELECT j.first, j.events, j.checksum, j.body
                    FROM journal j JOIN runs r ON r.number = j.run
                    WHERE r.id = ?
                      AND j.first >= COALESCE((
                          SELECT MAX(k.first) FROM journal k
                          WHERE k.run = r.number AND k.first <= ?), 1)
                      AND j.first + j.events > ?
                    ORDER BY j.first
                    LIMIT ?\
                    """);

    private static final Sql EVENTS = new Sql("see events", "SELECT events FROM runs WHERE id = ?");

    private static final Sql KEEP_SNAPSHOT =
            new Sql(
                    "keep snapshot",
                    """
                    INSERT INTO snapshots (run, events, checksum, body)
                    VALUES (?, ?, ?, ?)
                    ON CONFLICT (run) DO UPDATE
                    SET events = excluded.events, checksum = excluded.checksum, body = excluded.body\
                    """);

    private static final Sql SNAPSHOT =
            new Sql(
                    "read snapshot",
                    """
                    SELECT s.events, s.checksum, s.body
                    FROM snapshots s JOIN runs r ON r.number = s.run
                    WHERE r.id = ?\
                    """);

    private static final Sql BYTES =
            new Sql(
                    "see size of run",
                    """
                    SELECT COALESCE((SELECT SUM(LENGTH(j.body)) FROM journal j WHERE j.run = r.number), 0)
                         + COALESCE((SELECT LENGTH(s.body) FROM snapshots s WHERE s.run = r.number), 0)
                    FROM runs r
                    WHERE r.id = ?\
                    """);

    private RunJournals() {}

    static void append(Session session, Claim claim, Chapter chapter) throws SQLException {
        var run = advance(session, claim, chapter);
        if (run.isEmpty()) {
            Fence.check(session, claim);
            throw conflict(claim.run(), chapter);
        }
        addPage(session, run.get().number(), claim.run(), chapter);
        begin(session, run.get(), claim, chapter);
        consequences(session, run.get().number(), chapter);
    }

    /// A run that a chapter is added to.
    ///
    /// @param owner as it is kept; empty when nobody drives it
    record Target(long number, String owner) {
        String boot() {
            return owner.isEmpty() ? "" : Owner.parse(owner).boot();
        }
    }

    private static Optional<Target> advance(Session session, Claim claim, Chapter chapter)
            throws SQLException {
        var progress = chapter.progress();
        return session.find(
                ADVANCE,
                row -> new Target(row.number(1), row.text(2)),
                chapter.first() - 1 + chapter.events(),
                progress.status(),
                progress.ended(),
                progress.message(),
                progress.at(),
                progress.tasks(),
                progress.finished(),
                progress.failed(),
                progress.undecided(),
                claim.run().text(),
                claim.epoch(),
                chapter.first() - 1);
    }

    static void begin(Session session, Target run, Claim claim, Chapter chapter)
            throws SQLException {
        for (var begun : chapter.begun()) {
            Owned.check(claim, begun.id());
            if (!SqlAttempts.begin(
                    session, run.number(), claim, begun.id(), run.boot(), begun.at())) {
                throw new StoreFailure(
                        StoreFailure.Reason.CONFLICT,
                        "attempt %s has begun before".formatted(begun.id()));
            }
        }
    }

    static StoreFailure conflict(RunId run, Chapter chapter) {
        return new StoreFailure(
                StoreFailure.Reason.CONFLICT,
                "event %d is not the next one of run %s".formatted(chapter.first(), run));
    }

    static void addPage(Session session, long run, RunId id, Chapter chapter) throws SQLException {
        session.update(
                ADD_PAGE,
                run,
                chapter.first(),
                chapter.events(),
                Checksum.of(
                        chapter.body(), id.text().hashCode(), chapter.first(), chapter.events()),
                chapter.body());
    }

    /// Timers that are no longer needed go first, so that a chapter may set one of the same name.
    static void consequences(Session session, long run, Chapter chapter) throws SQLException {
        for (var end : chapter.ended()) {
            session.update(
                    END_ATTEMPT,
                    end.status(),
                    end.at(),
                    run,
                    end.id().task().text(),
                    end.id().number(),
                    AttemptRow.RUNNING);
        }
        for (var name : chapter.rung()) {
            session.update(UNSET_TIMER, run, name);
        }
        for (var timer : chapter.timers()) {
            session.update(SET_TIMER, run, timer.name(), timer.due());
        }
        if (chapter.progress().ended()) {
            session.update(UNSET_TIMERS, run);
        }
    }

    static List<Page> pages(Session session, RunId run, long from, int pagesMax)
            throws SQLException {
        var pages = session.list(PAGES, row -> page(row, run), run.text(), from, from, pagesMax);
        long events = session.find(EVENTS, row -> row.number(1), run.text()).orElse(0L);
        if (!whole(pages, from, pagesMax, events)) {
            throw new StoreFailure(
                    StoreFailure.Reason.DAMAGED,
                    "the journal of run %s is damaged: events are missing. Restore the store from a backup, or delete the run."
                            .formatted(run));
        }
        return pages;
    }

    /// Whether the pages follow one another, from the first that was asked for to the last that
    /// there must be. An index that lost an entry would answer with less, without a word.
    private static boolean whole(List<Page> pages, long from, int pagesMax, long events) {
        long next = Math.max(from, 1);
        if (!pages.isEmpty()) {
            next = Math.min(next, pages.getFirst().first());
        }
        for (var page : pages) {
            if (page.first() != next) {
                return false;
            }
            next += page.events();
        }
        return pages.size() == pagesMax || next > events;
    }

    /// Its first four columns are those of a page.
    static Page page(Row row, RunId run) throws SQLException {
        var page = new Page(row.number(1), row.count(2), row.bytes(4));
        Checksum.check(
                row.number(3),
                "event %d of run %s".formatted(page.first(), run),
                page.body(),
                run.text().hashCode(),
                page.first(),
                page.events());
        return page;
    }

    static void keep(Session session, Claim claim, Snapshot snapshot) throws SQLException {
        session.update(
                KEEP_SNAPSHOT,
                Fence.pass(session, claim),
                snapshot.events(),
                Checksum.of(snapshot.body(), claim.run().text().hashCode(), snapshot.events()),
                snapshot.body());
    }

    static long bytes(Session session, RunId run) throws SQLException {
        return session.find(BYTES, row -> row.number(1), run.text()).orElse(0L);
    }

    static Optional<Snapshot> snapshot(Session session, RunId run) throws SQLException {
        return session.find(SNAPSHOT, row -> snapshot(row, run), run.text());
    }

    private static Snapshot snapshot(Row row, RunId run) throws SQLException {
        var snapshot = new Snapshot(row.number(1), row.bytes(3));
        Checksum.check(
                row.number(2),
                "the snapshot of run " + run,
                snapshot.body(),
                run.text().hashCode(),
                snapshot.events());
        return snapshot;
    }
}
