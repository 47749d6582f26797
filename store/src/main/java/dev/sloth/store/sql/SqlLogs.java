package dev.sloth.store.sql;

import dev.sloth.api.workflow.AttemptId;
import dev.sloth.api.workflow.RunId;
import dev.sloth.api.workflow.TaskName;
import dev.sloth.core.store.Claim;
import dev.sloth.core.store.LogStore;
import dev.sloth.core.store.StoreFailure;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;

/// Output in tables that no other aggregate shares: they may be in another database.
public final class SqlLogs implements LogStore {
    /// The number must be the next one; so must whoever writes be the newest that this database has
    /// heard of.
    private static final Sql ADVANCE =
            new Sql(
                    "advance log",
                    """
                    UPDATE logs
                    SET chunks = chunks + 1, lines = lines + ?, size = size + ?, bytes = bytes + ?
                    WHERE run = ? AND task = ? AND attempt = ? AND chunks = ?
                    RETURNING number\
                    """);

    private static final Sql START =
            new Sql(
                    "start log",
                    """
                    INSERT INTO logs (run, task, attempt, first_at, chunks, lines, size, bytes)
                    VALUES (?, ?, ?, ?, 0, 0, 0, 0)
                    ON CONFLICT (run, task, attempt) DO NOTHING\
                    """);

    private static final Sql ADD_CHUNK =
            new Sql(
                    "add chunk",
                    """
                    INSERT INTO chunks (
                        log, number, first_line, lines, start, size, first_at, last_at,
                        checksum, zstd)
                    VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)\
                    """);

    private static final Sql READ =
            new Sql(
                    "read chunks",
                    """
                    SELECT c.number, c.first_line, c.lines, c.start, c.size, c.first_at, c.last_at,
                           c.zstd, c.checksum
                    FROM chunks c JOIN logs l ON l.number = c.log
                    WHERE l.run = ? AND l.task = ? AND l.attempt = ? AND c.number >= ?
                    ORDER BY c.number
                    LIMIT ?\
                    """);

    private static final Sql CHUNKS =
            new Sql(
                    "see chunks",
                    """
                    SELECT chunks
                    FROM logs
                    WHERE run = ? AND task = ? AND attempt = ?\
                    """);

    private static final Sql EXTENTS =
            new Sql(
                    "list logs",
                    """
                    SELECT run, task, attempt, chunks, lines, size, first_at
                    FROM logs
                    WHERE run = ?
                    ORDER BY first_at, number\
                    """);

    private static final Sql BYTES =
            new Sql("size of logs", "SELECT COALESCE(SUM(bytes), 0) FROM logs WHERE run = ?");

    private static final Sql DELETE = new Sql("delete logs", "DELETE FROM logs WHERE run = ?");

    private static final Sql FORGET_WRITER =
            new Sql("forget writer", "DELETE FROM writers WHERE run = ?");

    private static final Sql WRITER =
            new Sql("see writer", "SELECT epoch FROM writers WHERE run = ? AND epoch > ?");

    private static final Sql SET_WRITER =
            new Sql(
                    "set writer",
                    """
                    INSERT INTO writers (run, epoch)
                    VALUES (?, ?)
                    ON CONFLICT (run) DO UPDATE SET epoch = excluded.epoch
                    WHERE writers.epoch < excluded.epoch\
                    """);

    private final Transactions logs;
    private final Transactions runs;

    /// @param logs where the output is
    /// @param runs where the truth about claims is
    public SqlLogs(Transactions logs, Transactions runs) {
        this.logs = logs;
        this.runs = runs;
    }

    /// From now on nobody with an older claim writes here. Said before a claim is committed:
    /// whoever looks at the log after being granted a run sees all that will ever be written under
    /// older claims.
    public void granting(Claim claim) {
        logs.write(s -> s.update(SET_WRITER, claim.run().text(), claim.epoch()));
    }

    @Override
    public void append(Claim claim, List<Chunk> chunks) {
        chunks.forEach(chunk -> Owned.check(claim, chunk.id()));
        runs.read(s -> Fence.pass(s, claim));
        logs.write(s -> {
            for (var chunk : chunks) {
                append(s, claim, chunk);
            }
            return true;
        });
    }

