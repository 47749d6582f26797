package dev.sloth.drive;

import dev.sloth.core.store.StoreFailure;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;

/// What goes wrong between the statements of one process's store. Failures are told to the process;
/// a stop is its end, and it never knows whether its last operation took effect.
final class StoreFaults implements Consumer<String> {
    private static final StoreFailure.Reason[] REASONS = {
        StoreFailure.Reason.FULL, StoreFailure.Reason.BUSY, StoreFailure.Reason.BROKEN
    };

    private final RandomGenerator random;
    private final int oneIn;
    private boolean quiet;

    /// @param oneIn how many statements go well for each that does not; 0 means that all go well
    StoreFaults(RandomGenerator random, int oneIn) {
        this.random = random;
        this.oneIn = oneIn;
        this.quiet = oneIn == 0;
    }

    /// The process was killed between two statements.
    static final class Stop extends Error {
        private static final long serialVersionUID = 1L;

        Stop(String before) {
            super("stopped before " + before, null, false, false);
        }
    }

    void heal() {
        quiet = true;
    }

    @Override
    public void accept(String statement) {
        if (quiet || random.nextInt(oneIn) != 0) {
            return;
        }
        if (statement.equals("answer") || random.nextBoolean()) {
            quiet = true;
            throw new Stop(statement);
        }
        throw new StoreFailure(REASONS[random.nextInt(REASONS.length)], "fault: " + statement);
    }
}
