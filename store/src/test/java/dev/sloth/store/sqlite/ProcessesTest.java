package dev.sloth.store.sqlite;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sloth.api.workflow.RunId;
import dev.sloth.core.store.RunQuery;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Several processes share a home, and die in the middle of their work.
final class ProcessesTest {
    private static final int EVENTS = 200;
    private static final int ROUNDS = 3 * Math.min(10, Integer.getInteger("sloth.scale", 1));

    @TempDir private Path home;

    @Test
    void two_processes_write_to_one_store_at_once() throws Exception {
        try (var store = Sample.open(home);
                var child = Child.start("append", home, "theirs", Integer.toString(EVENTS))) {
            var claim = Sample.submit(store, "ours");
            for (int event = 2; event <= EVENTS; event++) {
                store.runs().append(claim, Sample.chapter(event, Sample.body("ours", event)));
            }
            assertThat(child.lines()).containsExactly("done");
            assertThat(child.exit()).isZero();

            for (var run : List.of("ours", "theirs")) {
                var pages = store.runs().journal(new RunId(run), 1, EVENTS + 1);
                assertThat(pages).hasSize(EVENTS);
                for (int event = 1; event <= EVENTS; event++) {
                    assertThat(pages.get(event - 1).body()).isEqualTo(Sample.body(run, event));
                }
            }
        }
    }

    @Test
    void never_is_anything_lost_that_a_killed_process_was_told_is_kept() throws Exception {
        for (int round = 0; round < ROUNDS; round++) {
            List<String> said;
            try (var child = Child.start("work", home)) {
                said = child.lines(150 + 97 * round);
                child.kill();
                said.addAll(child.lines());
            }
            assertThat(said).hasSizeGreaterThanOrEqualTo(150);
            try (var store = Sample.open(home)) {
                said.forEach(line -> kept(store, line));
            }
        }
        try (var store = Sample.open(home)) {
            assertThat(store.runs().list(RunQuery.ALL)).hasSize(4 * ROUNDS);
        }
    }

    private static void kept(SqliteStore store, String line) {
        var words = line.split(" ", -1);
        var run = words[1];
        int number = Integer.parseInt(words[2]);
        boolean kept =
                switch (words[0]) {
                    case "event" ->
                            store.runs().find(new RunId(run)).orElseThrow().events() >= number
                                    && !store.runs().journal(new RunId(run), number, 1).isEmpty();
                    case "attempt" ->
                            store.attempts().find(Sample.attempt(run, number)).isPresent();
                    case "chunk" ->
                            store.logs()
                                    .read(Sample.attempt(run, 1), number, 1)
                                    .contains(Sample.chunk(run, number));
                    default -> false;
                };
        assertThat(kept).as(line).isTrue();
    }
}
