package dev.sloth.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import dev.sloth.core.store.RunQuery;
import dev.sloth.core.store.Store;
import dev.sloth.core.store.secret.SecretTables;
import dev.sloth.store.sqlite.SqliteStore;
import dev.sloth.store.sqlite.StoreConfig;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Runs whose runner is killed while a command of theirs goes on with a secret that is changed
/// before somebody goes on with them.
final class SecretsOfKilledRunsIT {
    private static final String OLD = "the-old-s3cret-4711";
    private static final String NEW = "the-new-s3cret-0815";
    private static final int LOOK_MILLIS = 50;
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    @TempDir private Path folder;
    private Shell shell = Shell.in(Path.of("."), Path.of("."));
    private Path home = Path.of(".");

    @BeforeEach
    void makeHome() throws IOException {
        home = Files.createDirectory(folder.resolve("home"));
        shell = Shell.in(folder, home);
    }

    private Shell.Started start(String... words) throws IOException {
        var line = new ArrayList<>(List.of(Shell.root().resolve("sloth-runner").toString()));
        line.addAll(List.of(words));
        return shell.start(line.toArray(String[]::new));
    }

    private Shell.Ended call(String... words) throws Exception {
        return shell.await(start(words));
    }

    private void set(String value) throws Exception {
        Files.writeString(folder.resolve("value"), value);
        var set = call("secrets", "set", "token", "--from-file", "value");
        assertThat(set.code()).as(set.all()).isZero();
        Files.delete(folder.resolve("value"));
    }

    private void script(String secrets, String more) throws IOException {
        Files.writeString(
                folder.resolve("flow.sloth"),
                """
                local a = task("a"):workdir("%1$s"):env({ T = secret("token") })%2$s
                  :command("echo before $T; touch begun; for i in {1..1000}; do [ -e go ] && break; sleep 0.05; done; echo after $T; echo $T >&2")
                local b = task("b"):workdir("%1$s"):depends_on("a"):env({ T = secret("token") })
                  :command("echo $T > got; echo then $T")
                workflow.define("flow"):secrets(%3$s):tasks({ a, b })
                """
                        .formatted(folder, more, secrets));
    }

    private void until(Process process, BooleanSupplier done) throws InterruptedException {
        var deadline = Instant.now().plus(PATIENCE);
        while (!done.getAsBoolean()) {
            assertThat(Instant.now()).as("in time").isBefore(deadline);
            assertThat(process.waitFor(LOOK_MILLIS, TimeUnit.MILLISECONDS)).isFalse();
        }
    }

    /// Kills the runner alone once the command of the first task runs.
    private Shell.Ended killed(Shell.Started started) throws Exception {
        until(started.process(), () -> Files.exists(folder.resolve("begun")));
        started.process().destroyForcibly();
        return shell.await(started);
    }

    private void go() throws IOException {
        Files.createFile(folder.resolve("go"));
    }

    private Store store() {
        return SqliteStore.open(
                home.resolve(".sloth-runner"), StoreConfig.DEFAULT, InstantSource.system());
    }

    private int given() {
        try (var store = store()) {
            return store.secrets().read(SecretTables::given).size();
        }
    }

