package dev.sloth.plugins.notifications;

import static dev.sloth.plugins.testing.Caller.value;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.sloth.api.value.DataTable;
import dev.sloth.api.value.Value;
import dev.sloth.plugins.data.DocumentBounds;
import dev.sloth.plugins.data.Json;
import dev.sloth.plugins.data.Parsed;
import dev.sloth.plugins.testing.Caller;
import dev.sloth.plugins.testing.TestHost;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Against a server that answers as the services say they do.
class NotificationsTest {
    /// An answer that the server has ready.
    private record Ready(int status, String body, Map<String, String> headers) {}

    /// A request that it got.
    private record Got(String path, Map<String, String> headers, byte[] body) {
        DataTable json() {
            return Json.parse(body, DocumentBounds.STANDARD) instanceof Parsed.Good(var value)
                    ? (DataTable) value
                    : new DataTable();
        }

        String text(String field) {
            return Caller.plain(json().at(field));
        }
    }

    @TempDir private Path folder;
    private final Deque<Ready> ready = new ArrayDeque<>();
    private final List<Got> got = new ArrayList<>();
    private HttpServer server;
    private String url = "";
    private TestHost host = new TestHost();

    @BeforeEach
    void start() throws IOException {
        host = new TestHost(folder);
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.createContext("/", this::take);
        server.start();
        url = "http://127.0.0.1:" + server.getAddress().getPort();
    }

    @AfterEach
    void stop() {
        server.stop(0);
    }

    private synchronized void take(HttpExchange exchange) throws IOException {
        var headers = new TreeMap<String, String>(String.CASE_INSENSITIVE_ORDER);
        exchange.getRequestHeaders().forEach((name, all) -> headers.put(name, all.getFirst()));
        got.add(
                new Got(
                        exchange.getRequestURI().toString(),
                        headers,
                        exchange.getRequestBody().readAllBytes()));
        var answer = ready.isEmpty() ? new Ready(200, "ok", Map.of()) : ready.removeFirst();
        answer.headers().forEach((name, value) -> exchange.getResponseHeaders().set(name, value));
        var bytes = answer.body().getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(answer.status(), bytes.length == 0 ? -1 : bytes.length);
        try (var out = exchange.getResponseBody()) {
            out.write(bytes);
        }
    }

    private Caller service(String name) {
        var module =
                NotificationsModules.all().stream()
                        .filter(m -> m.name().equals("notifications." + name))
                        .findFirst();
        return new Caller(module.orElseThrow(), host);
    }

    private DataTable sent(String service, Map<String, ?> fields) {
        var results = service(service).all("send", fields);
        assertThat(results.getFirst()).as(results.toString()).isInstanceOf(DataTable.class);
        return (DataTable) results.getFirst();
    }

    private String refusal(String service, Map<String, ?> fields) {
        var results = service(service).all("send", fields);
        assertThat(results.getFirst()).isEqualTo(Value.Nil.NIL);
        return Caller.plain(results.get(1));
    }

    private void answers(int status, String body) {
        ready.add(new Ready(status, body, Map.of()));
    }

    // ---- each service

    @Test
    void slack_gets_text_and_attachments() {
        var result =
                sent(
                        "slack",
                        Map.of(
                                "webhook_url",
                                url + "/services/T/B/x",
                                "message",
                                "deployed *shop*",
                                "color",
                                "good",
                                "pipeline",
                                "main",
                                "error_details",
                                "no ```"));
        assertThat(result.at("changed")).isEqualTo(value(true));
        var body = got.getFirst();
        assertThat(body.path()).isEqualTo("/services/T/B/x");
        assertThat(body.text("text")).isEqualTo("deployed *shop*");
        assertThat(body.json().at("attachments"))
                .isEqualTo(
                        value(
                                List.of(
                                        Map.of(
                                                "color",
                                                "good",
                                                "text",
                                                "```no '''```",
                                                "fields",
                                                List.of(
                                                        Map.of(
                                                                "title",
                                                                "Pipeline",
                                                                "value",
                                                                "main",
                                                                "short",
                                                                true))))));
    }

    @Test
    void slack_with_a_token_says_in_its_answer_whether_it_took_the_message() {
        answers(200, "{\"ok\":true,\"ts\":\"1.2\"}");
        answers(200, "{\"ok\":false,\"error\":\"channel_not_found\"}");
        var fields = Map.of("token", "xoxb-1", "channel", "#x", "message", "m", "api_url", url);
        assertThat(Caller.plain(sent("slack", fields).at("id"))).isEqualTo("1.2");
        assertThat(got.getFirst().headers()).containsEntry("Authorization", "Bearer xoxb-1");
        assertThat(got.getFirst().path()).isEqualTo("/chat.postMessage");
        assertThat(refusal("slack", fields)).contains("channel_not_found");
    }

