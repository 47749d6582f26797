package dev.sloth.cli.serve;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sloth.api.workflow.RunId;
import dev.sloth.core.schedule.Definition;
import dev.sloth.core.schedule.Rules;
import dev.sloth.core.schedule.Scheduler;
import dev.sloth.core.store.Chapter;
import dev.sloth.core.store.Claim;
import dev.sloth.core.store.FireRow;
import dev.sloth.core.store.FireStatus;
import dev.sloth.core.store.NewRun;
import dev.sloth.core.store.Owner;
import dev.sloth.core.store.Progress;
import dev.sloth.core.store.RunQuery;
import dev.sloth.core.store.RunRow;
import dev.sloth.core.store.StoreFailure;
import dev.sloth.testkit.Gen;
import dev.sloth.testkit.store.MemoryDisk;
import dev.sloth.testkit.store.MemoryStore;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/// Several processes that serve one store, die between any two statements, and have clocks that
/// jump: the judges look at what they leave.
class ScheduleSimulationTest {
    private static final Instant START = Instant.parse("2026-03-28T23:00:00Z");
    private static final int STEPS = 120;

    /// As if the process had been killed.
    private static final class Killed extends Error {
        private static final long serialVersionUID = 1L;
    }

    /// One store, its owners, and the time.
    private static final class World {
        private final Gen gen;
        private final MemoryDisk disk = new MemoryDisk();
        private final List<Serving> processes = new ArrayList<>();
        private final Rules rules;
        private Instant now = START;
        private int fuse = Integer.MAX_VALUE;
        private int runs;

        World(Gen gen) {
            this.gen = gen;
            var words = new LinkedHashMap<String, List<String>>();
            if (gen.yes()) {
                words.put("cron", List.of(gen.oneOf("*/5 * * * * *", "* * * * *", "*/20 2 * * *")));
            } else {
                words.put("every", List.of(gen.oneOf("1s", "7s", "1m")));
            }
            words.put("zone", List.of("Europe/Berlin"));
            words.put("missed", List.of(gen.oneOf("skip", "once", "all")));
            words.put("overlap", List.of(gen.oneOf("allow", "skip", "queue", "cancel")));
            words.put("catch_up_max", List.of("" + gen.between(1, 5)));
            words.put("queue_max", List.of("" + gen.between(1, 3)));
            words.put("grace", List.of(gen.oneOf("0s", "5s", "1m")));
            words.put("deadline", List.of(gen.oneOf("0s", "20s")));
            rules = Rules.read(words, START, ZoneOffset.UTC);
            try (var store = MemoryStore.open(disk)) {
                store.schedules().add("s", new Definition(rules.words()).text(), "ann", START);
            }
            for (int i = 0; i < 3; i++) {
                processes.add(new Serving(i));
            }
        }

        private void statement() {
            if (--fuse < 0) {
                fuse = Integer.MAX_VALUE;
                throw new Killed();
            }
        }

        /// One act of one process, in the middle of which it may die.
        void step() {
            now = now.plusMillis(gen.below(3_000));
            if (gen.chance(3)) {
                now = now.plusSeconds(gen.between(-600, 600));
            }
            int who = gen.below(processes.size());
            fuse = gen.chance(15) ? gen.below(12) : Integer.MAX_VALUE;
            try {
                processes.get(who).act();
            } catch (Killed e) {
                processes.set(who, new Serving(processes.size() + runs + gen.below(1_000)));
            } finally {
                fuse = Integer.MAX_VALUE;
            }
        }

        /// Nobody dies any more, and all that is under way comes to its end.
        void heal() {
            for (int i = 0; i < 400; i++) {
                now = now.plusMillis(50);
                for (var process : processes) {
                    process.tick();
                    process.start();
                    process.end();
                }
            }
        }

        MemoryStore store() {
            return MemoryStore.open(disk);
        }

        /// One that serves.
        private final class Serving {
            private final Owner owner;
            private final MemoryStore store = MemoryStore.open(disk, _ -> statement());
            private final Scheduler scheduler =
                    new Scheduler(store.schedules(), store.requests(), () -> now);

            Serving(int number) {
                owner = new Owner("host", "boot", number, number);
            }

            void act() {
                switch (gen.below(4)) {
                    case 0 -> start();
                    case 1 -> end();
                    default -> tick();
                }
            }

            void tick() {
                var _ = scheduler.tick();
            }

