package dev.sloth.store.sql;

import dev.sloth.api.workflow.RunId;
import dev.sloth.core.store.Chapter;
import dev.sloth.core.store.Claim;
import dev.sloth.core.store.Claiming;
import dev.sloth.core.store.Content;
import dev.sloth.core.store.NewRun;
import dev.sloth.core.store.Owner;
import dev.sloth.core.store.RunFile;
import dev.sloth.core.store.RunQuery;
import dev.sloth.core.store.RunRow;
import dev.sloth.core.store.RunStore;
import dev.sloth.core.store.StoreFailure;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/// Runs in tables.
public final class SqlRuns implements RunStore {
    private static final Sql ADD_RUN =
            new Sql(
                    "add run",
                    """
                    INSERT INTO runs (
                        id, workflow, script, submitted_at, owner, lease_until, epoch,
                        events, status, ended, message, changed_at,
                        tasks, finished, failed, undecided, asked_by)
                    VALUES (?, ?, ?, ?, ?, ?, 1, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
                    ON CONFLICT (id) DO NOTHING
                    RETURNING number\
                    """);

    private static final Sql ADD_LABEL =
            new Sql("add label", "INSERT INTO labels (run, name, value) VALUES (?, ?, ?)");

    private static final Sql ASKED_BY =
            new Sql("who asked for run", "SELECT asked_by FROM runs WHERE id = ?");

    private static final Sql ENDED =
            new Sql("number of ended run", "SELECT number FROM runs WHERE id = ? AND ended = 1");

    private static final Sql DELETE =
            new Sql("delete run", "DELETE FROM runs WHERE number = ? AND ended = 1");

    private final Transactions transactions;
    private final RunClaims claims;
    private final Consumer<RunId> deleted;

    /// @param granting is told of a claim before it is committed, and may refuse it by throwing
    /// @param deleted is told of a run after it was deleted; what is kept of it elsewhere is noted
    ///   in [Leftovers] until then
    public SqlRuns(Transactions transactions, Consumer<Claim> granting, Consumer<RunId> deleted) {
        this.transactions = transactions;
        this.claims = new RunClaims(transactions, granting);
        this.deleted = deleted;
    }

    @Override
    public Claim submit(NewRun run, Chapter first) {
        if (first.first() != 1) {
            throw RunJournals.conflict(run.id(), first);
        }
        return transactions.write(s -> {
            Fires.start(s, run);
            long number = add(s, run, first);
            for (var label : run.labels().entrySet()) {
                s.update(ADD_LABEL, number, label.getKey(), label.getValue());
            }
            RunContents.add(s, number, run.files(), run.contents());
            RunJournals.addPage(s, number, run.id(), first);
            var claim = new Claim(run.id(), 1);
            var target = new RunJournals.Target(number, run.owner().text());
            RunJournals.begin(s, target, claim, first);
            RunJournals.consequences(s, number, first);
            return claim;
        });
    }

    private static long add(Session session, NewRun run, Chapter first) throws SQLException {
        var progress = first.progress();
        return session.find(
                        ADD_RUN,
                        row -> row.number(1),
                        run.id().text(),
                        run.workflow(),
                        run.script(),
                        run.submittedAt(),
                        run.owner().text(),
                        run.leaseUntil(),
                        (long) first.events(),
                        progress.status(),
                        progress.ended(),
                        progress.message(),
                        progress.at(),
                        progress.tasks(),
                        progress.finished(),
                        progress.failed(),
                        progress.undecided(),
                        run.askedBy())
                .orElseThrow(() ->
                        new StoreFailure(
                                StoreFailure.Reason.TAKEN,
                                "there is a run %s already".formatted(run.id())));
    }

    @Override
    public Claiming claim(RunId run, Owner by, Instant now, Duration ttl, Fate fate) {
        return claims.claim(run, by, now, ttl, fate);
    }

    @Override
    public void renew(Claim claim, Instant until) {
        claims.renew(claim, until);
    }

    @Override
    public void release(Claim claim) {
        claims.release(claim);
    }

    @Override
    public void append(Claim claim, Chapter chapter) {
        transactions.write(s -> {
            RunJournals.append(s, claim, chapter);
            return true;
        });
    }

    @Override
    public List<Page> journal(RunId run, long from, int pagesMax) {
        return transactions.read(s -> RunJournals.pages(s, run, from, pagesMax));
    }

    @Override
    public void snapshot(Claim claim, Snapshot snapshot) {
        transactions.write(s -> {
            RunJournals.keep(s, claim, snapshot);
            return true;
        });
    }

    @Override
    public Optional<Snapshot> snapshot(RunId run) {
        return transactions.read(s -> RunJournals.snapshot(s, run));
    }

    @Override
    public long bytes(RunId run) {
        return transactions.read(s -> RunJournals.bytes(s, run));
    }

    @Override
    public void addFiles(Claim claim, List<RunFile> files, List<Content> contents) {
        transactions.write(s -> {
            RunContents.add(s, Fence.pass(s, claim), files, contents);
            return true;
        });
    }

    @Override
    public Optional<RunRow> find(RunId run) {
        return transactions.read(s -> RunLists.find(s, run));
    }

    @Override
    public String askedBy(RunId run) {
        return transactions.read(s -> s.find(ASKED_BY, row -> row.text(1), run.text())).orElse("");
    }

    @Override
    public List<RunRow> list(RunQuery query) {
        return transactions.read(s -> RunLists.list(s, query));
    }

    @Override
    public Optional<Content> content(String sha256) {
        var content = transactions.read(s -> RunContents.content(s, sha256));
        content.ifPresent(Content::bytes);
        return content;
    }

    @Override
    public boolean delete(RunId run) {
        boolean done = transactions.remove(s -> delete(s, run));
        if (done) {
            deleted.accept(run);
        }
        return done;
    }

    private static boolean delete(Session session, RunId run) throws SQLException {
        var number = session.find(ENDED, row -> row.number(1), run.text());
        if (number.isEmpty()) {
            return false;
        }
        RunContents.forget(session, number.get());
        Leftovers.note(session, run);
        return session.update(DELETE, number.get()) == 1;
    }
}
