package dev.sloth.plugins.http;

import static dev.sloth.plugins.testing.Caller.value;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.sloth.api.value.DataTable;
import dev.sloth.api.value.Value;
import dev.sloth.plugins.net.NetModule;
import dev.sloth.plugins.testing.Caller;
import dev.sloth.plugins.testing.TestHost;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HttpTest {
    @TempDir Path folder;
    private final CountDownLatch over = new CountDownLatch(1);
    private HttpServer server;
    private String base;
    private Caller http;

    @BeforeEach
    void start() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.createContext("/echo", e -> answer(e, 200, echo(e)));
        server.createContext("/missing", e -> answer(e, 404, "none"));
        server.createContext("/away", e -> redirect(e, "/echo"));
        server.createContext("/round", e -> redirect(e, "/round"));
        server.createContext("/slow", this::slow);
        server.start();
        base = "http://127.0.0.1:" + server.getAddress().getPort();
        http = new Caller(HttpModule.module(), new TestHost(folder));
    }

    @AfterEach
    void stop() {
        over.countDown();
        server.stop(0);
    }

    private static String echo(HttpExchange e) throws IOException {
        var body = new String(e.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
        e.getResponseHeaders().set("Content-Type", "application/json");
        var type = e.getRequestHeaders().getFirst("Content-Type");
        return "{\"method\":\"%s\",\"type\":\"%s\",\"length\":%d,\"x\":\"%s\"}"
                .formatted(
                        e.getRequestMethod(),
                        type,
                        body.length(),
                        e.getRequestHeaders().getFirst("X-A"));
    }

    private static void redirect(HttpExchange e, String to) throws IOException {
        e.getResponseHeaders().set("Location", to);
        answer(e, 302, "");
    }

    private static void answer(HttpExchange e, int status, String body) throws IOException {
        var bytes = body.getBytes(StandardCharsets.UTF_8);
        e.sendResponseHeaders(status, bytes.length == 0 ? -1 : bytes.length);
        try (var out = e.getResponseBody()) {
            out.write(bytes);
        }
    }

    private void slow(HttpExchange e) throws IOException {
        e.sendResponseHeaders(200, 100);
        e.getResponseBody().write('x');
        e.getResponseBody().flush();
        try {
            over.await();
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
        e.close();
    }

    private DataTable json(Value response) {
        return (DataTable) ((DataTable) response).at("json");
    }

    @Test
    void answers_carry_status_headers_body_and_json() {
        var got = (DataTable) http.call("get", base + "/echo", Map.of("X-A", "b"));
        assertThat(got.at("status_code")).isEqualTo(value(200));
        assertThat(got.at("success")).isEqualTo(value(true));
        assertThat(((DataTable) got.at("headers")).at("content-type"))
                .isEqualTo(value("application/json"));
        assertThat(json(got).at("x")).isEqualTo(value("b"));
        var missing = (DataTable) http.call("delete", base + "/missing");
        assertThat(missing.at("success")).isEqualTo(value(false));
        assertThat(missing.at("status")).isEqualTo(value(404));
    }

    @Test
    void tables_are_sent_as_json_and_redirects_are_followed_so_far() {
        var posted = json(http.call("post", base + "/echo", Map.of("a", 1)));
        assertThat(posted.at("type")).isEqualTo(value("application/json"));
        assertThat(posted.at("length")).isEqualTo(value(7));
        assertThat(json(http.call("post", base + "/away", "x")).at("method"))
                .isEqualTo(value("GET"));
        assertThat(http.error("get", base + "/round")).contains("more than 5 redirects");
    }

    @Test
    void every_method_sends_what_it_is_given() {
        for (var method : List.of("post", "put", "patch")) {
            var sent = http.call(method, base + "/echo", "text", Map.of("X-A", "b"));
            assertThat(json(sent).at("method")).isEqualTo(value(method.toUpperCase(Locale.ROOT)));
            assertThat(json(sent).at("length")).isEqualTo(value(4));
            assertThat(json(sent).at("x")).isEqualTo(value("b"));
            assertThat(json(sent).at("type")).isEqualTo(value("null"));
            var table = json(http.call(method, base + "/echo", List.of(1, 2)));
            assertThat(table.at("type")).isEqualTo(value("application/json"));
            assertThat(table.at("length")).isEqualTo(value(5));
            assertThat(json(http.call(method, base + "/echo")).at("length")).isEqualTo(value(0));
        }
        var deleted = json(http.call("delete", base + "/echo", Map.of("X-A", "c")));
        assertThat(deleted.at("method")).isEqualTo(value("DELETE"));
        assertThat(deleted.at("x")).isEqualTo(value("c"));
        var own = Map.of("Content-Type", "application/vnd.x+json");
        assertThat(json(http.call("put", base + "/echo", Map.of("a", 1), own)).at("type"))
                .isEqualTo(value("application/vnd.x+json"));
    }

    @Test
    void what_cannot_be_answered_is_an_error_and_not_raised() {
        assertThat(http.error("get", "file:///etc/passwd")).contains("not a URL of http");
        assertThat(http.error("get", "http://[")).contains("not a URL");
        server.stop(0);
        assertThat(http.error("get", base + "/echo")).contains("cannot ask");
    }

    @Test
    void a_trickling_answer_ends_at_the_timeout() {
        var options = Map.of("url", base + "/slow", "timeout", "200ms");
        assertThat(http.error("request", options)).isEqualTo("timed out after 0.2s");
    }

    @Test
    void net_fetches_downloads_and_looks_at_ports() throws Exception {
        var net = new Caller(NetModule.module(), new TestHost(folder));
        var got = net.all("http_get", base + "/missing");
        assertThat(got.subList(0, 2)).isEqualTo(Caller.values("none", 404));
        assertThat(net.all("http_get", "x").get(3)).isNotEqualTo(Value.Nil.NIL);
        assertThat(net.call("download", base + "/echo", "e.json")).isEqualTo(Value.Nil.NIL);
        assertThat(Files.readString(folder.resolve("e.json"))).contains("GET");
        assertThat(net.text("download", base + "/missing", "m")).contains("answered with 404");
        try (var files = Files.list(folder)) {
            assertThat(files).containsExactly(folder.resolve("e.json"));
        }
        int port = server.getAddress().getPort();
        assertThat(net.truth("port_check", "127.0.0.1", port)).isTrue();
        server.stop(0);
        assertThat(net.truth("port_check", "127.0.0.1", port)).isFalse();
    }

    @Test
    void a_redirect_keeps_the_method_unless_it_is_a_post_and_its_type_at_another_host() {
        server.createContext("/moved", e -> redirect(e, "/echo"));
        assertThat(json(http.call("delete", base + "/moved"), "method")).isEqualTo("DELETE");
        assertThat(json(http.call("put", base + "/moved", "x"), "method")).isEqualTo("PUT");
        assertThat(json(http.call("post", base + "/moved", "x"), "method")).isEqualTo("GET");
        server.createContext(
                "/elsewhere",
                e -> {
                    var port = server.getAddress().getPort();
                    e.getResponseHeaders().set("Location", "http://localhost:" + port + "/echo");
                    e.sendResponseHeaders(307, -1);
                    e.close();
                });
        var answer = http.call("post", base + "/elsewhere", Map.of("a", 1), Map.of("X", "secret"));
        assertThat(json(answer, "type")).isEqualTo("application/json");
        assertThat(json(answer, "x")).isNotEqualTo("secret");
    }

    private static String json(Value answer, String field) {
        var response = (DataTable) answer;
        return ((DataTable) response.at("json")).at(field).toString();
    }

    @Test
    void why_nobody_answers_is_said_in_words() {
        assertThat(http.error("get", "http://127.0.0.1:1/")).endsWith("the connection was refused");
        assertThat(http.error("get", "http://nobody.invalid/"))
                .endsWith("there is no host of that name");
    }

    @Test
    void a_timeout_of_ages_is_an_ordinary_one() {
        var options = Map.of("url", base + "/echo", "timeout", "999999999999d");
        assertThat(((DataTable) http.call("request", options)).at("status_code"))
                .isEqualTo(value(200));
    }

    @Test
    void a_download_does_not_take_the_place_of_a_folder() {
        var net = new Caller(NetModule.module(), new TestHost(folder));
        assertThat(net.text("download", base + "/echo", ".")).contains("is a directory");
        assertThat(folder).isDirectory();
    }
}
