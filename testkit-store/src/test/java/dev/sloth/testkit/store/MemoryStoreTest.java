package dev.sloth.testkit.store;

import dev.sloth.core.store.Store;

final class MemoryStoreTest extends StoreContract {
    private final MemoryDisk disk = new MemoryDisk();

    @Override
    protected Store open() {
        return MemoryStore.open(disk);
    }
}
