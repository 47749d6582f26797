package dev.sloth.store.sqlite;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.sloth.api.workflow.RunId;
import dev.sloth.core.store.Claim;
import dev.sloth.core.store.RunRow;
import dev.sloth.core.store.RunStore.Page;
import dev.sloth.core.store.StoreFailure;
import dev.sloth.core.store.StoreFailure.Reason;
import dev.sloth.testkit.Gen;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Files that a disk or a crash has changed: a clear error or a clean recovery, and never less than
/// what was acknowledged without a word.
final class DamageTest {
    private static final int RUNS = 4;
    private static final int EVENTS = 60;
    private static final int CHUNKS = 20;

    /// All writes stay in the log: none is brought back into the file behind the test's back.
    private static final StoreConfig NO_CHECKPOINTS =
            StoreConfig.DEFAULT.withCheckpointEvery(Integer.MAX_VALUE);

    @TempDir private Path folder;
    private Path home = Path.of("");
    private final Map<String, byte[]> pristine = new HashMap<>();

    @BeforeEach
    void a_store_is_filled_and_its_process_dies() throws IOException {
        home = folder.resolve("home");
        var live = folder.resolve("live");
        try (var store = Sample.open(live, NO_CHECKPOINTS)) {
            for (int i = 0; i < RUNS; i++) {
                var run = "run-" + i;
                var claim = Sample.submit(store, run);
                for (int event = 2; event <= EVENTS; event++) {
                    store.runs().append(claim, Sample.chapter(event, Sample.body(run, event)));
                }
                for (int chunk = 0; chunk < CHUNKS; chunk++) {
                    store.logs().append(claim, Sample.chunk(run, chunk));
                }
            }
            for (var name : List.of("store.db", "store.db-wal", "logs.db", "logs.db-wal")) {
                pristine.put(name, Files.readAllBytes(live.resolve(name)));
            }
        }
        pristine.put("whole.db", Files.readAllBytes(live.resolve("store.db")));
        Files.createDirectory(home);
    }

    private void put(String name, byte[] bytes) throws IOException {
        Files.write(home.resolve(name), bytes);
    }

    private byte[] was(String name) {
        return pristine.getOrDefault(name, new byte[0]);
    }

    private void putAll() throws IOException {
        Files.deleteIfExists(home.resolve("store.db-shm"));
        Files.deleteIfExists(home.resolve("logs.db-shm"));
        for (var name : List.of("store.db", "store.db-wal", "logs.db", "logs.db-wal")) {
            put(name, was(name));
        }
    }

    /// What went wrong when everything was read and, if it all could be read, one more event was
    /// written; empty when nothing did. What can be read is what was written.
    private Optional<StoreFailure> trouble() {
        try (var store = Sample.open(home)) {
            for (int i = 0; i < RUNS; i++) {
                check(store, "run-" + i);
            }
            var claim = new Claim(new RunId("run-0"), 1);
            store.runs().append(claim, Sample.chapter(EVENTS + 1, Sample.body("run-0", 0)));
            return Optional.empty();
        } catch (StoreFailure e) {
            return Optional.of(e);
        }
    }

    private static void check(SqliteStore store, String run) {
        var id = new RunId(run);
        var pages = new ArrayList<Page>();
        while (pages.size() < EVENTS) {
            int before = pages.size();
            pages.addAll(store.runs().journal(id, before + 1, 25));
            assertThat(pages).as("journal of " + run).hasSizeGreaterThan(before);
        }
        for (int event = 1; event <= EVENTS; event++) {
            assertThat(pages.get(event - 1).body()).isEqualTo(Sample.body(run, event));
        }
        var chunks = store.logs().read(Sample.attempt(run, 1), 0, CHUNKS + 1);
        for (int chunk = 0; chunk < CHUNKS; chunk++) {
            assertThat(chunks.get(chunk).zstd()).isEqualTo(Sample.chunk(run, chunk).zstd());
        }
        assertThat(store.runs().find(id).map(RunRow::events)).contains((long) EVENTS);
    }

    private static void explained(StoreFailure failure) {
        assertThat(failure.reason()).isEqualTo(Reason.DAMAGED);
        assertThat(failure).hasMessageContaining("damaged");
    }

    @Test
    void a_store_whose_process_died_has_all_that_was_acknowledged() throws IOException {
        putAll();

        assertThat(trouble()).isEmpty();
    }

    @Test
    void never_does_a_flipped_bit_in_the_database_take_events_away_without_a_word() {
        int[] seen = new int[2];
        Gen.forAll(
                60,
                gen -> {
                    putAll();
                    var flipped = was("whole.db").clone();
                    flip(flipped, gen.between(0, flipped.length - 1), gen.between(0, 7));
                    put("store.db", flipped);
                    Files.delete(home.resolve("store.db-wal"));
                    var trouble = trouble();
                    trouble.ifPresent(failure -> assertThat(failure).hasMessageMatching(".{20,}"));
                    seen[trouble.isPresent() ? 1 : 0]++;
                });
        assertThat(seen[1]).as("flips that were noticed").isGreaterThan(2);
    }

    private static void flip(byte[] bytes, int at, int bit) {
        bytes[at] ^= (byte) (1 << bit);
    }

    @Test
    void never_does_a_flipped_bit_in_the_log_of_writes_take_events_away_without_a_word() {
        for (var name : List.of("store.db-wal", "logs.db-wal")) {
            // The last transaction cannot be told from one that was being written.
            int frames = was(name).length - 8 * 4_120;
            Gen.forAll(
                    25,
                    gen -> {
                        putAll();
                        var flipped = was(name).clone();
                        flip(flipped, gen.between(0, frames), gen.between(0, 7));
                        put(name, flipped);
                        trouble().ifPresent(DamageTest::explained);
                    });
        }
    }

