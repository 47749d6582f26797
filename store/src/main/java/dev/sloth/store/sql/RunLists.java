package dev.sloth.store.sql;

import dev.sloth.api.workflow.RunId;
import dev.sloth.core.store.Progress;
import dev.sloth.core.store.RunQuery;
import dev.sloth.core.store.RunRow;
import dev.sloth.core.store.StoreFailure;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/// Runs as lists show them.
final class RunLists {
    private static final Sql FIND =
            new Sql(
                    "find run",
                    """
                    SELECT number, id, workflow, script, submitted_at,
                           status, ended, message, changed_at, tasks, finished, failed, undecided,
                           events, owner, lease_until, epoch
                    FROM runs
                    WHERE id = ?\
                    """);

    /// Wanted statuses come as a JSON array, wanted labels as a JSON object. PostgreSQL unpacks
    /// them with jsonb_array_elements_text(?::jsonb) and jsonb_each_text(?::jsonb).
    private static final Sql LIST =
            new Sql(
                    "list runs",
                    """
                    SELECT number, id, workflow, script, submitted_at,
                           status, ended, message, changed_at, tasks, finished, failed, undecided,
                           events, owner, lease_until, epoch
                    FROM runs
                    WHERE number < ?
                      AND submitted_at >= ?
                      AND (? = '' OR workflow = ?)
                      AND (? = '' OR script = ?)
                      AND (? = '[]' OR status IN (SELECT value FROM json_each(?)))
                      AND NOT EXISTS (
                          SELECT 1 FROM json_each(?) wanted
                          WHERE NOT EXISTS (
                              SELECT 1 FROM labels
                              WHERE labels.run = runs.number
                                AND labels.name = wanted.key
                                AND labels.value = wanted.value))
                    ORDER BY number DESC
                    LIMIT ?\
                    """);

    private static final Sql NUMBER =
            new Sql("number of run", "SELECT number FROM runs WHERE id = ?");

    private static final Sql LABELS =
            new Sql("list labels", "SELECT name, value FROM labels WHERE run = ?");

    private RunLists() {}

    static Optional<RunRow> find(Session session, RunId run) throws SQLException {
        var found = session.find(FIND, Bare::of, run.text());
        return found.isPresent() ? Optional.of(found.get().whole(session)) : Optional.empty();
    }

    static List<RunRow> list(Session session, RunQuery query) throws SQLException {
        long before = query.before().isPresent() ? number(session, query) : Long.MAX_VALUE;
        var statuses = Json.array(query.statuses());
        var bare =
                session.list(
                        LIST,
                        Bare::of,
                        before,
                        query.since(),
                        query.workflow(),
                        query.workflow(),
                        query.script(),
                        query.script(),
                        statuses,
                        statuses,
                        Json.object(query.labels()),
                        query.limit());
        var rows = new ArrayList<RunRow>(bare.size());
        for (var row : bare) {
            rows.add(row.whole(session));
        }
        return rows;
    }

    private static long number(Session session, RunQuery query) throws SQLException {
        var run = query.before().orElseThrow();
        return number(session, run)
                .orElseThrow(() ->
                        new StoreFailure(
                                StoreFailure.Reason.CONFLICT,
                                "run %s, where the page before ended, is gone; list again from the newest"
                                        .formatted(run)));
    }

    static Optional<Long> number(Session session, RunId run) throws SQLException {
        return session.find(NUMBER, row -> row.number(1), run.text());
    }

    /// A row of the table, without what hangs on it.
    private record Bare(
            long number,
            String id,
            String workflow,
            String script,
            Instant submittedAt,
            Progress progress,
            long events,
            String owner,
            Instant leaseUntil,
            long epoch) {
        static Bare of(Row row) throws SQLException {
            return new Bare(
                    row.number(1),
                    row.text(2),
                    row.text(3),
                    row.text(4),
                    row.instant(5),
                    new Progress(
                            row.text(6),
                            row.flag(7),
                            row.text(8),
                            row.instant(9),
                            row.count(10),
                            row.count(11),
                            row.count(12),
                            row.count(13)),
                    row.number(14),
                    row.text(15),
                    row.instant(16),
                    row.number(17));
        }

        RunRow whole(Session session) throws SQLException {
            return new RunRow(
                    new RunId(id),
                    workflow,
                    script,
                    submittedAt,
                    labels(session, number),
                    RunContents.files(session, number),
                    progress,
                    events,
                    owner,
                    leaseUntil,
                    epoch);
        }
    }

    private static Map<String, String> labels(Session session, long run) throws SQLException {
        var labels = new TreeMap<String, String>();
        for (var label : session.list(LABELS, row -> Map.entry(row.text(1), row.text(2)), run)) {
            labels.put(label.getKey(), label.getValue());
        }
        return labels;
    }
}