    private static void append(Session session, Claim claim, Chunk chunk) throws SQLException {
        var id = chunk.id();
        if (session.find(WRITER, row -> true, claim.run().text(), claim.epoch()).isPresent()) {
            throw Fence.fenced(claim);
        }
        if (chunk.number() == 0) {
            session.update(START, id.run().text(), id.task().text(), id.number(), chunk.firstAt());
        }
        long log =
                advance(session, chunk)
                        .orElseThrow(() ->
                                new StoreFailure(
                                        StoreFailure.Reason.CONFLICT,
                                        "chunk %d is not the next one of attempt %s"
                                                .formatted(chunk.number(), id)));
        session.update(
                ADD_CHUNK,
                log,
                chunk.number(),
                chunk.firstLine(),
                chunk.lines(),
                chunk.offset(),
                chunk.size(),
                chunk.firstAt(),
                chunk.lastAt(),
                checksum(chunk),
                chunk.zstd());
    }

    private static Optional<Long> advance(Session session, Chunk chunk) throws SQLException {
        var id = chunk.id();
        return session.find(
                ADVANCE,
                row -> row.number(1),
                chunk.lines(),
                chunk.size(),
                chunk.zstd().length,
                id.run().text(),
                id.task().text(),
                id.number(),
                chunk.number());
    }

    private static long checksum(Chunk chunk) {
        return Checksum.of(chunk.zstd(), chunk.number(), chunk.firstLine(), chunk.offset());
    }

    @Override
    public List<Chunk> read(AttemptId id, int from, int limit) {
        return logs.read(s -> read(s, id, from, limit));
    }

    private static List<Chunk> read(Session session, AttemptId id, int from, int limit)
            throws SQLException {
        var run = id.run().text();
        var task = id.task().text();
        var chunks = session.list(READ, row -> chunk(row, id), run, task, id.number(), from, limit);
        int kept = session.find(CHUNKS, row -> row.count(1), run, task, id.number()).orElse(0);
        int next = from;
        for (var chunk : chunks) {
            if (chunk.number() != next) {
                throw gap(id);
            }
            next++;
        }
        if (chunks.size() < limit && next < kept) {
            throw gap(id);
        }
        return chunks;
    }

    private static StoreFailure gap(AttemptId id) {
        return new StoreFailure(
                StoreFailure.Reason.DAMAGED,
                "the output of attempt %s is damaged: chunks are missing".formatted(id));
    }

    private static Chunk chunk(Row row, AttemptId id) throws SQLException {
        var chunk =
                new Chunk(
                        id,
                        row.count(1),
                        row.number(2),
                        row.count(3),
                        row.number(4),
                        row.number(5),
                        row.instant(6),
                        row.instant(7),
                        row.bytes(8));
        Checksum.check(
                row.number(9),
                "chunk %d of the output of attempt %s".formatted(chunk.number(), id),
                chunk.zstd(),
                chunk.number(),
                chunk.firstLine(),
                chunk.offset());
        return chunk;
    }

    @Override
    public List<Extent> extents(RunId run) {
        return logs.read(s -> s.list(EXTENTS, SqlLogs::extent, run.text()));
    }

    private static Extent extent(Row row) throws SQLException {
        var id = new AttemptId(new RunId(row.text(1)), new TaskName(row.text(2)), row.count(3));
        return new Extent(id, row.count(4), row.number(5), row.number(6), row.instant(7));
    }

    @Override
    public long bytes(RunId run) {
        return logs.read(s -> s.find(BYTES, row -> row.number(1), run.text())).orElse(0L);
    }

    @Override
    public void delete(RunId run) {
        logs.remove(s -> s.update(DELETE, run.text()));
    }

    /// Throws away the output of a run that was deleted, and who wrote it.
    public void forget(RunId run) {
        logs.remove(s -> s.update(DELETE, run.text()) + s.update(FORGET_WRITER, run.text()));
    }
}
