package dev.sloth.testkit.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sloth.api.event.Fact;
import dev.sloth.api.value.DataTable;
import dev.sloth.core.event.EventLimits;
import dev.sloth.core.event.EventStream;
import dev.sloth.core.event.LocalEvents;
import dev.sloth.core.event.Types;
import dev.sloth.core.hook.Deliveries;
import dev.sloth.core.hook.Deliveries.Owed;
import dev.sloth.core.hook.Deliveries.Result;
import dev.sloth.core.hook.HookLimits;
import dev.sloth.core.hook.Hooks;
import dev.sloth.core.hook.Intake;
import dev.sloth.core.hook.NewHook;
import dev.sloth.core.store.Store;
import dev.sloth.core.store.StoreFailure;
import dev.sloth.core.store.event.DeliveryRow.State;
import dev.sloth.testkit.VirtualTime;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;

/// Several services that let the same hooks react, in virtual time: each may be killed between any
/// two statements, and another takes its place. Judges look at what the hooks were told.
final class HookSimulation {
    private static final String SPACE = "space";
    private static final int ALL = 1_000;
    private static final int MINUTES_MAX = 120;
    private static final HookLimits LIMITS =
            new HookLimits(5, 1_000, 1_000, Duration.ofSeconds(1), Duration.ofMinutes(1), 8, 100);

    private final MemoryDisk disk = new MemoryDisk();
    private final VirtualTime time = new VirtualTime();
    private final RandomGenerator random;
    private final Store quiet = MemoryStore.open(disk);
    private final Map<String, List<String>> told = new HashMap<>();
    private final Map<String, List<String>> successes = new HashMap<>();
    private final Set<String> dead = new HashSet<>();
    private final List<String> wanted = new ArrayList<>();
    private final Set<String> alive = new HashSet<>();
    private int started;
    private boolean faults;
    private int crashes;

    HookSimulation(long seed, boolean faults) {
        this.random = new SplittableRandom(seed);
        this.faults = faults;
        add("all", Types.ALL, 3);
        add("some", new Types(List.of("wanted.*")), 1);
    }

    private void add(String name, Types types, int attempts) {
        var hook =
                new NewHook(name, "/h.lua", types, "", "", true, Duration.ofSeconds(30), attempts);
        assertThat(hooks().add(hook)).isTrue();
    }

    private Hooks hooks() {
        return new Hooks(
                quiet.hooks(), new EventStream(quiet, SPACE), SPACE, EventLimits.DEFAULT, time);
    }

    /// As if the process had been killed.
    private static final class Killed extends Error {
        private static final long serialVersionUID = 1L;
    }

    /// One service, until it is killed.
    private final class Service {
        private final String self = "service-" + ++started;
        private final Intake intake;
        private final Deliveries deliveries;

        Service() {
            var store = MemoryStore.open(disk, _ -> chance());
            var stream = new EventStream(store, SPACE);
            intake = new Intake(store.hooks(), stream, SPACE, LIMITS, time);
            deliveries = new Deliveries(store.hooks(), SPACE, self, LIMITS, time);
            alive.add(self);
            time.after(Duration.ZERO, this::round);
        }

        private void chance() {
            if (faults && random.nextInt(60) == 0) {
                throw new Killed();
            }
        }

        private void round() {
            living(() -> {
                deliveries.takeOver(owner -> !alive.contains(owner));
                var step = intake.step();
                assertThat(step.missed()).isEmpty();
                for (var hook : deliveries.hooks()) {
                    deliveries.take(hook, 1 + random.nextInt(2)).forEach(this::begin);
                }
                time.after(Duration.ofMillis(200 + random.nextInt(2_000)), this::round);
            });
        }

        private void begin(Owed owed) {
            told.computeIfAbsent(owed.hook().name(), _ -> new ArrayList<>())
                    .add(owed.row().event());
            time.after(Duration.ofMillis(random.nextInt(1_500)), () -> living(() -> ended(owed)));
        }

