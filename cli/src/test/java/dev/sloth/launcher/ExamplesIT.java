package dev.sloth.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Every example runs, prints what it should and leaves what it should.
final class ExamplesIT {
    private static final Path ROOT = Shell.root();

    @TempDir Path scratch;
    private Shell shell = Shell.in(ROOT, ROOT);

    @BeforeEach
    void an_empty_home() throws IOException {
        shell = Shell.in(ROOT, Files.createDirectory(scratch.resolve("home")));
    }

    private Shell.Ended run(String example, String... more) throws Exception {
        var words = new ArrayList<String>();
        words.add(ROOT.resolve("sloth-runner").toString());
        words.add("run");
        words.add("examples/" + example);
        words.addAll(Arrays.asList(more));
        return shell.run(words.toArray(String[]::new));
    }

    private Shell.Ended runs(String example, String... more) throws Exception {
        var ended = run(example, more);
        assertThat(ended.code()).as(ended.all()).isZero();
        return ended;
    }

    /// The files of this name that the run has kept.
    private List<Path> left(String name) throws Exception {
        var kept = scratch.resolve("kept");
        var ended =
                shell.run(
                        ROOT.resolve("sloth-runner").toString(),
                        "runs",
                        "artifacts",
                        "last",
                        "--to",
                        kept.toString());
        assertThat(ended.code()).as(ended.all()).isZero();
        try (Stream<Path> all = Files.walk(kept)) {
            return all.filter(Files::isRegularFile).filter(path -> path.endsWith(name)).toList();
        }
    }

    @Test
    void hello_world() throws Exception {
        assertThat(runs("hello_world.sloth").out()).contains("hello, world: 3 words");
    }

    @Test
    void scheduled_backup() throws Exception {
        assertThat(runs("scheduled_backup.sloth").out()).contains("kept 22 bytes");
        var added =
                shell.run(
                        ROOT.resolve("sloth-runner").toString(),
                        "schedule",
                        "add",
                        "-f",
                        "examples/scheduled_backup.sloth");
        assertThat(added.code()).as(added.all()).isZero();
        assertThat(added.out()).contains("added backup:", "added backup-friday:");
    }

    @Test
    void fan_out() throws Exception {
        assertThat(runs("fan_out.sloth", "--var", "parts=3").out())
                .contains("the sum of 1 to 300 is 45150")
                .contains("part_3")
                .doesNotContain("part_4");
    }

    @Test
    void shared_state() throws Exception {
        assertThat(runs("shared_state.sloth", "--var", "hosts=3").out())
                .contains("3 hosts done: web1, web2, web3")
                .contains("released");
    }

    private void secret(String name, String value) throws Exception {
        var ended =
                shell.run(
                        "bash",
                        "-c",
                        "printf %s '"
                                + value
                                + "' | "
                                + ROOT.resolve("sloth-runner")
                                + " secrets set "
                                + name);
        assertThat(ended.code()).as(ended.all()).isZero();
    }

    @Test
    void secrets() throws Exception {
        secret("api_token", "s3cret-T0ken");
        secret("db/password", "pa55-word-42");
        var ended = runs("secrets.sloth");
        assertThat(ended.out())
                .contains("logging in with ***", "password is ***", "would send Bearer ***")
                .doesNotContain("T0ken", "word-42");
    }

    private Shell.Ended sloth(String... words) throws Exception {
        var line = new ArrayList<>(List.of(ROOT.resolve("sloth-runner").toString()));
        line.addAll(Arrays.asList(words));
        var ended = shell.run(line.toArray(String[]::new));
        assertThat(ended.code()).as(ended.all()).isZero();
        return ended;
    }

    @Test
    void events_and_hooks() throws Exception {
        var hook = "examples/events_and_hooks/announce.lua";
        assertThat(sloth("hook", "add", "announce", "--file", hook).out())
                .contains("added announce for release.done run.failed");
        assertThat(runs("events_and_hooks/release.sloth").out()).contains("told as event e1");
        assertThat(sloth("events", "list", "--type", "release.done").out()).contains("shop");
        assertThat(sloth("hook", "test", "announce", "--event", "e1").out())
                .contains("released shop 1.4.2", "done: announced");
        assertThat(sloth("watcher", "list").out()).contains("shop-config");
        assertThat(runs("events_and_hooks/hooks.sloth").out())
                .contains("replaced the hook announce");
        assertThat(runs("events_and_hooks/hooks.sloth").out())
                .contains(
                        "announce reacts to release.done, run.failed",
                        "the hook announce is there");
    }

    @Test
    void ci_pipeline() throws Exception {
        assertThat(runs("ci_pipeline/pipeline.sloth").out()).contains("6 tests passed");
        assertThat(left("words.tar.gz")).isNotEmpty();
        assertThat(left("count.o")).isNotEmpty();
    }

