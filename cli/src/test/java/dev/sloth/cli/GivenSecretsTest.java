package dev.sloth.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sloth.core.store.RunQuery;
import dev.sloth.core.store.Store;
import dev.sloth.core.store.secret.GivenRow;
import dev.sloth.store.sqlite.SqliteStore;
import dev.sloth.store.sqlite.StoreConfig;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// What runs were given, once they have ended.
@Timeout(120)
class GivenSecretsTest {
    private static final String FLOW =
            "workflow.define('flow'):secrets('token'):tasks({ task('t'):command('echo $T'):env({ T = secret('token') }) })";

    @TempDir private Path folder;
    private Door door = new Door(Path.of(""));

    @BeforeEach
    void open() {
        door = new Door(folder).file("flow.sloth", FLOW);
    }

    private void setToken() {
        door.typing("a-s3cret-4711");
        assertThat(door.call("secrets", "set", "token").exit()).isZero();
    }

    private Store store() {
        return SqliteStore.open(
                folder.resolve("home"), StoreConfig.DEFAULT, InstantSource.system());
    }

    private static void give(Store store, String run, Instant at) {
        boolean _ =
                store.secrets()
                        .write(t -> {
                            t.putGiven(new GivenRow(run, "default", at, new byte[] {1}));
                            return true;
                        });
    }

    private static List<String> given(Store store) {
        return store.secrets().read(t -> t.given().stream().map(GivenRow::run).toList());
    }

    private static String newest(Store store) {
        return store.runs().list(RunQuery.ALL).getFirst().id().text();
    }

    @Test
    void a_run_that_has_ended_has_left_nothing_of_what_it_was_given() {
        setToken();
        assertThat(door.call("run", "flow.sloth").exit()).isZero();
        assertThat(door.call("runs", "retry", "last", "--from", "t").exit()).isZero();
        assertThat(door.call("run", "flow.sloth", "--in-memory").exit()).isZero();
        try (var store = store()) {
            assertThat(given(store)).isEmpty();
        }
    }

    @Test
    void gc_forgets_what_runs_were_given_that_have_ended_or_never_came_to_be() {
        setToken();
        assertThat(door.call("run", "flow.sloth").exit()).isZero();
        var waiting = LeftRun.of(door, "flow.sloth").text();
        try (var store = store()) {
            var now = Instant.now();
            for (var run : store.runs().list(RunQuery.ALL)) {
                give(store, run.id().text(), now);
            }
            give(store, "run-that-never-came", now.minus(Duration.ofHours(2)));
            give(store, "run-that-is-coming", now);
            assertThat(door.call("gc", "--dry-run").exit()).isZero();
            assertThat(given(store)).hasSize(4);
            assertThat(door.call("gc").exit()).isZero();
            assertThat(given(store)).containsExactly(waiting, "run-that-is-coming");
        }
    }

    @Test
    void a_deleted_run_takes_what_it_was_given_with_it() {
        setToken();
        assertThat(door.call("run", "flow.sloth").exit()).isZero();
        try (var store = store()) {
            give(store, newest(store), Instant.now());
            assertThat(door.call("runs", "delete", "last").exit()).isZero();
            assertThat(given(store)).isEmpty();
        }
    }

    @Test
    void nobody_without_secrets_gets_a_file_of_secrets() {
        door.file("plain.sloth", "workflow.define('w'):tasks({ task('t'):command('true') })");
        assertThat(door.call("run", "plain.sloth").exit()).isZero();
        assertThat(door.call("gc").exit()).isZero();
        assertThat(door.call("runs", "delete", "last").exit()).isZero();
        assertThat(folder.resolve("home/secrets.db")).doesNotExist();
    }

    @Test
    void a_run_of_which_nothing_was_kept_is_resumed_with_a_warning() {
        setToken();
        var _ = LeftRun.of(door, "flow.sloth");
        var resumed = door.call("resume", "last");
        assertThat(resumed.exit()).as("%s", resumed).isZero();
        assertThat(resumed.err()).contains("SLOTH-4517", "is not known");
        assertThat(resumed.out()).contains("[t] ***");
    }
}
