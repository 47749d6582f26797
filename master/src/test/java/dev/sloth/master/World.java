package dev.sloth.master;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sloth.agent.link.AgentFolder;
import dev.sloth.agent.link.Link;
import dev.sloth.agent.link.LinkEvent;
import dev.sloth.agent.link.Orders;
import dev.sloth.agent.link.Self;
import dev.sloth.api.workflow.Problems;
import dev.sloth.core.store.Owner;
import dev.sloth.core.store.RunStore.Fate.Verdict;
import dev.sloth.master.authority.Lives;
import dev.sloth.master.rpc.Sharing;
import dev.sloth.master.run.WorkflowSecrets;
import dev.sloth.master.session.MasterEvent;
import dev.sloth.testkit.store.MemoryDisk;
import dev.sloth.testkit.store.MemoryStore;
import dev.sloth.wire.Administration;
import dev.sloth.wire.CredentialsFile;
import dev.sloth.wire.JoinToken;
import dev.sloth.wire.Joining;
import dev.sloth.wire.MasterAddress;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/// A master with agents, all in this process, on a clock that stands until it is moved.
final class World {
    static final Duration BEAT = Duration.ofMillis(50);

    private static final int PATIENCE_SECONDS = 30;

    final Clock time = new Clock();
    final BlockingQueue<MasterEvent> told = new LinkedBlockingQueue<>();
    private final SecureRandom random = new SecureRandom();
    private final Path folder;
    private final Sharing sharing;
    private final MemoryDisk disk = new MemoryDisk();
    private final List<AutoCloseable> open = new ArrayList<>();
    private MasterConfig config;
    private Master master;

    World(Path folder) {
        this(folder, Sharing.NOTHING);
    }

    /// @param sharing what those share who work
    World(Path folder, Sharing sharing) {
        this.folder = folder;
        this.sharing = sharing;
        this.config =
                MasterConfig.of("1.0", 0, folder.resolve("master"))
                        .withLives(Lives.DEFAULT)
                        .withBeats(BEAT, Duration.ofMillis(20));
        this.master = started();
    }

    /// A clock that stands.
    static final class Clock implements InstantSource {
        private volatile Instant now = Instant.parse("2026-03-29T01:30:00Z");

        @Override
        public Instant instant() {
            return now;
        }

        void move(Duration by) {
            now = now.plus(by);
        }
    }

    private Master started() {
        return Master.start(
                config,
                new Master.Means(
                        MemoryStore.open(disk),
                        new Owner("host", "boot", 1, 1),
                        _ -> Verdict.GONE,
                        WorkflowSecrets.NONE,
                        "default",
                        _ -> sharing,
                        random,
                        time,
                        event -> told.add(event)));
    }

    /// Ends the master and starts it again, at the port that it had.
    void restart() {
        int port = master.port();
        master.close();
        config = config.withPort(port);
        master = started();
    }

    MasterAddress address() {
        return new MasterAddress("127.0.0.1", master.port());
    }

    Path folder(String name) {
        return folder.resolve(name);
    }

    Administration administration() {
        var own = new CredentialsFile(config.administrator()).credentials().orElseThrow();
        var administration = Administration.open(address(), own, time);
        open.add(administration);
        return administration;
    }

    JoinToken token() {
        return JoinToken.of(
                administration().createToken(List.of(), "", Duration.ofHours(1), 1).text());
    }

    static Joining.Wish wish(String name) {
        return new Joining.Wish("1.0", name, List.of("web"), "fra", 2);
    }

    Agent agent(String name) {
        return agent(name, time);
    }

    /// One whose machine has a clock of its own.
    Agent agent(String name, Clock own) {
        var agent = new Agent(name, own);
        open.add(agent);
        return agent;
    }

    Agent joined(String name) {
        var agent = agent(name);
        agent.link.join(token(), wish(name));
        return agent;
    }

    Agent connected(String name) throws InterruptedException {
        var agent = joined(name);
        agent.start();
        var _ = agent.await(LinkEvent.Connected.class);
        return agent;
    }

    /// An agent with its folder, on a thread of its own once started.
    final class Agent implements AutoCloseable {
        final BlockingQueue<LinkEvent> told = new LinkedBlockingQueue<>();
        final Path data;
        final AgentFolder kept;
        final Link link;
        private final CompletableFuture<String> end = new CompletableFuture<>();

        private Agent(String name, Clock own) {
            this.data = folder(name);
            this.kept = AgentFolder.open(data);
            this.link =
                    new Link(
                            address(),
                            kept,
                            new Self("1.0", "host-of-" + name, 2),
                            random,
                            own,
                            event -> told.add(event),
                            Orders.NONE);
        }

        void start() {
            var _ =
                    Thread.ofVirtual()
                            .start(() -> {
                                try {
                                    link.run();
                                    end.complete("ended");
                                } catch (Problems e) {
                                    end.complete(e.list().getFirst().code());
                                } catch (InterruptedException e) {
                                    Thread.currentThread().interrupt();
                                    end.complete("interrupted");
                                }
                            });
        }

        /// `ended`, or the code of what ended it.
        String end() throws Exception {
            return end.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
        }

        <T extends LinkEvent> T await(Class<T> kind) throws InterruptedException {
            return World.await(told, kind);
        }

        @Override
        public void close() {
            link.end();
            kept.close();
        }
    }

    <T extends MasterEvent> T await(Class<T> kind) throws InterruptedException {
        return await(told, kind);
    }

    private static <E, T extends E> T await(BlockingQueue<E> told, Class<T> kind)
            throws InterruptedException {
        while (true) {
            var event = told.poll(PATIENCE_SECONDS, TimeUnit.SECONDS);
            assertThat(event).as("a %s in time", kind.getSimpleName()).isNotNull();
            if (kind.isInstance(event)) {
                return kind.cast(event);
            }
        }
    }

    void close() throws Exception {
        for (var each : open.reversed()) {
            each.close();
        }
        master.close();
    }
}