    @Test
    void discord_calls_nobody_and_cuts_what_is_too_long() {
        answers(204, "");
        var result =
                sent(
                        "discord",
                        Map.of("webhook_url", url, "message", "@everyone " + "x".repeat(3000)));
        assertThat(result.at("truncated")).isEqualTo(value(true));
        var body = got.getFirst();
        assertThat(body.text("content")).hasSize(Discord.CONTENT_MAX).endsWith("… (cut)");
        assertThat(new String(body.body(), StandardCharsets.UTF_8))
                .contains("\"allowed_mentions\":{\"parse\":[]}");
        sent(
                "discord",
                Map.of(
                        "webhook_url",
                        url,
                        "title",
                        "t",
                        "color",
                        "#ff0000",
                        "fields",
                        Map.of("a", 1)));
        assertThat(((DataTable) ((DataTable) got.get(1).json().at("embeds")).at(1)).at("color"))
                .isEqualTo(value(0xff0000));
    }

    @Test
    void teams_gets_an_adaptive_card() {
        answers(202, "");
        sent(
                "teams",
                Map.of(
                        "webhook_url",
                        url,
                        "message",
                        "m",
                        "title",
                        "t",
                        "fields",
                        Map.of("a", "b")));
        var body = got.getFirst().json();
        assertThat(Caller.plain(body.at("type"))).isEqualTo("message");
        var card =
                (DataTable) ((DataTable) ((DataTable) body.at("attachments")).at(1)).at("content");
        assertThat(Caller.plain(card.at("type"))).isEqualTo("AdaptiveCard");
        assertThat(((DataTable) card.at("body")).length()).isEqualTo(3);
        answers(200, "Webhook message delivery failed with error: 429");
        assertThat(refusal("teams", Map.of("webhook_url", url, "message", "m")))
                .contains("Teams refused");
    }

    @Test
    void a_webhook_is_signed_so_that_its_receiver_can_check_it() {
        sent("webhook", Map.of("url", url + "/hook", "payload", Map.of("a", 1), "secret", "key"));
        var request = got.getFirst();
        assertThat(request.json()).isEqualTo(value(Map.of("a", 1)));
        var time = String.valueOf(request.headers().get(Webhook.TIMESTAMP));
        assertThat(time).isEqualTo(Long.toString(TestHost.NOW.getEpochSecond()));
        assertThat(request.headers().get(Webhook.SIGNATURE))
                .isEqualTo("sha256=" + Webhook.signature("key", time, request.body()));
        assertThat(Webhook.signature("key", "1", "x".getBytes(StandardCharsets.UTF_8)))
                .isEqualTo("fc4913c41a7bf793267e2a384f3261c9436ec2cd097bd745e7b0d99113f510ec");
    }

    @Test
    void pagerduty_is_triggered_acknowledged_and_resolved() {
        answers(202, "{\"status\":\"success\",\"dedup_key\":\"k1\"}");
        var pager = service("pagerduty");
        var result =
                (DataTable)
                        pager.call(
                                "trigger",
                                Map.of("routing_key", "r", "summary", "down", "api_url", url));
        assertThat(Caller.plain(result.at("dedup_key"))).isEqualTo("k1");
        var event = got.getFirst();
        assertThat(event.path()).isEqualTo("/v2/enqueue");
        assertThat(event.text("event_action")).isEqualTo("trigger");
        assertThat(event.json().at("payload"))
                .isEqualTo(
                        value(
                                Map.of(
                                        "summary",
                                        "down",
                                        "source",
                                        "sloth-runner",
                                        "severity",
                                        "error")));
        assertThat(
                        pager.truth(
                                "resolve",
                                Map.of("routing_key", "r", "dedup_key", "k1", "api_url", url)))
                .isTrue();
        assertThat(got.get(1).text("event_action")).isEqualTo("resolve");
        assertThatThrownBy(
                        () -> pager.all("acknowledge", Map.of("routing_key", "r", "api_url", url)))
                .hasMessageContaining("'dedup_key' is missing");
        assertThatThrownBy(() ->
                        pager.all(
                                "send",
                                Map.of(
                                        "routing_key",
                                        "r",
                                        "summary",
                                        "s",
                                        "severity",
                                        "bad",
                                        "api_url",
                                        url)))
                .hasMessageContaining("severity is one of");
    }

    @Test
    void ntfy_gets_topic_priority_and_tags() {
        sent(
                "ntfy",
                Map.of(
                        "server",
                        url,
                        "topic",
                        "shop",
                        "message",
                        "m",
                        "priority",
                        "high",
                        "tags",
                        "warning",
                        "token",
                        "tk"));
        var body = got.getFirst();
        assertThat(body.text("topic")).isEqualTo("shop");
        assertThat(body.json().at("priority")).isEqualTo(value(4));
        assertThat(body.json().at("tags")).isEqualTo(value(List.of("warning")));
        assertThat(body.headers()).containsEntry("Authorization", "Bearer tk");
    }

