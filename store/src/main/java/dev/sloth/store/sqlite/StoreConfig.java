package dev.sloth.store.sqlite;

import java.time.Duration;

/// The limits of a [SqliteStore].
///
/// @param busyWait how long an operation waits for others, in this process or in another
/// @param batchMax how many writes share a commit at most
/// @param gatherMax how long a commit waits for writes that keep coming; never for ones that do not
/// @param waitingMax how many writes may wait for a file
/// @param readersMax how many may read a file at once
/// @param pagesMax how many pages of 4 KiB a file may have
/// @param checkpointEvery after how many commits the log of writes is brought back into its file
public record StoreConfig(
        Duration busyWait,
        int batchMax,
        Duration gatherMax,
        int waitingMax,
        int readersMax,
        long pagesMax,
        int checkpointEvery) {
    private static final long PAGES_OF_SQLITE = 4_294_967_294L;

    public static final StoreConfig DEFAULT =
            new StoreConfig(
                    Duration.ofSeconds(10),
                    200,
                    Duration.ofMillis(5),
                    10_000,
                    4,
                    PAGES_OF_SQLITE,
                    64);

    public StoreConfig {
        if (!busyWait.isPositive() || !gatherMax.isPositive()) {
            throw new IllegalArgumentException("waits must be positive");
        }
        if (batchMax < 1
                || waitingMax < 1
                || readersMax < 1
                || pagesMax < 1
                || checkpointEvery < 1) {
            throw new IllegalArgumentException("limits must be positive");
        }
    }

    public StoreConfig withBusyWait(Duration wait) {
        return new StoreConfig(
                wait, batchMax, gatherMax, waitingMax, readersMax, pagesMax, checkpointEvery);
    }

    public StoreConfig withPagesMax(long pages) {
        return new StoreConfig(
                busyWait, batchMax, gatherMax, waitingMax, readersMax, pages, checkpointEvery);
    }

    public StoreConfig withCheckpointEvery(int commits) {
        return new StoreConfig(
                busyWait, batchMax, gatherMax, waitingMax, readersMax, pagesMax, commits);
    }
}
