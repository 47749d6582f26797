package dev.sloth.master.afar;

import dev.sloth.core.store.RunStore.Fate;
import dev.sloth.core.store.Store;
import dev.sloth.testkit.store.MemoryDisk;
import dev.sloth.testkit.store.MemoryStore;
import dev.sloth.testkit.store.StoreContract;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.io.TempDir;

/// Whatever the contract of stores says of reading holds from afar too.
final class RemoteStoreTest extends StoreContract {
    @TempDir private Path folder;
    private final MemoryDisk disk = new MemoryDisk();
    private Optional<OpenDoor> door = Optional.empty();

    @Override
    protected Store open() {
        return new SeenFromAfar(MemoryStore.open(disk), this::afar);
    }

    /// Opened when something is looked at first: many parts of the contract look at nothing of
    /// this.
    private synchronized RemoteStore afar() {
        if (door.isEmpty()) {
            door =
                    Optional.of(
                            new OpenDoor(
                                    folder,
                                    MemoryStore.open(disk),
                                    _ -> Fate.Verdict.UNKNOWN,
                                    _ -> {}));
        }
        return door.get().store();
    }

    @AfterEach
    void close() {
        door.ifPresent(OpenDoor::close);
    }
}
