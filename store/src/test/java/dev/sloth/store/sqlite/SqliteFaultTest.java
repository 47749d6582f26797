package dev.sloth.store.sqlite;

import dev.sloth.core.store.Store;
import dev.sloth.testkit.store.FaultContract;
import java.nio.file.Path;
import java.time.Instant;
import java.util.function.Consumer;
import org.junit.jupiter.api.io.TempDir;

final class SqliteFaultTest extends FaultContract {
    @TempDir private Path folder;

    @Override
    protected Store open(int number, Consumer<String> beforeStatement) {
        return SqliteStore.open(
                folder.resolve("home-" + number),
                StoreConfig.DEFAULT,
                () -> Instant.EPOCH,
                beforeStatement);
    }
}