        private void ended(Owed owed) {
            var name = owed.hook().name();
            boolean fails = random.nextInt(3) == 0;
            var result = fails ? new Result.Failed("no", "") : new Result.Done("", "");
            var state = deliveries.keep(owed, result);
            if (state == State.DONE) {
                successes.computeIfAbsent(name, _ -> new ArrayList<>()).add(owed.row().event());
            } else if (state == State.DEAD) {
                dead.add(name + " " + owed.row().event());
            }
        }

        /// Does something unless it is dead; when it dies, another comes.
        private void living(Runnable act) {
            if (!alive.contains(self)) {
                return;
            }
            try {
                act.run();
            } catch (Killed e) {
                alive.remove(self);
                crashes++;
                time.after(Duration.ofMillis(random.nextInt(3_000)), Service::new);
            } catch (StoreFailure e) {
                throw new AssertionError(e);
            }
        }
    }

    /// Tells events now and then while services come and go, then waits until all is quiet.
    void run(int services, int events) {
        var door =
                new LocalEvents(quiet.events(), quiet.watchers(), SPACE, EventLimits.DEFAULT, time);
        for (int i = 0; i < services; i++) {
            time.after(Duration.ofMillis(random.nextInt(500)), Service::new);
        }
        for (int i = 0; i < events; i++) {
            var type = random.nextInt(3) == 0 ? "other" : "wanted." + i;
            var subject = "subject-" + random.nextInt(4);
            time.after(
                    Duration.ofMillis(random.nextInt(20_000)),
                    () -> {
                        var fact = new Fact(type, subject, new DataTable());
                        var id = door.as("test", List.of()).dispatch(fact);
                        wanted.add(subject + " " + type + " " + id);
                    });
        }
        time.run(Duration.ofSeconds(30));
        faults = false;
        for (int i = 0; i < MINUTES_MAX && pending() > 0; i++) {
            time.run(Duration.ofMinutes(1));
        }
        // What nobody has read yet would not be pending.
        time.run(Duration.ofMinutes(1));
    }

    // ---- judges

    /// In the end every event that a hook wants was taken, or failed as often as it is tried.
    void nothingIsLost() {
        for (var hook : hooks().list()) {
            var over = new ArrayList<String>();
            for (var row : hooks().deliveries(hook, EnumSet.allOf(State.class), ALL)) {
                assertThat(row.state()).isNotEqualTo(State.PENDING);
                over.add(row.event());
            }
            assertThat(over).containsExactlyInAnyOrderElementsOf(wantedBy(hook.name()));
            assertThat(new HashSet<>(told.getOrDefault(hook.name(), List.of())))
                    .containsExactlyInAnyOrderElementsOf(over);
        }
    }

    private List<String> wantedBy(String hook) {
        return wanted.stream()
                .filter(event -> hook.equals("all") || event.contains(" wanted."))
                .map(HookSimulation::id)
                .toList();
    }

    private static String id(String event) {
        return event.substring(event.lastIndexOf(' ') + 1);
    }

    private int pending() {
        return hooks().list().stream().mapToInt(hook -> hooks().counts(hook).pending()).sum();
    }

    /// Without faults, each event is done or dead, never both, and is done once.
    void nothingIsDoneTwice() {
        for (var hook : List.of("all", "some")) {
            var done = successes.getOrDefault(hook, List.of());
            assertThat(done).doesNotHaveDuplicates();
            assertThat(done).noneMatch(event -> dead.contains(hook + " " + event));
        }
    }

    /// Of one subject, no event is told for the first time before the one before it was over.
    void ofOneSubjectTheyComeInOrder() {
        for (var hook : List.of("all", "some")) {
            var first = told.getOrDefault(hook, List.of()).stream().distinct().toList();
            var bySubject = new HashMap<String, List<String>>();
            for (var event : wanted) {
                if (wantedBy(hook).contains(id(event))) {
                    bySubject
                            .computeIfAbsent(event.split(" ", 2)[0], _ -> new ArrayList<>())
                            .add(id(event));
                }
            }
            bySubject.forEach((subject, events) ->
                    assertThat(first.stream().filter(events::contains).toList())
                            .as("%s to %s", subject, hook)
                            .isEqualTo(events));
        }
    }

    int crashes() {
        return crashes;
    }
}