    @Test
    void values_and_environments() throws Exception {
        var ended =
                runs(
                        "values_and_environments/deploy.sloth",
                        "--values",
                        "examples/values_and_environments/defaults.yaml",
                        "--values",
                        "examples/values_and_environments/production.yaml",
                        "--var",
                        "app.version=2.1.0");
        assertThat(ended.out())
                .contains("environment production")
                .contains("rendered for production");
        assertThat(left("app.conf")).isNotEmpty();
        assertThat(left("app.conf").getFirst())
                .hasContent(
                        """
                        name = shop
                        version = 2.1.0
                        replicas = 3
                        host = web1.example.com
                        host = web2.example.com
                        """);
    }

    @Test
    void retries_and_timeouts() throws Exception {
        var ended = run("retries_and_timeouts.sloth");
        assertThat(ended.code()).as(ended.all()).isEqualTo(1);
        assertThat(ended.out())
                .contains("worked at attempt 3")
                .contains("slow took too long, giving up")
                .contains("used the other way");
    }

    @Test
    void conditions_and_hooks() throws Exception {
        var without = runs("conditions_and_hooks.sloth").out();
        assertThat(without).contains("skipped").contains("nothing to tell");
        assertThat(without).containsSubsequence("the run starts", "before build", "after build");
        assertThat(without).contains("built app.tar").contains("the run succeeded");
        var with = runs("conditions_and_hooks.sloth", "--var", "release=true").out();
        assertThat(with).contains("published app.tar").contains("told everybody");
    }

    @Test
    void channels_and_workers() throws Exception {
        assertThat(runs("channels_and_workers.sloth").out())
                .contains("the squares of 1 to 12 add up to 650")
                .contains("the first answer was fast");
    }

    @Test
    void pools_and_pipelines() throws Exception {
        assertThat(runs("pools_and_pipelines.sloth").out())
                .contains("first built: api.tar")
                .contains("builds-3: no pages", "builds-4: cli.tar", "3 built, 1 failed")
                .contains("the odd squares up to 20 add up to 1330")
                .contains("10 ran, count 55")
                .containsOnlyOnce("set up")
                .contains("the worker ended: context canceled")
                .contains("slow work: false, timeout exceeded")
                .contains("nothing there");
    }

    @Test
    void http_check() throws Exception {
        var server =
                HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/health", e -> answer(e, "{\"version\": \"1.4.2\"}"));
        server.createContext("/echo", e -> answer(e, text(e)));
        server.start();
        try {
            var url = "http://127.0.0.1:" + server.getAddress().getPort();
            assertThat(runs("http_check.sloth", "--var", "url=" + url).out())
                    .contains("status 200")
                    .contains("version 1.4.2");
        } finally {
            server.stop(0);
        }
    }

    private static String text(HttpExchange exchange) throws IOException {
        return new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
    }

    private static void answer(HttpExchange exchange, String json) throws IOException {
        var bytes = json.getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().add("Content-Type", "application/json");
        exchange.sendResponseHeaders(200, bytes.length);
        try (var body = exchange.getResponseBody()) {
            body.write(bytes);
        }
    }

    @Test
    void files_and_git() throws Exception {
        var ended = runs("files_and_git.sloth");
        var second = ended.out().substring(ended.out().indexOf("round 2"));
        assertThat(ended.out()).contains("clone: changed", "block: changed", "mode 0640");
        assertThat(second).contains("clone: unchanged").doesNotContain(": changed");
        assertThat(left("hosts").getFirst())
                .hasContent(
                        """
                        # BEGIN MANAGED BLOCK
                        10.0.0.1 db
                        10.0.0.2 web
                        # END MANAGED BLOCK
                        """);
    }

    @Test
    void database_and_notifications() throws Exception {
        var bodies = new ArrayList<String>();
        var server =
                HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext(
                "/hook",
                e -> {
                    bodies.add(text(e));
                    answer(e, "{}");
                });
        server.start();
        try {
            var url = "url=http://127.0.0.1:" + server.getAddress().getPort() + "/hook";
            assertThat(runs("database_and_notifications.sloth", "--var", url).out())
                    .contains("undone: nobody deletes all orders")
                    .contains("cheese costs 9")
                    .contains("the total was nil and is 15", "the report is created");
            assertThat(runs("database_and_notifications.sloth", "--var", url).out())
                    .contains("the total was 15 and is 15", "the report is unchanged");
            assertThat(bodies).hasSize(2).allMatch(body -> body.contains("\"total\":15"));
        } finally {
            server.stop(0);
        }
    }

    @Test
    void staged_pipeline() throws Exception {
        var ended = runs("staged_pipeline.sloth");
        assertThat(ended.out())
                .contains("120 tests passed")
                .contains("sha256 ")
                .contains("skipped");
        assertThat(ended.out()).doesNotContain("removing what is half done");
        assertThat(left("release.txt")).isNotEmpty();
    }

    @Test
    void every_example_has_a_test_here() throws Exception {
        var source =
                Files.readString(
                        ROOT.resolve("cli/src/test/java/dev/sloth/launcher/ExamplesIT.java"));
        try (Stream<Path> all = Files.walk(ROOT.resolve("examples"))) {
            var scripts = all.filter(path -> path.toString().endsWith(".sloth")).toList();
            assertThat(scripts).isNotEmpty();
            assertThat(scripts)
                    .allSatisfy(s -> assertThat(source).contains(s.getFileName().toString()));
        }
    }
}
