package dev.sloth.master;

import dev.sloth.agent.remote.MasterLine;
import dev.sloth.api.state.SharedState;
import dev.sloth.core.state.LocalState;
import dev.sloth.core.store.Store;
import dev.sloth.master.rpc.Acting;
import dev.sloth.testkit.store.MemoryDisk;
import dev.sloth.testkit.store.MemoryStore;
import dev.sloth.testkit.store.StatesContract;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;

/// Shared state as an agent sees it keeps the contract that it keeps where the store is.
final class RemoteStateTest extends StatesContract {
    private static final AtomicInteger ORDERS = new AtomicInteger();

    @TempDir private static Path folder;
    private static SharedWorld shared;
    private static SharedWorld.Worker worker;
    private static MasterLine line;

    private final MemoryDisk disk = new MemoryDisk();

    @BeforeAll
    static void start() {
        shared = new SharedWorld(folder);
        worker = shared.worker("web1");
        line = worker.line(shared.world.address(), SharedWorld.LIMITS);
    }

    @AfterAll
    static void stop() throws Exception {
        shared.close();
    }

    @Override
    protected Store open() {
        return MemoryStore.open(disk);
    }

    @Override
    protected SharedState sight(LocalState kept) {
        var order = "order-" + ORDERS.incrementAndGet();
        shared.keep(order, kept);
        worker.given(order, new Acting(order, List.of()));
        return line.state(order);
    }
}