    @Test
    void the_service_can_be_named_by_the_way() {
        var all = new Caller(NotificationsModules.all().getFirst(), host);
        assertThat(
                        all.truth(
                                "send",
                                Map.of("service", "slack", "webhook_url", url, "message", "m")))
                .isTrue();
        assertThat(all.truth("send", "teams", Map.of("webhook_url", url, "message", "m"))).isTrue();
        assertThatThrownBy(() -> all.all("send", "telegraph", Map.of()))
                .hasMessageContaining("service is one of");
        assertThatThrownBy(() -> all.all("send", "slack", Map.of("webhok", url)))
                .hasMessageContaining("no such field: webhok");
    }

    // ---- when it does not work

    @Test
    void a_service_that_is_busy_is_asked_again_when_it_says() throws Exception {
        host.turns.run(this::busy);
    }

    private void busy() {
        ready.add(new Ready(429, "", Map.of("Retry-After", "0")));
        ready.add(new Ready(503, "", Map.of("Retry-After", "Thu, 01 Jan 2026 00:00:00 GMT")));
        var result = sent("slack", Map.of("webhook_url", url, "message", "m"));
        assertThat(result.at("attempts")).isEqualTo(value(3));
        for (int i = 0; i < 3; i++) {
            ready.add(new Ready(429, "slow down", Map.of("Retry-After", "0")));
        }
        assertThat(refusal("slack", Map.of("webhook_url", url, "message", "m")))
                .contains("status 429 after 3 attempts: slow down");
    }

    @Test
    void what_was_refused_is_not_sent_again() {
        answers(400, "invalid_payload");
        assertThat(refusal("slack", Map.of("webhook_url", url, "message", "m")))
                .contains("status 400 after 1 attempt: invalid_payload");
        ready.add(new Ready(302, "", Map.of("Location", url + "/elsewhere")));
        assertThat(refusal("slack", Map.of("webhook_url", url, "message", "m")))
                .contains("status 302");
        assertThat(got).hasSize(2);
    }

    @Test
    void addresses_and_tokens_are_never_told() {
        var secret = url + "/services/T0/B0/s3cret";
        answers(404, "no_service for " + secret);
        assertThat(refusal("slack", Map.of("webhook_url", secret, "message", "m")))
                .doesNotContain("s3cret");
        answers(200, "{\"ok\":false,\"error\":\"bad token xoxb-s3cret\"}");
        var bot = Map.of("token", "xoxb-s3cret", "channel", "c", "message", "m", "api_url", url);
        assertThat(refusal("slack", bot)).contains("bad token").doesNotContain("s3cret");
        answers(403, "bad token xoxb-s3cret");
        assertThat(
                        refusal(
                                "slack",
                                Map.of(
                                        "token",
                                        "xoxb-s3cret",
                                        "channel",
                                        "c",
                                        "message",
                                        "m",
                                        "api_url",
                                        url)))
                .doesNotContain("s3cret");
        server.stop(0);
        assertThat(refusal("discord", Map.of("webhook_url", secret, "message", "m", "retries", 0)))
                .contains("cannot ask Discord")
                .doesNotContain("s3cret");
        assertThatThrownBy(() ->
                        sent("slack", Map.of("webhook_url", "ftp://s3cret/x", "message", "m")))
                .hasMessageContaining("webhook_url is no URL")
                .hasMessageNotContaining("s3cret");
        assertThatThrownBy(() ->
                        sent("slack", Map.of("token", "s3cret\nx", "channel", "c", "message", "m")))
                .hasMessageNotContaining("s3cret");
        assertThat(host.logged.toString()).doesNotContain("s3cret");
    }

    @Test
    void fields_that_are_missing_or_wrong_are_named() {
        assertThatThrownBy(() -> sent("slack", Map.of("webhook_url", url)))
                .hasMessageContaining("'message' is missing");
        assertThatThrownBy(() -> sent("slack", Map.of("message", "m")))
                .hasMessageContaining("give webhook_url, or token and channel");
        assertThatThrownBy(() ->
                        sent("slack", Map.of("webhook_url", url, "message", "m", "retries", 99)))
                .hasMessageContaining("retries is from 0 to 10");
        assertThatThrownBy(() -> sent("webhook", Map.of("url", url)))
                .hasMessageContaining("give payload or message");
        assertThatThrownBy(() ->
                        sent(
                                "webhook",
                                Map.of(
                                        "url",
                                        url,
                                        "message",
                                        "m",
                                        "headers",
                                        Map.of("X-A", "b\r\nX-C: d"))))
                .hasMessageContaining("must be one line");
        assertThatThrownBy(
                        () -> sent("webhook", Map.of("url", url, "payload", "x".repeat(9 << 20))))
                .hasMessageContaining("more than");
        assertThat(got).isEmpty();
    }
}
