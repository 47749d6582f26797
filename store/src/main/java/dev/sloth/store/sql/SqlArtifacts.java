package dev.sloth.store.sql;

import dev.sloth.api.workflow.AttemptId;
import dev.sloth.api.workflow.RunId;
import dev.sloth.api.workflow.TaskName;
import dev.sloth.core.store.ArtifactStore;
import dev.sloth.core.store.Claim;
import dev.sloth.core.store.StoreFailure;
import dev.sloth.store.files.ArtifactFolder;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;

/// Which run has which artifacts, in a table; what they hold, in a folder.
///
/// A row is added, and a file removed, only in a transaction that writes. On a database with one
/// writer at a time that alone keeps a sweep from taking a file whose row is about to come; where
/// writers run side by side, both have to lock.
public final class SqlArtifacts implements ArtifactStore {
    private static final Sql REPLACE =
            new Sql(
                    "replace artifact",
                    "DELETE FROM artifacts WHERE run = ? AND task = ? AND path = ?");

    private static final Sql ADD =
            new Sql(
                    "add artifact",
                    """
                    INSERT INTO artifacts (
                        run, task, path, made_by_run, made_by_attempt, sha256, size, executable,
                        kept_at)
                    VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)\
                    """);

    private static final Sql OF_RUN =
            new Sql(
                    "list artifacts",
                    """
                    SELECT a.made_by_run, a.task, a.made_by_attempt, a.path, a.sha256, a.size,
                           a.executable, a.kept_at
                    FROM artifacts a JOIN runs r ON r.number = a.run
                    WHERE r.id = ?
                    ORDER BY a.number\
                    """);

    private static final Sql USERS =
            new Sql("users of artifact", "SELECT COUNT(*) FROM artifacts WHERE sha256 = ?");

    /// How often a file is written again that a sweep took away before its row came.
    private static final int WRITES_MAX = 5;

    /// How many files a sweep looks at in one transaction, so that it holds nobody up.
    private static final int SWEEP_MAX = 100;

    private final Transactions transactions;
    private final ArtifactFolder folder;
    private final Runnable beforeSweep;

    /// @param beforeSweep takes away what deleted runs have left elsewhere
    public SqlArtifacts(Transactions transactions, ArtifactFolder folder, Runnable beforeSweep) {
        this.transactions = transactions;
        this.folder = folder;
        this.beforeSweep = beforeSweep;
    }

    @Override
    public void keep(Claim claim, AttemptId id, String path, Path file, Instant at)
            throws IOException {
        Owned.check(claim, id);
        transactions.read(s -> Fence.pass(s, claim));
        for (int write = 0; write < WRITES_MAX; write++) {
            var kept = folder.keep(file);
            var artifact =
                    new Artifact(id, path, kept.sha256(), kept.size(), kept.executable(), at);
            if (transactions.write(s -> added(s, claim, artifact))) {
                return;
            }
        }
        throw new StoreFailure(
                StoreFailure.Reason.BUSY,
                "artifact %s of attempt %s is removed as often as it is written"
                        .formatted(path, id));
    }

    private boolean added(Session session, Claim claim, Artifact artifact) throws SQLException {
        long run = Fence.pass(session, claim);
        if (!folder.has(artifact.sha256())) {
            return false;
        }
        var task = artifact.id().task().text();
        session.update(REPLACE, run, task, artifact.path());
        session.update(
                ADD,
                run,
                task,
                artifact.path(),
                artifact.id().run().text(),
                artifact.id().number(),
                artifact.sha256(),
                artifact.size(),
                artifact.executable(),
                artifact.keptAt());
        return true;
    }

    @Override
    public List<Artifact> of(RunId run) {
        return transactions.read(s -> s.list(OF_RUN, SqlArtifacts::artifact, run.text()));
    }

    private static Artifact artifact(Row row) throws SQLException {
        var id = new AttemptId(new RunId(row.text(1)), new TaskName(row.text(2)), row.count(3));
        return new Artifact(
                id, row.text(4), row.text(5), row.number(6), row.flag(7), row.instant(8));
    }

    @Override
    public void copy(Artifact artifact, Path target) throws IOException {
        folder.copy(artifact, target);
    }

    @Override
    public InputStream open(Artifact artifact) throws IOException {
        return folder.open(artifact);
    }

    @Override
    public void adopt(Claim claim, List<Artifact> artifacts) {
        transactions.write(s -> {
            for (var artifact : artifacts) {
                if (!added(s, claim, artifact)) {
                    throw folder.missing(artifact);
                }
            }
            return Fence.pass(s, claim);
        });
    }

    @Override
    public long sweep() {
        beforeSweep.run();
        long freed = folder.sweepUnfinished();
        var kept = folder.kept();
        for (int from = 0; from < kept.size(); from += SWEEP_MAX) {
            var some = kept.subList(from, Math.min(from + SWEEP_MAX, kept.size()));
            freed += transactions.remove(s -> swept(s, some));
        }
        return freed;
    }

    private long swept(Session session, List<String> some) throws SQLException {
        long freed = 0;
        for (var sha256 : some) {
            if (session.find(USERS, row -> row.number(1), sha256).orElse(0L) == 0) {
                freed += folder.remove(sha256);
            }
        }
        return freed;
    }
}