            /// Whoever held it before may be dead, or just slow: the store must not mind.
            void start() {
                for (var fire : store.schedules().open()) {
                    if (fire.status() == FireStatus.READY) {
                        store.schedules()
                                .take(fire, owner, now)
                                .ifPresent(claim -> {
                                    if (gen.chance(90)) {
                                        submit(fire, new NewRun.Cause.Fired(claim));
                                    }
                                });
                        return;
                    }
                }
            }

            private void submit(FireRow fire, NewRun.Cause cause) {
                var id = new RunId("run-" + runs++);
                try {
                    store.runs()
                            .submit(
                                    new NewRun(
                                            id,
                                            "w",
                                            "s.sloth",
                                            now,
                                            Map.of("fire", fire.at().toString()),
                                            List.of(),
                                            List.of(),
                                            owner,
                                            now,
                                            cause),
                                    chapter(1, "running", false));
                } catch (StoreFailure e) {
                    assertThat(e.reason()).isEqualTo(StoreFailure.Reason.FENCED);
                }
            }

            private Chapter chapter(long first, String status, boolean ended) {
                return new Chapter(
                        first,
                        1,
                        new byte[1],
                        new Progress(status, ended, "", now, 1, 0, 0, 0),
                        List.of(),
                        List.of(),
                        List.of(),
                        List.of());
            }

            /// The oldest run that goes on ends.
            void end() {
                var running =
                        store.runs().list(RunQuery.ALL).reversed().stream()
                                .filter(row -> !row.progress().ended())
                                .findFirst();
                running.ifPresent(row ->
                        store.runs()
                                .append(
                                        new Claim(row.id(), row.epoch()),
                                        chapter(row.events() + 1, "succeeded", true)));
            }
        }
    }

    private static List<FireRow> fires(MemoryStore store) {
        var row = store.schedules().find("s").orElseThrow();
        return store.schedules().fires(row.number(), Integer.MAX_VALUE);
    }

    /// Each run has an instant of its own, and each instant that has one says so.
    private static void judgeThatNothingFiredTwice(MemoryStore store) {
        var seen = new HashMap<String, RunId>();
        for (var run : store.runs().list(RunQuery.ALL)) {
            var fire = run.labels().getOrDefault("fire", "");
            assertThat(seen.put(fire, run.id())).as("another run for %s", fire).isNull();
        }
        var instants = new HashSet<Instant>();
        for (var fire : fires(store)) {
            assertThat(instants.add(fire.at())).as("decided once: %s", fire.at()).isTrue();
        }
    }

    private static void judgeThatNoneWasPassedOver(World world, MemoryStore store) {
        var row = store.schedules().find("s").orElseThrow();
        var kept = fires(store);
        var decided = new HashSet<Instant>();
        for (var fire : kept) {
            long count = 0;
            var at = Optional.of(fire.at());
            while (at.isPresent() && !at.get().isAfter(fire.last())) {
                assertThat(decided.add(at.get())).as("decided once: %s", at.get()).isTrue();
                count++;
                at = world.rules.timing().next(at.get());
            }
            assertThat(count).isEqualTo(fire.count());
            assertThat(fire.status() == FireStatus.SKIPPED)
                    .isEqualTo(!fire.why().isEmpty() && fire.status() != FireStatus.OVER);
        }
        for (var at = world.rules.timing().next(START);
                at.isPresent() && !at.get().isAfter(row.considered());
                at = world.rules.timing().next(at.get())) {
            assertThat(decided).contains(at.get());
        }
        assertThat(world.rules.timing().next(row.considered()).orElseThrow())
                .as("what is due was decided")
                .isAfter(world.now.minusMillis(50).minus(Duration.ofSeconds(1)));
    }

    @Test
    void never_does_an_instant_fire_twice_and_in_the_end_each_has_its_run_or_its_reason() {
        Gen.forAll(
                250,
                gen -> {
                    var world = new World(gen);
                    try (var store = world.store()) {
                        for (int i = 0; i < STEPS; i++) {
                            world.step();
                            judgeThatNothingFiredTwice(store);
                        }
                        world.heal();
                        judgeThatNothingFiredTwice(store);
                        judgeThatNoneWasPassedOver(world, store);
                        assertThat(openRuns(store)).as("what began has ended").isLessThan(6);
                    }
                });
    }

    private static long openRuns(MemoryStore store) {
        return store.runs().list(RunQuery.ALL).stream()
                .map(RunRow::progress)
                .filter(progress -> !progress.ended())
                .count();
    }
}
