package dev.sloth.store.sqlite;

import dev.sloth.core.store.StoreFailure;
import dev.sloth.core.store.StoreFailure.Reason;
import java.util.function.Consumer;

/// Passes faults on to whoever runs a statement. After an error nothing runs any more, in none of
/// the files: a process that was killed is dead in all its parts.
final class Faults implements Consumer<String> {
    private final Consumer<String> beforeStatement;
    private volatile boolean stopped;

    Faults(Consumer<String> beforeStatement) {
        this.beforeStatement = beforeStatement;
    }

    @Override
    public void accept(String statement) {
        if (stopped) {
            throw new StoreFailure(Reason.BROKEN, "the store was stopped");
        }
        try {
            beforeStatement.accept(statement);
        } catch (Error e) {
            stopped = true;
            throw e;
        }
    }
}
