package dev.sloth.store.sqlite;

import dev.sloth.store.sql.Transactions;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// A database that is opened when it is first needed: most commands never look at output.
final class LazyDatabase implements Transactions, AutoCloseable {
    private final Supplier<Database> opening;
    private final ReentrantLock lock = new ReentrantLock();
    private Optional<Database> open = Optional.empty();

    LazyDatabase(Supplier<Database> opening) {
        this.opening = opening;
    }

    @Override
    public <T extends @Nullable Object> T write(Work<T> work) {
        return database().write(work);
    }

    @Override
    public <T extends @Nullable Object> T remove(Work<T> work) {
        return database().remove(work);
    }

    @Override
    public <T extends @Nullable Object> T read(Work<T> work) {
        return database().read(work);
    }

    void shrink() {
        database().shrink();
    }

    private Database database() {
        lock.lock();
        try {
            if (open.isEmpty()) {
                open = Optional.of(opening.get());
            }
            return open.get();
        } finally {
            lock.unlock();
        }
    }

    @Override
    public void close() {
        lock.lock();
        try {
            open.ifPresent(Database::close);
        } finally {
            lock.unlock();
        }
    }
}
