package dev.sloth.testkit.store;

import dev.sloth.core.store.Store;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Consumer;

final class MemoryFaultTest extends FaultContract {
    private final Map<Integer, MemoryDisk> disks = new HashMap<>();

    @Override
    protected Store open(int number, Consumer<String> beforeStatement) {
        return MemoryStore.open(
                disks.computeIfAbsent(number, _ -> new MemoryDisk()), beforeStatement);
    }
}
