package dev.sloth.cli;

import dev.sloth.core.store.Store;
import dev.sloth.store.sqlite.SqliteStore;
import dev.sloth.store.sqlite.StoreConfig;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;

/// The store in the home folder, opened when it is used first. Safe for use by many threads.
final class LazyStore implements AutoCloseable {
    private final Path home;

    /// What is open: nothing, or one.
    private final List<SqliteStore> opened = new ArrayList<>(1);

    private boolean closed;

    LazyStore(Path home) {
        this.home = home;
    }

    synchronized Store store() {
        if (closed) {
            throw new IllegalStateException("the store is closed");
        }
        if (opened.isEmpty()) {
            opened.add(SqliteStore.open(home, StoreConfig.DEFAULT, InstantSource.system()));
        }
        return opened.getFirst();
    }

    @Override
    public synchronized void close() {
        closed = true;
        opened.forEach(SqliteStore::close);
        opened.clear();
    }
}
