package dev.sloth.store.sqlite;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.sloth.api.workflow.RunId;
import dev.sloth.core.store.Claim;
import dev.sloth.core.store.StoreFailure;
import dev.sloth.core.store.StoreFailure.Reason;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// How writes are gathered, and what becomes of those that do not go well.
final class WriterTest {
    private static final int CALLERS = 8;

    @TempDir private Path home;
    private final List<String> statements = Collections.synchronizedList(new ArrayList<>());

    /// Holds the writer up at a statement until it is let go.
    private static final class Gate implements Consumer<String> {
        private final CountDownLatch reached = new CountDownLatch(1);
        private final CountDownLatch opened = new CountDownLatch(1);
        private volatile String statement = "";

        @Override
        public void accept(String name) {
            if (!name.equals(statement)) {
                return;
            }
            statement = "";
            reached.countDown();
            try {
                opened.await();
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
        }
    }

    private SqliteStore open(StoreConfig config, Consumer<String> fault) {
        return SqliteStore.open(
                home,
                config,
                () -> Sample.NOW,
                name -> {
                    statements.add(name);
                    fault.accept(name);
                });
    }

    private long commits() {
        return statements.stream().filter(WriteLink.COMMIT::equals).count();
    }

    private static List<Claim> claims(SqliteStore store) {
        var claims = new ArrayList<Claim>();
        for (int i = 0; i <= CALLERS; i++) {
            claims.add(Sample.submit(store, "run-" + i));
        }
        return claims;
    }

    private static Callable<Boolean> append(SqliteStore store, Claim claim, long event) {
        return () -> {
            store.runs().append(claim, Sample.chapter(event, new byte[10]));
            return true;
        };
    }

    /// Has one write held up in the middle while `others` come, then lets all go.
    private List<Future<Boolean>> gathered(
            SqliteStore store, Gate gate, Callable<Boolean> first, List<Callable<Boolean>> others)
            throws InterruptedException {
        var answers = new ArrayList<Future<Boolean>>();
        gate.statement = "add page";
        try (var pool = Executors.newFixedThreadPool(CALLERS + 1)) {
            answers.add(pool.submit(first));
            gate.reached.await();
            others.forEach(other -> answers.add(pool.submit(other)));
            while (store.waitingWrites() < others.size()) {
                Thread.onSpinWait();
            }
            gate.opened.countDown();
        }
        return answers;
    }

    private static List<Callable<Boolean>> appends(SqliteStore store, List<Claim> claims) {
        var all = new ArrayList<Callable<Boolean>>();
        for (var claim : claims.subList(1, claims.size())) {
            all.add(append(store, claim, 2));
        }
        return all;
    }

    @Test
    void a_lone_write_is_committed_at_once() {
        try (var store = open(StoreConfig.DEFAULT, _ -> {})) {
            var claim = Sample.submit(store, "run");
            long before = commits();
            store.runs().append(claim, Sample.chapter(2, new byte[10]));

            assertThat(commits()).isEqualTo(before + 1);
        }
    }

    @Test
    void writes_that_wait_share_one_commit() throws Exception {
        var gate = new Gate();
        var patient = patient(200);
        try (var store = open(patient, gate)) {
            var claims = claims(store);
            long before = commits();
            var answers =
                    gathered(
                            store,
                            gate,
                            append(store, claims.getFirst(), 2),
                            appends(store, claims));

            for (var answer : answers) {
                assertThat(answer.get()).isTrue();
            }
            assertThat(commits()).isEqualTo(before + 1);
        }
    }

    /// However slow the machine of the test is, the batch goes on to gather.
    private static StoreConfig patient(int batchMax) {
        var usual = StoreConfig.DEFAULT;
        return new StoreConfig(
                usual.busyWait(),
                batchMax,
                Duration.ofMinutes(1),
                usual.waitingMax(),
                usual.readersMax(),
                usual.pagesMax(),
                usual.checkpointEvery());
    }

