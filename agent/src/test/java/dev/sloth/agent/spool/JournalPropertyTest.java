package dev.sloth.agent.spool;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sloth.testkit.Gen;
import dev.sloth.testkit.VirtualTime;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A journal does what a map in memory does, whatever happens to its process and its disk.
final class JournalPropertyTest {
    private static final Duration REMEMBERED = WorkJournalTest.SMALL.remembered();

    @TempDir private Path scratch;
    private int folders;

    private record Known(String order, Optional<String> result, Optional<Instant> acknowledged) {}

    /// One history, and what it must come to.
    private final class History {
        private final Gen gen;
        private final Path folder = scratch.resolve("j" + folders++);
        private final VirtualTime time = new VirtualTime();
        private final Map<String, Known> model = new LinkedHashMap<>();

        /// Acknowledgements that a crash may forget, and what nobody can tell after one.
        private final Set<String> soft = new HashSet<>();

        private final Map<String, String> unsure = new LinkedHashMap<>();
        private FaultyDisk disk = new FaultyDisk();
        private WorkJournal journal;

        History(Gen gen) throws IOException {
            this.gen = gen;
            this.journal = WorkJournal.open(folder, WorkJournalTest.SMALL, time, disk, _ -> {});
        }

        private String id() {
            return "id" + gen.below(8);
        }

        void step() throws IOException {
            switch (gen.below(12)) {
                case 0, 1, 2, 3 -> accept(id());
                case 4, 5, 6 -> finish(id());
                case 7, 8 -> acknowledge(id());
                case 9 -> time.run(Duration.ofMinutes(gen.between(0, 9)));
                case 10 -> trouble();
                default -> restart();
            }
        }

        private void forget() {
            model.values()
                    .removeIf(known ->
                            known.acknowledged()
                                    .filter(at -> !at.plus(REMEMBERED).isAfter(time.instant()))
                                    .isPresent());
        }

        private void accept(String id) throws IOException {
            forget();
            var order = "order " + gen.string("xyz");
            var before = Optional.ofNullable(model.get(id));
            long open = model.values().stream().filter(it -> it.acknowledged().isEmpty()).count();
            var expected =
                    before.map(known -> "known" + known.result().map(it -> " " + it).orElse(""))
                            .orElseGet(() -> roomFor(open, model.size() - open));
            try {
                var answer = journal.accept(id, WorkJournalTest.bytes(order));
                assertThat(WorkJournalTest.said(answer)).isEqualTo(expected);
                if (expected.equals("new")) {
                    model.put(id, new Known(order, Optional.empty(), Optional.empty()));
                    soft.clear();
                }
            } catch (IOException e) {
                assertThat(expected).isEqualTo("new");
                unsure.put(id, order);
            }
        }

        private static String roomFor(long open, long remembered) {
            if (open >= 5) {
                return "full %d of 5".formatted(open);
            }
            return remembered >= 4 ? "full %d of 4".formatted(remembered) : "new";
        }

        private void finish(String id) throws IOException {
            forget();
            var result = "result " + gen.string("uvw");
            var before = Optional.ofNullable(model.get(id));
            boolean counts = before.isPresent() && before.get().result().isEmpty();
            try {
                assertThat(journal.finished(id, WorkJournalTest.bytes(result))).isEqualTo(counts);
                if (counts) {
                    var known = before.get();
                    model.put(
                            id,
                            new Known(known.order(), Optional.of(result), known.acknowledged()));
                    soft.clear();
                }
            } catch (IOException e) {
                assertThat(counts).isTrue();
                unsure.put(id, result);
            }
        }

        private void acknowledge(String id) {
            journal.acknowledged(id);
            Optional.ofNullable(model.get(id))
                    .filter(known -> known.acknowledged().isEmpty())
                    .ifPresent(known -> {
                        var now = Optional.of(time.instant());
                        model.put(id, new Known(known.order(), known.result(), now));
                        soft.add(id);
                    });
        }

        /// The disk is full, or does not sync, or dies, for a few steps.
        private void trouble() throws IOException {
            int kind = gen.below(3);
            switch (kind) {
                case 0 -> disk.room(gen.below(120));
                case 1 -> disk.syncs(false);
                default -> disk.diesAfter(gen.below(12));
            }
            for (int i = gen.below(4); i >= 0; i--) {
                accept(id());
                finish(id());
                acknowledge(id());
            }
            if (kind == 2) {
                crash();
            } else {
                disk.room(Long.MAX_VALUE);
                disk.syncs(true);
                unsure.clear();
            }
        }

