package dev.sloth.plugins.notifications;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.sloth.api.value.Value;
import dev.sloth.plugins.testing.Caller;
import dev.sloth.plugins.testing.TestHost;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Against a server that tells in its answer all that it was asked.
class AddressesHiddenTest {
    private static final String TARGET = "/hooks/T0K3N-of-path/x%2Fs3cret?key=s3cret-of-query&b=1";

    private HttpServer server;
    private String url = "";
    private String answer = "";

    @BeforeEach
    void start() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.createContext("/", this::refuse);
        server.start();
        url = "http://127.0.0.1:" + server.getAddress().getPort();
    }

    @AfterEach
    void stop() {
        server.stop(0);
    }

    private void refuse(HttpExchange exchange) throws IOException {
        var target = exchange.getRequestURI();
        var bytes =
                (answer.isEmpty()
                                ? "no %s (%s), query %s at %s%s"
                                        .formatted(
                                                target.getRawPath(),
                                                target.getPath(),
                                                target.getQuery(),
                                                exchange.getRequestHeaders().getFirst("Host"),
                                                target)
                                : answer)
                        .getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(404, bytes.length);
        try (var out = exchange.getResponseBody()) {
            out.write(bytes);
        }
    }

    private String refusal(String service, String field) {
        var module =
                NotificationsModules.all().stream()
                        .filter(m -> m.name().equals("notifications." + service))
                        .findFirst();
        var caller = new Caller(module.orElseThrow(), new TestHost());
        var fields =
                service.equals("ntfy")
                        ? Map.of(field, url + TARGET, "message", "m", "topic", "t0pic-of-mine")
                        : Map.of(field, url + TARGET, "message", "m");
        var results = caller.all("send", fields);
        assertThat(results.getFirst()).isEqualTo(Value.Nil.NIL);
        return Caller.plain(results.get(1));
    }

    private void tellsNothing(String said) {
        assertThat(said)
                .contains("refused the message with status 404")
                .doesNotContain("T0K3N")
                .doesNotContain("s3cret")
                .doesNotContain("t0pic")
                .doesNotContain(url.substring("http://".length()));
    }

    @ParameterizedTest
    @CsvSource({
        "slack, webhook_url",
        "discord, webhook_url",
        "teams, webhook_url",
        "webhook, url",
        "ntfy, server"
    })
    void an_answer_that_repeats_the_address_does_not_give_it_away(String service, String field) {
        tellsNothing(refusal(service, field));
        answer = "{\"error\":\"no " + TARGET.replace("/", "\\/") + " here\"}";
        tellsNothing(refusal(service, field));
        answer = "unknown token T0K3N-of-path";
        tellsNothing(refusal(service, field));
    }

    @Test
    void an_address_at_the_place_where_the_answer_is_cut_is_not_shown_in_half() {
        answer = "x".repeat(180) + " " + url + TARGET;
        tellsNothing(refusal("webhook", "url"));
    }

    @Test
    void words_as_short_as_those_of_any_text_are_left() {
        assertThat(AddressParts.of(URI.create("https://h.example/a/b?c=d")))
                .contains("/a/b?c=d", "/a/b", "h.example")
                .doesNotContain("a", "b", "d", "/");
    }
}