    @Test
    void a_damaged_log_of_writes_stays_as_it_is_and_can_be_given_up() throws IOException {
        putAll();
        var flipped = was("store.db-wal").clone();
        flip(flipped, flipped.length / 2, 3);
        put("store.db-wal", flipped);

        for (int look = 0; look < 2; look++) {
            var trouble = trouble().orElseThrow();
            explained(trouble);
            assertThat(trouble).hasMessageContaining(home.resolve("store.db-wal").toString());
        }
        assertThat(Files.readAllBytes(home.resolve("store.db-wal"))).isEqualTo(flipped);
    }

    @Test
    void what_a_log_of_writes_holds_of_an_earlier_one_is_no_longer_needed() throws Exception {
        var live = folder.resolve("live-2");
        try (var store = Sample.open(live, NO_CHECKPOINTS)) {
            var claim = Sample.submit(store, "run");
            for (int event = 2; event <= EVENTS; event++) {
                store.runs().append(claim, Sample.chapter(event, Sample.body("run", event)));
            }
            change(live.resolve("store.db"), "PRAGMA wal_checkpoint(FULL)");
            store.runs().append(claim, Sample.chapter(EVENTS + 1, Sample.body("run", 0)));
            for (var name : List.of("store.db", "store.db-wal")) {
                put(name, Files.readAllBytes(live.resolve(name)));
            }
        }
        var flipped = Files.readAllBytes(home.resolve("store.db-wal"));
        flip(flipped, flipped.length / 2, 3);
        put("store.db-wal", flipped);

        try (var store = Sample.open(home)) {
            assertThat(store.runs().journal(new RunId("run"), 1, 99)).hasSize(EVENTS + 1);
        }
    }

    @Test
    void a_torn_end_of_the_log_of_writes_is_what_a_crash_leaves_and_is_recovered()
            throws IOException {
        var wal = was("store.db-wal");
        for (int lost : new int[] {1, 100, 4_119, 4_120, 5_000}) {
            putAll();
            put("store.db-wal", Arrays.copyOf(wal, wal.length - lost));
            try (var store = Sample.open(home)) {
                long events = store.runs().find(new RunId("run-3")).orElseThrow().events();
                assertThat(events).isBetween(EVENTS - 3L, (long) EVENTS);
                assertThat(store.runs().journal(new RunId("run-3"), 1, 99)).hasSize((int) events);
            }
        }
    }

    @Test
    void a_log_of_writes_that_was_never_brought_to_disk_is_empty() throws IOException {
        put("store.db", was("whole.db"));
        put("logs.db", was("logs.db"));
        put("logs.db-wal", was("logs.db-wal"));
        put("store.db-wal", new byte[9_000]);

        assertThat(trouble()).isEmpty();
    }

    @Test
    void a_database_that_was_cut_short_is_damaged() throws IOException {
        for (int size : new int[] {1, 99, 4_096, 9_999, was("whole.db").length - 4_096}) {
            putAll();
            put("store.db", Arrays.copyOf(was("whole.db"), size));
            Files.delete(home.resolve("store.db-wal"));

            explained(trouble().orElseThrow());
        }
    }

    @Test
    void a_page_of_zeros_is_damage() throws IOException {
        for (int page = 0; page < 12; page++) {
            putAll();
            var holed = was("whole.db").clone();
            Arrays.fill(holed, page * 4_096, (page + 1) * 4_096, (byte) 0);
            put("store.db", holed);
            Files.delete(home.resolve("store.db-wal"));
            trouble().ifPresent(failure -> assertThat(failure).hasMessageMatching(".{20,}"));
        }
    }

    @Test
    void damaged_output_does_no_harm_to_runs() throws IOException {
        putAll();
        put("logs.db", Sample.bytes("no database at all"));
        Files.delete(home.resolve("logs.db-wal"));

        try (var store = Sample.open(home)) {
            assertThat(store.runs().journal(new RunId("run-1"), 1, 99)).hasSize(EVENTS);
            var claim = new Claim(new RunId("run-1"), 1);
            store.runs().append(claim, Sample.last(EVENTS + 1));
            assertThat(store.runs().delete(new RunId("run-1"))).isTrue();
        }
        var trouble = trouble();
        assertThat(trouble).isPresent();
    }

    @Test
    void events_that_are_not_there_are_missed() throws Exception {
        for (long lost : new long[] {1, 2, 30, EVENTS}) {
            putAll();
            change(
                    home.resolve("store.db"),
                    "DELETE FROM journal WHERE run = 2 AND first = " + lost);

            explained(trouble().orElseThrow());
        }
    }

    @Test
    void output_that_is_not_there_is_missed() throws Exception {
        for (int lost : new int[] {0, 7, CHUNKS - 1}) {
            putAll();
            change(
                    home.resolve("logs.db"),
                    "DELETE FROM chunks WHERE log = 2 AND number = " + lost);

            explained(trouble().orElseThrow());
            try (var store = Sample.open(home)) {
                explained(
                        catchThrowableOfType(
                                StoreFailure.class,
                                () -> store.logs().read(Sample.attempt("run-1", 1), lost, 1)));
            }
        }
    }

    private static void change(Path file, String sql) throws SQLException {
        var links = new Links(file, Schema.STATE, StoreConfig.DEFAULT);
        try (var connection = links.raw("")) {
            Links.run(connection, sql);
        }
    }
}