        private void restart() throws IOException {
            if (gen.yes()) {
                journal.close();
                soft.clear();
                reopen();
            } else {
                crash();
            }
        }

        private void crash() throws IOException {
            if (gen.yes()) {
                tear();
            }
            reopen();
            relearn();
        }

        /// A write that had just begun.
        private void tear() throws IOException {
            var file = folder.resolve("work.journal");
            var frame = new Frame();
            frame.add(Note.Kind.ACCEPTED, time.instant(), "torn", new byte[gen.below(30)]);
            var torn = Arrays.copyOf(frame.sealed(), gen.below(frame.length()));
            Files.write(file, torn, StandardOpenOption.APPEND);
        }

        private void reopen() throws IOException {
            disk = new FaultyDisk();
            journal = WorkJournal.open(folder, WorkJournalTest.SMALL, time, disk, _ -> {});
        }

        /// What a crash leaves open is as the journal says: it may be so or so, but not otherwise.
        private void relearn() throws IOException {
            for (var work : journal.unacknowledged()) {
                var order = new String(work.order(), UTF_8);
                var result = work.result().map(it -> new String(it, UTF_8));
                var id = work.id();
                var known = Optional.ofNullable(model.get(id));
                if (known.isEmpty()) {
                    assertThat(unsure).containsKey(id);
                    model.put(id, new Known(order, result, Optional.empty()));
                    continue;
                }
                if (known.get().acknowledged().isPresent()) {
                    assertThat(soft).contains(id);
                }
                if (!known.get().result().equals(result)) {
                    assertThat(known.get().result()).isEmpty();
                    assertThat(unsure).containsKey(id);
                }
                model.put(id, new Known(known.get().order(), result, Optional.empty()));
            }
            for (var id : unsure.keySet()) {
                learnResult(id);
            }
            soft.clear();
            unsure.clear();
        }

        /// Whether a result was kept whose writing had failed, of what is not open.
        private void learnResult(String id) throws IOException {
            forget();
            var known = Optional.ofNullable(model.get(id));
            if (known.isEmpty() || known.get().acknowledged().isEmpty()) {
                return;
            }
            if (journal.accept(id, new byte[] {}) instanceof Accepting.Known(var result)) {
                var kept = result.map(it -> new String(it, UTF_8));
                assertThat(kept.or(() -> known.get().result())).isEqualTo(kept);
                model.put(id, new Known("", kept, known.get().acknowledged()));
            }
        }

        void check() throws IOException {
            forget();
            var expected = new ArrayList<String>();
            model.forEach((id, known) -> {
                if (known.acknowledged().isEmpty()) {
                    expected.add(
                            "%s: %s%s"
                                    .formatted(
                                            id,
                                            known.order(),
                                            known.result().map(it -> " -> " + it).orElse("")));
                }
            });
            assertThat(WorkJournalTest.unacknowledged(journal)).containsExactlyElementsOf(expected);
        }
    }

    @Test
    void a_journal_answers_like_a_map_whatever_happens_to_its_process_and_its_disk() {
        Gen.forAll(
                50,
                gen -> {
                    var history = new History(gen);
                    for (int i = 0; i < 4 * gen.size(); i++) {
                        history.step();
                        history.check();
                    }
                    history.restart();
                    history.check();
                    history.journal.close();
                });
    }

    @Test
    void a_journal_that_is_written_anew_can_lose_its_machine_at_any_moment() throws IOException {
        for (int calls = 0; calls < 120; calls++) {
            var folder = scratch.resolve("dying" + calls);
            var time = new VirtualTime();
            var disk = new FaultyDisk();
            var accepted = new ArrayList<String>();
            var journal = WorkJournal.open(folder, WorkJournalTest.SMALL, time, disk, _ -> {});
            disk.diesAfter(calls);
            acceptUntilItDies(journal, time, accepted);
            try (var again = WorkJournal.open(folder, WorkJournalTest.SMALL, time, _ -> {})) {
                var there = again.unacknowledged().stream().map(OpenWork::id).toList();
                assertThat(there).as("after %d calls", calls).containsAll(accepted);
            }
        }
    }

    /// Of ten orders each tenth stays open; the others make the journal large.
    private static void acceptUntilItDies(
            WorkJournal journal, VirtualTime time, List<String> accepted) {
        try {
            for (int i = 0; i < 40; i++) {
                time.run(REMEMBERED);
                journal.accept("a" + i, new byte[60]);
                if (i % 10 == 0) {
                    accepted.add("a" + i);
                } else {
                    journal.acknowledged("a" + i);
                }
            }
        } catch (IOException e) {
            assertThat(e).hasMessageContaining("the machine is gone");
        }
    }
}