    /// Neither value is in what was said, nor anywhere below the home folder.
    private void hidden(Shell.Ended... said) throws Exception {
        var all = new ArrayList<>(List.of(said));
        all.add(call("runs", "logs", "last"));
        all.add(call("runs", "show", "last", "-o", "json"));
        all.add(call("runs", "events", "last"));
        for (var each : all) {
            assertThat(each.all()).doesNotContain(OLD, NEW);
        }
        try (Stream<Path> files = Files.walk(home)) {
            for (var file : files.filter(Files::isRegularFile).toList()) {
                var text = new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1);
                assertThat(text).as("%s", file).doesNotContain(OLD, NEW);
            }
        }
    }

    @Test
    void what_a_command_was_given_stays_hidden_though_its_secret_is_another_one_by_now()
            throws Exception {
        set(OLD);
        script("'token'", "");
        var ran = killed(start("run", "flow.sloth"));
        assertThat(given()).isOne();
        set(NEW);
        var removed = call("secrets", "remove", "token", "--version", "1");
        assertThat(removed.code()).as(removed.all()).isZero();
        var rotated = call("secrets", "rotate");
        assertThat(rotated.code()).as(rotated.all()).isZero();
        go();

        var resumed = call("resume", "last");

        assertThat(resumed.code()).as(resumed.all()).isZero();
        assertThat(resumed.out()).contains("[a] after ***", "[b] then ***");
        assertThat(Files.readString(folder.resolve("got"))).isEqualTo(NEW + "\n");
        assertThat(given()).isZero();
        hidden(ran, resumed);
    }

    /// A keeper of one secret.
    private HttpServer keeper(AtomicReference<String> value) throws IOException {
        var server =
                HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext(
                "/v1/secret/data/app",
                exchange -> {
                    byte[] answer =
                            "{\"data\":{\"data\":{\"pw\":\"%s\"},\"metadata\":{\"version\":1}}}"
                                    .formatted(value.get())
                                    .getBytes(StandardCharsets.UTF_8);
                    try (exchange) {
                        exchange.sendResponseHeaders(200, answer.length);
                        exchange.getResponseBody().write(answer);
                    }
                });
        server.start();
        shell =
                shell.with("VAULT_ADDR", "http://127.0.0.1:" + server.getAddress().getPort())
                        .with("VAULT_TOKEN", "t");
        return server;
    }

    @Test
    void what_vault_gave_at_first_stays_hidden_when_it_gives_another_value_now() throws Exception {
        var value = new AtomicReference<>(OLD);
        var server = keeper(value);
        script("{ token = 'vault:secret/app#pw' }", "");
        var ran = killed(start("run", "flow.sloth"));
        value.set(NEW);
        go();

        var resumed = call("resume", "last");

        server.stop(0);
        assertThat(resumed.code()).as(resumed.all()).isZero();
        assertThat(resumed.out()).contains("[a] after ***", "[b] then ***");
        assertThat(Files.readString(folder.resolve("got"))).isEqualTo(NEW + "\n");
        hidden(ran, resumed);
    }

    @Test
    void without_the_key_a_run_is_not_resumed_and_is_cancelled_without_showing_anything()
            throws Exception {
        var value = new AtomicReference<>(OLD);
        var server = keeper(value);
        script("{ token = 'vault:secret/app#pw' }", "");
        var ran = killed(start("run", "flow.sloth"));
        value.set(NEW);
        Files.delete(home.resolve(".sloth-runner/keys/secrets.key"));

        var resumed = call("resume", "last");
        assertThat(resumed.code()).as(resumed.all()).isEqualTo(2);
        assertThat(resumed.err()).contains("SLOTH-4517", "SLOTH-4502", "runs cancel");
        var cancelled = call("runs", "cancel", "last");
        server.stop(0);
        assertThat(cancelled.code()).as(cancelled.all()).isZero();
        assertThat(call("runs", "list").out()).contains("cancelled");
        assertThat(given()).isZero();
        hidden(ran, resumed, cancelled);
    }

    @Test
    void a_run_that_could_not_keep_what_it_was_given_goes_on_with_its_output_withheld()
            throws Exception {
        set("what-is-locked-by-a-passphrase");
        Files.move(home.resolve(".sloth-runner/keys/secrets.key"), folder.resolve("elsewhere.key"));
        var value = new AtomicReference<>(OLD);
        var server = keeper(value);
        script("{ token = 'vault:secret/app#pw' }", "");
        var ran = killed(start("run", "flow.sloth"));
        assertThat(ran.err()).contains("cannot be kept", "SLOTH-4502", "SLOTH-4517");
        value.set(NEW);
        go();

        var resumed = call("resume", "last");

        server.stop(0);
        assertThat(resumed.code()).as(resumed.all()).isZero();
        assertThat(resumed.out()).contains("withheld", "[b] then ***").doesNotContain("[a] after");
        hidden(ran, resumed);
    }

    @Test
    void a_run_whose_secret_is_gone_can_be_cancelled_and_says_what_could_not_be_cleaned_up()
            throws Exception {
        set(OLD);
        script(
                "'token'",
                ":post_hook(function() print('cleaning') exec.run('echo $T > cleaned') return true end)");
        var ran = killed(start("run", "flow.sloth"));
        assertThat(call("secrets", "remove", "token").code()).isZero();
        go();

        var resumed = call("resume", "last");
        assertThat(resumed.code()).as(resumed.all()).isOne();
        assertThat(resumed.err()).contains("SLOTH-4507");
        var cancelled = call("runs", "cancel", "last");

        assertThat(cancelled.code()).as(cancelled.all()).isZero();
        assertThat(cancelled.err()).contains("the secret 'token' is missing", "SLOTH-4507");
        assertThat(cancelled.out()).contains("cleaning", "post_hook", "'token' is missing");
        assertThat(folder.resolve("cleaned")).doesNotExist();
        assertThat(folder.resolve("got")).doesNotExist();
        assertThat(call("runs", "list").out()).contains("cancelled");
        assertThat(given()).isZero();
        hidden(ran, resumed, cancelled);
    }

    @Test
    void the_next_serve_hides_what_the_one_before_gave_to_a_run() throws Exception {
        set(OLD);
        script("'token'", "");
        var added = call("schedule", "add", "one", "-f", "flow.sloth", "--at", "+1s");
        assertThat(added.code()).as(added.all()).isZero();
        var first = killed(start("serve", "-o", "json"));
        set(NEW);
        assertThat(call("secrets", "remove", "token", "--version", "1").code()).isZero();
        go();
        try (var store = store()) {
            var second = start("serve", "-o", "json");
            until(
                    second.process(),
                    () -> store.runs().list(RunQuery.ALL).getFirst().progress().ended());
            second.process().destroy();

            var ended = shell.await(second);
            assertThat(ended.out()).contains("\"event\":\"resumed\"");
            assertThat(call("runs", "logs", "last").out()).contains("after ***", "then ***");
            hidden(first, ended);
        }
        assertThat(given()).isZero();
    }
}
