package dev.sloth.store.sqlite;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.Optional;
import java.util.concurrent.Semaphore;

/// Brings the log of writes back into its file now and then, on a thread of its own: a commit that
/// did so would take twenty times as long as the others.
///
/// The log is only ever left longer when this fails; the writer then meets the same fault itself,
/// and SQLite does the work at a commit once the log has grown to [#PAGES_AT_A_COMMIT].
final class Checkpoints implements AutoCloseable {
    /// From how many pages of 4 KiB on a commit has to do it.
    static final int PAGES_AT_A_COMMIT = 16_384;

    private static final System.Logger LOG = System.getLogger(Checkpoints.class.getName());

    private final Links links;
    private final int every;
    private final Semaphore wanted = new Semaphore(0);
    // Of the writer's thread.
    private Optional<Thread> thread = Optional.empty();
    private int commits;

    /// @param every after how many commits
    Checkpoints(Links links, int every) {
        this.links = links;
        this.every = every;
    }

    /// Called by the writer after each commit.
    void committed() {
        commits++;
        if (commits < every) {
            return;
        }
        commits = 0;
        if (thread.isEmpty()) {
            var name = "checkpoints of " + links.file().getFileName();
            thread = Optional.of(Thread.ofPlatform().daemon().name(name).start(this::work));
        }
        wanted.release();
    }

    private void work() {
        try (var link = links.writing()) {
            while (true) {
                wanted.acquire();
                wanted.drainPermits();
                checkpoint(link);
            }
        } catch (InterruptedException _) {
            // Closed: whoever closes the last connection brings back the rest.
            Thread.currentThread().interrupt();
        } catch (SQLException | RuntimeException e) {
            LOG.log(System.Logger.Level.DEBUG, "the log of " + links.file() + " only grows", e);
        }
    }

    private void checkpoint(Connection link) {
        try {
            Links.run(link, "PRAGMA wal_checkpoint(PASSIVE)");
        } catch (SQLException e) {
            LOG.log(System.Logger.Level.DEBUG, "a checkpoint of " + links.file() + " failed", e);
        }
    }

    /// To be called once the writer has ended.
    @Override
    public void close() {
        thread.ifPresent(running -> {
            running.interrupt();
            boolean interrupted = Thread.interrupted();
            try {
                running.join();
            } catch (InterruptedException _) {
                interrupted = true;
            }
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        });
    }
}