    @Test
    void a_batch_has_a_largest_size() throws Exception {
        var gate = new Gate();
        try (var store = open(patient(3), gate)) {
            var claims = claims(store);
            long before = commits();
            gathered(store, gate, append(store, claims.getFirst(), 2), appends(store, claims));

            assertThat(commits()).isEqualTo(before + 3);
        }
    }

    @Test
    void a_refused_write_does_not_harm_the_others_of_its_batch() throws Exception {
        var gate = new Gate();
        try (var store = open(patient(200), gate)) {
            var claims = claims(store);
            var others = new ArrayList<>(appends(store, claims));
            others.set(3, append(store, claims.get(4), 99));
            others.set(5, append(store, new Claim(claims.get(6).run(), 7), 2));
            long before = commits();
            var answers = gathered(store, gate, append(store, claims.getFirst(), 2), others);

            assertThat(commits()).isEqualTo(before + 1);
            assertThat(reason(answers.get(4))).isEqualTo(Reason.CONFLICT);
            assertThat(reason(answers.get(6))).isEqualTo(Reason.FENCED);
            for (int i = 0; i <= CALLERS; i++) {
                boolean refused = i == 4 || i == 6;
                assertThat(store.runs().find(claims.get(i).run()).orElseThrow().events())
                        .isEqualTo(refused ? 1 : 2);
            }
        }
    }

    private static Reason reason(Future<Boolean> answer) {
        var failure = catchThrowableOfType(ExecutionException.class, answer::get);
        if (failure.getCause() instanceof StoreFailure refusal) {
            return refusal.reason();
        }
        throw new AssertionError(failure);
    }

    @Test
    void a_commit_that_fails_is_tried_again_one_by_one() throws Exception {
        var gate = new Gate();
        var broken = new int[1];
        Consumer<String> fault =
                name -> {
                    gate.accept(name);
                    if (name.equals(WriteLink.COMMIT) && broken[0]-- > 0) {
                        throw new StoreFailure(Reason.FULL, "the disk of this test is full");
                    }
                };
        try (var store = open(patient(200), fault)) {
            var claims = claims(store);
            broken[0] = 3;
            var answers =
                    gathered(
                            store,
                            gate,
                            append(store, claims.getFirst(), 2),
                            appends(store, claims));

            var events = new ArrayList<Long>();
            for (var claim : claims) {
                events.add(store.runs().find(claim.run()).orElseThrow().events());
            }
            // which of the others is the second is up to their threads
            assertThat(events.getFirst()).isEqualTo(1L);
            assertThat(events).containsOnly(1L, 2L).filteredOn(count -> count == 1).hasSize(2);
            assertThat(reason(answers.getFirst())).isEqualTo(Reason.FULL);
        }
    }

    @Test
    void whoever_waits_when_the_store_stops_is_told_so() throws Exception {
        var gate = new Gate();
        Consumer<String> fault =
                name -> {
                    gate.accept(name);
                    if (name.equals(WriteLink.COMMIT) && gate.reached.getCount() == 0) {
                        throw new OutOfMemoryError("in this test");
                    }
                };
        try (var store = open(patient(4), fault)) {
            var claims = claims(store);
            var answers =
                    gathered(
                            store,
                            gate,
                            append(store, claims.getFirst(), 2),
                            appends(store, claims));

            for (var answer : answers) {
                assertThatThrownBy(answer::get).hasCauseInstanceOf(OutOfMemoryError.class);
            }
            assertThatThrownBy(append(store, claims.getFirst(), 2)::call)
                    .isInstanceOf(StoreFailure.class);
        }
        try (var store = Sample.open(home)) {
            assertThat(store.runs().find(new RunId("run-0")))
                    .hasValueSatisfying(run -> assertThat(run.events()).isEqualTo(1));
        }
    }

    @Test
    void closing_waits_for_what_is_under_way() throws Exception {
        var gate = new Gate();
        var store = open(patient(2), gate);
        var claims = claims(store);
        var answers =
                gathered(store, gate, append(store, claims.getFirst(), 2), appends(store, claims));
        store.close();

        for (var answer : answers) {
            assertThat(answer.get()).isTrue();
        }
        store.close();
    }

