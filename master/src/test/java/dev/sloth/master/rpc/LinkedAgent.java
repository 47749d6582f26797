package dev.sloth.master.rpc;

import dev.sloth.agent.link.AgentFolder;
import dev.sloth.agent.link.Link;
import dev.sloth.agent.link.LinkNews;
import dev.sloth.agent.link.Orders;
import dev.sloth.agent.link.Self;
import dev.sloth.wire.MasterAddress;
import java.nio.file.Path;

/// Today's agent `web1`, at whatever listens at a port of this machine, until it is closed.
final class LinkedAgent implements AutoCloseable {
    private final AgentFolder kept;
    private final Link link;
    private final Thread running;

    LinkedAgent(DoorWorld world, Path folder, int port, LinkNews news, Orders orders) {
        kept = AgentFolder.open(folder.resolve("agent"));
        kept.keep(world.agent("id-1", "web1"));
        link =
                new Link(
                        new MasterAddress("127.0.0.1", port),
                        kept,
                        new Self("1.0", "here", 1),
                        world.random,
                        world.now::get,
                        news,
                        orders);
        running = Thread.ofVirtual().start(this::run);
    }

    private void run() {
        try {
            link.run();
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }

    /// Leaves its session, and waits until that is done.
    void leave() throws InterruptedException {
        link.end();
        running.join();
    }

    @Override
    public void close() {
        try {
            leave();
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        } finally {
            kept.close();
        }
    }
}
