package dev.sloth.plugins.vault;

import dev.sloth.api.value.Allowance;
import dev.sloth.api.value.DataTable;
import dev.sloth.api.value.Text;
import dev.sloth.api.value.Value;
import dev.sloth.api.workflow.Problems;
import dev.sloth.plugins.data.DocumentBounds;
import dev.sloth.plugins.data.Json;
import dev.sloth.plugins.data.JsonWriter;
import dev.sloth.plugins.data.Parsed;
import dev.sloth.plugins.value.Failures;
import java.io.IOException;
import java.io.InputStream;
import java.net.http.HttpClient;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.CertificateFactory;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLException;
import javax.net.ssl.TrustManagerFactory;

/// Asks a Vault and reads its answers.
final class VaultClient implements AutoCloseable {
    private static final int ANSWER_MAX = 1 << 20;
    private static final DocumentBounds BOUNDS = new DocumentBounds(ANSWER_MAX, 50, 10_000);
    private static final int FOUND = 200;
    private static final int NO_CONTENT = 204;
    private static final int FORBIDDEN = 403;
    private static final int ABSENT = 404;
    private static final int BAD = 400;
    private static final int SEALED = 503;

    private final VaultConfig config;
    private final HttpClient http;

    VaultClient(VaultConfig config) {
        this.config = config;
        var builder =
                HttpClient.newBuilder()
                        .connectTimeout(config.timeout())
                        .followRedirects(HttpClient.Redirect.NEVER);
        if (!config.authorities().isEmpty()) {
            builder.sslContext(trusting());
        }
        this.http = builder.build();
    }

    private SSLContext trusting() {
        try (var in = Files.newInputStream(config.folder().resolve(config.authorities()))) {
            var store = KeyStore.getInstance(KeyStore.getDefaultType());
            store.load(null, null);
            int n = 0;
            for (var each : CertificateFactory.getInstance("X.509").generateCertificates(in)) {
                store.setCertificateEntry("authority-" + n++, each);
            }
            var trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
            trust.init(store);
            var context = SSLContext.getInstance("TLS");
            context.init(null, trust.getTrustManagers(), null);
            return context;
        } catch (IOException e) {
            throw unread(Failures.sentence(e));
        } catch (GeneralSecurityException | RuntimeException e) {
            throw unread("there is none in it");
        }
    }

    private static Problems unread(String why) {
        return Trouble.with(
                "the certificates of VAULT_CACERT cannot be read: " + why,
                "name a file with certificates in PEM");
    }

    /// What a Vault answered: empty when there is nothing at that place.
    Optional<Value.Table> get(String path, String token) throws InterruptedException {
        return ask(request(path, token).GET().build(), path, List.of(token));
    }

    /// The answer to something sent, which is always there.
    Value.Table post(String path, String token, DataTable body) throws InterruptedException {
        var text = JsonWriter.write(body, 0, Allowance.FREE);
        var request =
                request(path, token)
                        .header("Content-Type", "application/json")
                        .POST(HttpRequest.BodyPublishers.ofString(text))
                        .build();
        return ask(request, path, credentials(token, body))
                .orElseThrow(() ->
                        Trouble.with(
                                "there is nothing at " + path,
                                "the engine or method may be mounted elsewhere"));
    }

    /// What must not come back in a message.
    private static List<String> credentials(String token, DataTable body) {
        var all = new ArrayList<>(List.of(token));
        body.entries().forEach(entry -> all.add(entry.value().toString()));
        return all;
    }

    private HttpRequest.Builder request(String path, String token) {
        var builder =
                HttpRequest.newBuilder(config.address().resolve("/v1/" + path))
                        .timeout(config.timeout())
                        .header("X-Vault-Request", "true");
        if (!token.isEmpty()) {
            builder.header("X-Vault-Token", token);
        }
        if (!config.namespace().isEmpty()) {
            builder.header("X-Vault-Namespace", config.namespace());
        }
        return builder;
    }

    private Optional<Value.Table> ask(HttpRequest request, String path, List<String> credentials)
            throws InterruptedException {
        try {
            var answer = http.send(request, HttpResponse.BodyHandlers.ofInputStream());
            try (InputStream in = answer.body()) {
                byte[] bytes = in.readNBytes(ANSWER_MAX + 1);
                try {
                    return read(answer.statusCode(), bytes, path, credentials);
                } finally {
                    Arrays.fill(bytes, (byte) 0);
                }
            }
        } catch (HttpConnectTimeoutException e) {
            throw unreachable("it does not answer");
        } catch (HttpTimeoutException e) {
            throw unreachable("it took longer than %d s".formatted(config.timeout().toSeconds()));
        } catch (SSLException e) {
            throw Trouble.with(
                    "its certificate is not trusted, or it speaks no TLS",
                    "VAULT_CACERT names a file with the authority's certificate");
        } catch (IOException e) {
            throw unreachable("it cannot be reached: " + Failures.sentence(e));
        }
    }

    private Problems unreachable(String why) {
        return Trouble.with(
                "%s: %s".formatted(config.address(), why), "see that it runs at VAULT_ADDR");
    }

    private static Optional<Value.Table> read(
            int status, byte[] bytes, String path, List<String> credentials) {
        return switch (status) {
            case FOUND -> Optional.of(table(bytes, path));
            case NO_CONTENT -> Optional.of(new DataTable());
            case ABSENT -> absent(bytes);
            case FORBIDDEN ->
                    throw Trouble.with(
                            "it refuses " + path + ": permission denied",
                            "the token has expired, or its policy does not allow to read this");
            case BAD ->
                    throw Trouble.with(
                            "it refuses " + path + ": " + errors(bytes, credentials),
                            "the role or its secret id is not right, or the engine is not of"
                                    + " version 2");
            case SEALED ->
                    throw Trouble.with(
                            "it is sealed, or not ready", "unseal it, or ask again later");
            default ->
                    throw Trouble.with(
                            "it answers %s with status %d".formatted(path, status),
                            "see the log of the Vault");
        };
    }

    /// A version that was deleted is told with its metadata and without data.
    private static Optional<Value.Table> absent(byte[] bytes) {
        return Json.parse(bytes, BOUNDS) instanceof Parsed.Good(Value.Table all)
                        && all.at("data") instanceof Value.Table
                ? Optional.of(all)
                : Optional.empty();
    }

    private static Value.Table table(byte[] bytes, String path) {
        if (bytes.length > ANSWER_MAX) {
            throw Trouble.with(
                    "its answer to " + path + " is larger than " + ANSWER_MAX + " bytes",
                    "keep less in one secret");
        }
        if (Json.parse(bytes, BOUNDS) instanceof Parsed.Good(Value.Table all)) {
            return all;
        }
        throw Trouble.with(
                "its answer to " + path + " is no JSON document", "see that VAULT_ADDR is a Vault");
    }

    /// What it says is wrong; nothing of that when it says our credentials back.
    private static String errors(byte[] bytes, List<String> credentials) {
        if (Json.parse(bytes, BOUNDS) instanceof Parsed.Good(Value.Table all)
                && all.at("errors") instanceof Value.Table list
                && list.at(1) instanceof Text first) {
            var text = new String(first.bytes(), StandardCharsets.UTF_8);
            boolean tells =
                    credentials.stream().anyMatch(each -> !each.isEmpty() && text.contains(each));
            return tells ? "bad request" : text.lines().findFirst().orElse("bad request");
        }
        return "bad request";
    }

    @Override
    public void close() {
        http.close();
    }
}
