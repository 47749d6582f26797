package dev.sloth.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.sloth.api.secret.Secrets;
import dev.sloth.api.value.DataTable;
import dev.sloth.api.workflow.Problems;
import dev.sloth.api.workflow.RunId;
import dev.sloth.api.workflow.Workflow;
import dev.sloth.cli.config.Config;
import dev.sloth.cli.config.Layers;
import dev.sloth.dsl.Source;
import dev.sloth.store.sqlite.SqliteStore;
import dev.sloth.store.sqlite.StoreConfig;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What the runs of a master are given, and what it hides when it goes on with them.
class MasterSecretsTest {
    private static final String FLOW =
            "workflow.define('flow'):secrets('token'):tasks({ task('t'):command('true') })";

    private static final RunId RUN = new RunId("run-1");

    @TempDir private Path folder;
    private Door door;
    private SqliteStore store;
    private MasterSecrets secrets;
    private Workflow workflow;

    @BeforeEach
    void open() throws Exception {
        door = new Door(folder).file("flow.sloth", FLOW);
        var data = Files.createDirectories(folder.resolve("master"));
        var settings = Layers.read(folder, Map.of(), Map.of()).config();
        store = SqliteStore.open(data, StoreConfig.DEFAULT, InstantSource.system());
        secrets = new MasterSecrets(door.caller(), settings, data, store);
        workflow = workflow(settings);
    }

    private Workflow workflow(Config settings) throws Exception {
        var source = Source.read(folder.resolve("flow.sloth"));
        try (var shared = Wiring.stateAndEvents(door.caller(), settings);
                var processes = Wiring.processes(door.caller(), settings)) {
            var around =
                    Wiring.surroundings(settings, source.project(), processes, shared, System.out);
            return Wiring.scripts(settings)
                    .define(source, new DataTable(), around)
                    .workflows()
                    .getFirst();
        }
    }

    @AfterEach
    void close() {
        store.close();
    }

    private void set(String value) {
        door.typing(value);
        assertThat(door.call("secrets", "set", "token").exit()).isZero();
    }

    private void begin() throws Exception {
        try (var given = secrets.begin(RUN, workflow)) {
            assertThat(given.names()).containsExactly("token");
        }
    }

    private static List<String> hidden(Secrets secrets) {
        return secrets.hidden().stream().map(secret -> new String(secret.bytes(), UTF_8)).toList();
    }

    private boolean isKept() {
        return store.secrets().read(tables -> tables.given(RUN.text())).isPresent();
    }

    @Test
    void what_a_run_was_given_stays_hidden_when_it_was_removed_since() throws Exception {
        set("the-first-4711");
        begin();
        assertThat(door.call("secrets", "remove", "token").exit()).isZero();
        var refused =
                catchThrowableOfType(Problems.class, () -> secrets.goOn(RUN, workflow, false));
        assertThat(refused).hasMessageContaining("token");

        set("the-second-0815");
        try (var now = secrets.goOn(RUN, workflow, false)) {
            assertThat(hidden(now)).contains("the-first-4711", "the-second-0815");
        }
    }

    @Test
    void a_run_can_be_cancelled_without_its_secrets() throws Exception {
        set("the-first-4711");
        begin();
        assertThat(door.call("secrets", "remove", "token").exit()).isZero();
        try (var now = secrets.goOn(RUN, workflow, true)) {
            assertThat(now.names()).isEmpty();
            assertThat(hidden(now)).contains("the-first-4711");
        }
    }

    @Test
    void a_run_of_which_nothing_is_kept_does_not_go_on_but_can_be_cancelled() throws Exception {
        set("the-first-4711");
        var refused =
                catchThrowableOfType(Problems.class, () -> secrets.goOn(RUN, workflow, false));
        assertThat(refused.list().getFirst().code()).isEqualTo(DeclaredSecrets.UNKNOWN);
        try (var now = secrets.goOn(RUN, workflow, true)) {
            assertThat(now.names()).containsExactly("token");
        }
    }

    @Test
    void what_was_given_is_forgotten_with_the_end_of_a_run_only() throws Exception {
        set("the-first-4711");
        begin();
        secrets.rests(RUN);
        assertThat(isKept()).isTrue();
    }
}
