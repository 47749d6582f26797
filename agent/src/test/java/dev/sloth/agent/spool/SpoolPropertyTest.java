package dev.sloth.agent.spool;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sloth.testkit.Gen;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A spool does what lists in memory do, whatever happens to its process.
final class SpoolPropertyTest {
    @TempDir private Path scratch;
    private int folders;

    private static final class Attempt {
        final List<String> lines = new ArrayList<>();
        int stored;
        int sent;
        boolean ended;

        Standing standing(String id) {
            return new Standing(id, lines.size(), stored, ended);
        }
    }

    private final class History {
        private final Gen gen;
        private final Path folder = scratch.resolve("s" + folders++);
        private final Map<String, Attempt> model = new TreeMap<>();
        private LogSpool spool;

        History(Gen gen) throws IOException {
            this.gen = gen;
            this.spool = LogSpool.open(folder, limits(), _ -> {});
        }

        private SpoolLimits limits() {
            var small = WorkJournalTest.SMALL;
            return new SpoolLimits(
                    5,
                    4,
                    small.remembered(),
                    400,
                    1 << 20,
                    gen.between(60, 400),
                    small.retryEvery());
        }

        private String id() {
            return "id" + gen.below(4);
        }

        private Attempt known(String id) {
            return model.computeIfAbsent(id, _ -> new Attempt());
        }

        void step() throws Exception {
            var id = id();
            switch (gen.below(12)) {
                case 0, 1, 2, 3 -> add(id);
                case 4 -> {
                    if (gen.chance(30)) {
                        spool.ended(id);
                        known(id).ended = true;
                    }
                }
                case 5, 6 -> take();
                case 7, 8 -> store(id);
                case 9 -> want(id);
                case 10 -> remove(id);
                default -> restart();
            }
        }

        private void add(String id) {
            var attempt = known(id);
            for (int i = gen.below(6); i > 0 && !attempt.ended; i--) {
                var text = gen.string("abé☃ ");
                assertThat(spool.add(id, "out", LogSpoolTest.AT, text))
                        .isEqualTo(attempt.lines.size());
                attempt.lines.add(text);
            }
        }

        private void take() throws Exception {
            var batch = spool.next(gen.between(1, 300), Duration.ZERO);
            if (batch.isEmpty()) {
                model.values().forEach(it -> assertThat(it.sent).isEqualTo(it.lines.size()));
                return;
            }
            var attempt = known(batch.get().id());
            check(batch.get(), attempt);
            assertThat(batch.get().first()).isEqualTo(attempt.sent);
            attempt.sent = (int) batch.get().next();
        }

        private static void check(Batch batch, Attempt attempt) {
            int first = (int) batch.first();
            int next = (int) batch.next();
            assertThat(batch.lines().stream().map(Line::text))
                    .isEqualTo(attempt.lines.subList(first, next));
            assertThat(batch.last()).isEqualTo(attempt.ended && next == attempt.lines.size());
        }

        private void store(String id) throws IOException {
            if (!model.containsKey(id)) {
                spool.stored(id, 3);
                return;
            }
            var attempt = known(id);
            int lines = gen.between(0, attempt.lines.size());
            spool.stored(id, lines);
            attempt.stored = Math.max(attempt.stored, lines);
            attempt.sent = Math.max(attempt.sent, attempt.stored);
        }

        private void want(String id) throws IOException {
            if (!model.containsKey(id)) {
                return;
            }
            var attempt = known(id);
            attempt.sent = gen.between(attempt.stored, attempt.lines.size());
            spool.wanted(id, attempt.sent);
        }

        private void remove(String id) throws IOException {
            if (gen.chance(20)) {
                spool.removed(id);
                model.remove(id);
            }
        }

        /// Closes it or forgets it, as `kill -9` does.
        private void restart() throws IOException {
            if (gen.yes()) {
                spool.close();
            }
            spool = LogSpool.open(folder, limits(), _ -> {});
            model.values().forEach(each -> each.sent = each.stored);
            // Of these nothing was written.
            model.values().removeIf(each -> each.lines.isEmpty() && !each.ended);
        }

        void check() throws IOException {
            var expected = new ArrayList<Standing>();
            model.forEach((id, attempt) -> {
                if (!attempt.lines.isEmpty() || attempt.ended) {
                    expected.add(attempt.standing(id));
                }
            });
            assertThat(spool.standings()).containsExactlyInAnyOrderElementsOf(expected);
            long size = 0;
            try (var names = Files.list(folder)) {
                for (var each : names.toList()) {
                    size += Files.size(each);
                }
            }
            assertThat(spool.heldBytes()).isEqualTo(size);
        }

        /// All that is not stored comes again, and each end once.
        void checkTheRest() throws Exception {
            spool.rewind();
            var next = new HashMap<String, Long>();
            var ends = new ArrayList<String>();
            for (var batch = spool.next(200, Duration.ZERO);
                    batch.isPresent();
                    batch = spool.next(200, Duration.ZERO)) {
                var each = batch.get();
                check(each, known(each.id()));
                long from = next.getOrDefault(each.id(), (long) known(each.id()).stored);
                assertThat(each.first()).isEqualTo(from);
                next.put(each.id(), each.next());
                if (each.last()) {
                    ends.add(each.id());
                }
            }
            model.forEach((id, attempt) -> {
                assertThat(next.getOrDefault(id, (long) attempt.stored))
                        .isEqualTo(attempt.lines.size());
                assertThat(ends.stream().filter(id::equals).count())
                        .isEqualTo(attempt.ended ? 1 : 0);
            });
        }
    }

    @Test
    void a_spool_does_what_lists_do_whatever_happens_to_its_process() {
        Gen.forAll(
                60,
                gen -> {
                    var history = new History(gen);
                    for (int i = 0; i < 4 * gen.size(); i++) {
                        history.step();
                        history.check();
                    }
                    history.checkTheRest();
                    history.spool.close();
                });
    }
}
