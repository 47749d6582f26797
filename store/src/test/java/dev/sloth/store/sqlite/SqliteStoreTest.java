package dev.sloth.store.sqlite;

import dev.sloth.core.store.Store;
import dev.sloth.testkit.store.StoreContract;

import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Path;
import java.time.Instant;

final class SqliteStoreTest extends StoreContract {
    @TempDir private Path home;

    @Override
    protected Store open() {
        return SqliteStore.open(home, StoreConfig.DEFAULT, () -> Instant.EPOCH);
    }
}
