package dev.sloth.plugins.vault;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.sloth.api.value.Text;
import dev.sloth.api.value.Value;
import dev.sloth.plugins.data.DocumentBounds;
import dev.sloth.plugins.data.Json;
import dev.sloth.plugins.data.Parsed;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// Answers as the HTTP API of Vault documents it: key-value version 2, AppRole, tokens, wrapping.
final class FakeVault implements AutoCloseable {
    static final String ROLE = "role-1";
    static final String SECRET_ID = "secret-id-1";
    static final String WRAPPING = "wrapping-token-1";
    static final String ROOT = "root-token-1";
    static final int LEASE = 3_600;

    private final HttpServer server;
    private final Map<String, List<String>> versions = new HashMap<>();
    private final Map<String, Instant> tokens = new HashMap<>();
    private final Set<String> deleted = new HashSet<>();
    final List<String> asked = new ArrayList<>();
    Instant now = Instant.EPOCH;
    boolean sealed;
    boolean renews = true;
    private boolean wrapped = true;
    private int given;

    FakeVault() {
        try {
            server =
                    HttpServer.create(
                            new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
        tokens.put(ROOT, Instant.MAX);
        server.createContext("/v1/", this::answer);
        server.start();
    }

    String address() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    /// Keeps another version; `data` is JSON.
    void put(String path, String data) {
        versions.computeIfAbsent(path, _ -> new ArrayList<>()).add(data);
    }

    void delete(String path, int version) {
        deleted.add(path + version);
    }

    /// Whether it repeats what it refuses, as a proxy before it may do.
    boolean chatty;

    private synchronized void answer(HttpExchange exchange) throws IOException {
        var path = exchange.getRequestURI().getRawPath().substring("/v1/".length());
        var query = exchange.getRequestURI().getRawQuery();
        asked.add(exchange.getRequestMethod() + " " + path);
        var token = String.valueOf(exchange.getRequestHeaders().getFirst("X-Vault-Token"));
        byte[] body = exchange.getRequestBody().readAllBytes();
        if (sealed) {
            send(exchange, 503, "{\"errors\":[\"Vault is sealed\"]}");
        } else if (path.equals("auth/approle/login")) {
            login(exchange, body);
        } else if (path.equals("sys/wrapping/unwrap")) {
            unwrap(exchange, token);
        } else if (!tokens.getOrDefault(token, Instant.MIN).isAfter(now)) {
            send(exchange, 403, "{\"errors\":[\"permission denied\"]}");
        } else if (path.equals("auth/token/renew-self")) {
            renew(exchange, token);
        } else {
            read(exchange, path, query == null ? "" : query);
        }
    }

    private void login(HttpExchange exchange, byte[] body) throws IOException {
        if (!field(body, "role_id").equals(ROLE) || !field(body, "secret_id").equals(SECRET_ID)) {
            var said =
                    chatty
                            ? "no secret ID: " + field(body, "secret_id")
                            : "invalid role or secret ID";
            send(exchange, 400, "{\"errors\":[\"%s\"]}".formatted(said));
            return;
        }
        var token = "hvs.token-" + ++given;
        tokens.put(token, now.plusSeconds(LEASE));
        send(exchange, 200, auth(token));
    }

    private static String auth(String token) {
        return """
        {"request_id":"1b1","lease_id":"","renewable":false,"lease_duration":0,"data":null,
         "wrap_info":null,"warnings":null,
         "auth":{"client_token":"%s","accessor":"a1","policies":["default"],
                 "token_policies":["default"],"metadata":{"role_name":"r"},
                 "lease_duration":%d,"renewable":true,"entity_id":"e1","token_type":"service"}}
        """
                .formatted(token, LEASE);
    }

    private void unwrap(HttpExchange exchange, String token) throws IOException {
        if (!token.equals(WRAPPING) || !wrapped) {
            send(exchange, 400, "{\"errors\":[\"wrapping token is not valid or does not exist\"]}");
            return;
        }
        wrapped = false;
        send(
                exchange,
                200,
                "{\"data\":{\"secret_id\":\"%s\",\"secret_id_accessor\":\"b\",\"secret_id_ttl\":0}}"
                        .formatted(SECRET_ID));
    }

    private void renew(HttpExchange exchange, String token) throws IOException {
        if (!renews) {
            send(exchange, 403, "{\"errors\":[\"permission denied\"]}");
            return;
        }
        tokens.put(token, now.plusSeconds(LEASE));
        send(exchange, 200, auth(token));
    }

    private void read(HttpExchange exchange, String path, String query) throws IOException {
        var known = versions.getOrDefault(path, List.of());
        int wanted =
                query.startsWith("version=")
                        ? Integer.parseInt(query.substring("version=".length()))
                        : known.size();
        if (wanted < 1 || wanted > known.size()) {
            send(exchange, 404, "{\"errors\":[]}");
            return;
        }
        boolean gone = deleted.contains(path + wanted);
        send(
                exchange,
                gone ? 404 : 200,
                """
                {"request_id":"2b2","lease_id":"","renewable":false,"lease_duration":0,
                 "data":{"data":%s,"metadata":{"created_time":"2026-01-02T03:04:05.6Z",
                  "custom_metadata":null,"deletion_time":"%s","destroyed":false,"version":%d}},
                 "wrap_info":null,"warnings":null,"auth":null}
                """
                        .formatted(
                                gone ? "null" : known.get(wanted - 1),
                                gone ? "2026-01-03T03:04:05.6Z" : "",
                                wanted));
    }

    private static String field(byte[] body, String name) {
        return Json.parse(body, DocumentBounds.STANDARD) instanceof Parsed.Good(Value.Table all)
                        && all.at(name) instanceof Text text
                ? text.toString()
                : "";
    }

    private static void send(HttpExchange exchange, int status, String text) throws IOException {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().add("Content-Type", "application/json");
        exchange.sendResponseHeaders(status, bytes.length);
        try (var body = exchange.getResponseBody()) {
            body.write(bytes);
        }
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