    @Test
    void the_queue_is_bounded_and_a_full_one_is_said_to_be_busy() throws Exception {
        var gate = new Gate();
        var usual = StoreConfig.DEFAULT;
        var narrow =
                new StoreConfig(
                        Duration.ofMillis(20),
                        1,
                        usual.gatherMax(),
                        1,
                        usual.readersMax(),
                        usual.pagesMax(),
                        usual.checkpointEvery());
        try (var store = open(narrow, gate);
                var pool = Executors.newFixedThreadPool(2)) {
            var claims = claims(store);
            gate.statement = "add page";
            var first = pool.submit(append(store, claims.get(0), 2));
            gate.reached.await();
            var second = pool.submit(append(store, claims.get(1), 2));
            while (store.waitingWrites() < 1) {
                Thread.onSpinWait();
            }
            var failure =
                    catchThrowableOfType(StoreFailure.class, append(store, claims.get(2), 2)::call);
            gate.opened.countDown();

            assertThat(failure.reason()).isEqualTo(Reason.BUSY);
            assertThat(first.get()).isTrue();
            assertThat(second.get()).isTrue();
        }
    }

    @Test
    void a_file_that_another_process_holds_is_busy() throws Exception {
        try (var store = open(StoreConfig.DEFAULT.withBusyWait(Duration.ofMillis(50)), _ -> {})) {
            var claim = Sample.submit(store, "run");
            var links = new Links(home.resolve("store.db"), Schema.STATE, StoreConfig.DEFAULT);
            try (var other = links.raw("")) {
                Links.run(other, "BEGIN IMMEDIATE");
                var failure =
                        catchThrowableOfType(StoreFailure.class, append(store, claim, 2)::call);
                assertThat(failure.reason()).isEqualTo(Reason.BUSY);
                assertThat(failure).hasMessageContaining("another process");
                assertThat(store.runs().find(claim.run())).isPresent();
            }
            assertThat(append(store, claim, 2).call()).isTrue();
        }
    }

    @Test
    void a_caller_that_is_interrupted_still_learns_what_came_of_its_write() {
        try (var store = open(StoreConfig.DEFAULT, _ -> {})) {
            var claim = Sample.submit(store, "run");
            Thread.currentThread().interrupt();
            store.runs().append(claim, Sample.chapter(2, new byte[10]));

            assertThat(store.runs().find(claim.run()).orElseThrow().events()).isEqualTo(2);
            assertThat(Thread.interrupted()).isTrue();
        }
    }

    @Test
    void a_sweep_gives_the_room_of_deleted_runs_back_to_the_disk() throws Exception {
        var file = home.resolve("store.db");
        try (var store = Sample.open(home)) {
            for (int i = 0; i < 3; i++) {
                var claim = Sample.submit(store, "run-" + i);
                store.runs().append(claim, Sample.chapter(2, new byte[9_000_000]));
                store.runs().append(claim, Sample.last(3));
            }
            store.runs().delete(new RunId("run-0"));
            store.runs().delete(new RunId("run-2"));
            store.artifacts().sweep();
        }
        assertThat(Files.size(file)).isBetween(9_000_000L, 10_000_000L);
        try (var store = Sample.open(home)) {
            assertThat(store.runs().journal(new RunId("run-1"), 2, 1).getFirst().body())
                    .hasSize(9_000_000);
        }
    }

    @Test
    void the_log_of_writes_is_brought_back_into_the_file_while_writes_go_on() throws Exception {
        try (var store = open(StoreConfig.DEFAULT, _ -> {})) {
            var claim = Sample.submit(store, "run");
            long before = Files.size(home.resolve("store.db"));
            // Far too few for SQLite to do it at a commit.
            for (long event = 2; event < 300; event++) {
                store.runs().append(claim, Sample.chapter(event, Sample.body("run", event)));
            }
            long deadline = System.nanoTime() + Duration.ofSeconds(60).toNanos();
            while (Files.size(home.resolve("store.db")) == before
                    && System.nanoTime() - deadline < 0) {
                Thread.onSpinWait();
            }
            assertThat(Files.size(home.resolve("store.db"))).isGreaterThan(before);
        }
    }
}
