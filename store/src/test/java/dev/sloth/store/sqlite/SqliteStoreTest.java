package dev.sloth.store.sqlite;

import dev.sloth.core.store.Store;
import dev.sloth.testkit.store.StoreContract;
import java.nio.file.Path;
import java.time.Instant;
import org.junit.jupiter.api.io.TempDir;

final class SqliteStoreTest extends StoreContract {
    @TempDir private Path home;

    @Override
    protected Store open() {
        return SqliteStore.open(home, StoreConfig.DEFAULT, () -> Instant.EPOCH);
    }
}
