package dev.sloth.cli.serve;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sloth.agent.ExecutorConfig;
import dev.sloth.agent.HookExecutor;
import dev.sloth.agent.process.ChildProcesses;
import dev.sloth.agent.process.ProcessConfig;
import dev.sloth.api.event.Events;
import dev.sloth.api.state.SharedState;
import dev.sloth.core.event.EventStream;
import dev.sloth.core.hook.Deliveries;
import dev.sloth.core.hook.Deliveries.Owed;
import dev.sloth.core.hook.HookLimits;
import dev.sloth.core.hook.Intake;
import dev.sloth.core.store.Store;
import dev.sloth.core.store.event.DeliveryRow;
import dev.sloth.core.store.event.DeliveryRow.State;
import dev.sloth.core.store.event.EventRow;
import dev.sloth.core.store.event.HookRow;
import dev.sloth.core.store.event.Position;
import dev.sloth.dsl.ScriptLimits;
import dev.sloth.dsl.Scripts;
import dev.sloth.dsl.Source;
import dev.sloth.testkit.store.MemoryDisk;
import dev.sloth.testkit.store.MemoryStore;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// What a resident does to its store.
@Timeout(60)
final class HookResidentTest {
    private static final String SPACE = "space";
    private static final Instant NOW = Instant.parse("2026-03-29T01:30:00Z");

    @TempDir private Path folder;
    private final MemoryDisk disk = new MemoryDisk();
    private final Store quiet = MemoryStore.open(disk);
    private final Semaphore rounds = new Semaphore(0);
    private final AtomicInteger writes = new AtomicInteger();
    private final BlockingQueue<String> notes = new LinkedBlockingQueue<>();
    private final ChildProcesses processes =
            new ChildProcesses(ProcessConfig.defaults(System.getenv()), new SplittableRandom(1));

    @AfterEach
    void close() {
        processes.close();
    }

    private HookRow hook() {
        quiet.hooks()
                .add(
                        new HookRow(
                                0,
                                SPACE,
                                "h",
                                "/h.lua",
                                List.of("x"),
                                "",
                                "",
                                true,
                                Duration.ofSeconds(1),
                                3,
                                NOW,
                                Position.START),
                        1);
        return quiet.hooks().find(SPACE, "h").orElseThrow();
    }

    private static DeliveryRow owed(HookRow hook, Instant due) {
        return new DeliveryRow(
                0,
                hook.number(),
                "e1",
                "x",
                "x",
                "cli",
                NOW,
                "",
                new byte[] {1},
                State.PENDING,
                0,
                due,
                "",
                Instant.MIN,
                "",
                "");
    }

    /// Notes that a round has begun, and what is written.
    private void seen(String statement) {
        if (statement.equals("list hooks")) {
            rounds.release();
        } else if (statement.equals(MemoryStore.COMMIT)) {
            writes.incrementAndGet();
        }
    }

    private final class Told implements HookListener {
        @Override
        public void called(Owed owed, State state, String message) {
            notes.add("called");
        }

        @Override
        public void note(String message) {
            notes.add(message);
        }
    }

    private HookResident resident(HookLimits limits) {
        var store = MemoryStore.open(disk, this::seen);
        var stream = new EventStream(store, SPACE);
        var executor =
                new HookExecutor(
                        new Scripts(List.of(), ScriptLimits.DEFAULT),
                        ExecutorConfig.defaults("here", ZoneOffset.UTC),
                        processes,
                        () -> NOW,
                        new SplittableRandom(2),
                        SharedState.NONE,
                        Events.Door.CLOSED,
                        folder);
        return new HookResident(
                stream,
                new Intake(store.hooks(), stream, SPACE, limits, () -> NOW),
                new Deliveries(store.hooks(), SPACE, "me", limits, () -> NOW),
                executor,
                file -> Source.read(Path.of(file)),
                () -> {},
                _ -> false,
                new Told(),
                () -> NOW,
                2);
    }

    private void tellOthers() {
        quiet.events().add(new EventRow(0, "other", "x", "x", "cli", NOW, "", new byte[] {1}));
    }

    private void awaitRound() throws InterruptedException {
        rounds.drainPermits();
        tellOthers();
        assertThat(rounds.tryAcquire(30, TimeUnit.SECONDS)).isTrue();
    }

    @Test
    void who_has_nothing_to_do_writes_nothing_however_often_it_is_woken()
            throws InterruptedException {
        var hook = hook();
        quiet.hooks()
                .advance(hook, new Position(1, 0, 0), List.of(owed(hook, NOW.plusSeconds(60))));
        var resident = resident(HookLimits.DEFAULT);
        resident.start(e -> notes.add(e.toString()));
        awaitRound();
        awaitRound();
        int before = writes.get();
        for (int i = 0; i < 20; i++) {
            awaitRound();
        }
        assertThat(writes).hasValue(before);
        resident.stop(Duration.ZERO);
        assertThat(notes).isEmpty();
    }

    @Test
    void it_says_once_that_a_hook_is_owed_all_that_it_may_be() throws InterruptedException {
        var hook = hook();
        quiet.hooks()
                .advance(hook, new Position(1, 0, 0), List.of(owed(hook, NOW.plusSeconds(60))));
        var usual = HookLimits.DEFAULT;
        var resident =
                resident(
                        new HookLimits(
                                1,
                                usual.doneKept(),
                                usual.deadKept(),
                                usual.retryFirst(),
                                usual.retryMax(),
                                usual.chainMax(),
                                usual.outputMax()));
        resident.start(e -> notes.add(e.toString()));
        for (int i = 0; i < 5; i++) {
            awaitRound();
        }
        resident.stop(Duration.ZERO);
        assertThat(notes).singleElement().asString().contains("the hook h is owed as much");
    }
}
