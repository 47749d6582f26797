package dev.sloth.plugins.http;

import dev.sloth.api.plugin.CallFailure;
import dev.sloth.api.value.Allowance;
import dev.sloth.plugins.value.Failures;
import dev.sloth.plugins.value.Intake;
import dev.sloth.plugins.value.Shown;
import java.io.IOException;
import java.io.InputStream;
import java.net.ConnectException;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.channels.UnresolvedAddressException;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Collectors;

/// One request and its answer, within bounds. Public for the modules that fetch things as well.
public final class Exchange {
    /// How long connecting may take.
    public static final Duration CONNECT_MAX = Duration.ofSeconds(10);

    /// How long the whole may take unless another limit is given.
    public static final Duration TIMEOUT_DEFAULT = Duration.ofSeconds(30);

    /// How many redirects are followed.
    public static final int REDIRECTS_MAX = 5;

    /// How many bytes of an answer are taken into memory.
    public static final int BODY_MAX = 64 << 20;

    private static final Set<String> HARMLESS =
            Set.of("accept", "content-encoding", "content-type");

    private static final int MOVED_PERMANENTLY = 301;
    private static final int FOUND = 302;
    private static final int SEE_OTHER = 303;
    private static final int TEMPORARY_REDIRECT = 307;
    private static final int PERMANENT_REDIRECT = 308;

    private Exchange() {}

    /// What to ask.
    ///
    /// @param shown what messages call it, for where the URL is a secret
    public record Question(
            String method,
            URI url,
            Map<String, String> headers,
            byte[] body,
            Duration timeout,
            String shown) {
        public Question {
            headers = Map.copyOf(headers);
        }

        public Question(
                String method,
                URI url,
                Map<String, String> headers,
                byte[] body,
                Duration timeout) {
            this(method, url, headers, body, timeout, url.toString());
        }
    }

    /// What was answered; header names are in small letters.
    public record Answer(int status, Map<String, List<String>> headers, byte[] body) {}

    /// A URL that can be asked.
    ///
    /// @throws IOException when it cannot, saying why
    public static URI url(String text) throws IOException {
        try {
            var url = new URI(text);
            var scheme = String.valueOf(url.getScheme()).toLowerCase(Locale.ROOT);
            if ((scheme.equals("http") || scheme.equals("https")) && url.getHost() != null) {
                return url;
            }
        } catch (URISyntaxException e) {
            throw new IOException("not a URL: " + e.getMessage(), e);
        }
        throw new IOException("not a URL of http or https: " + text);
    }

    /// Asks and waits for the whole answer.
    ///
    /// @param allowance what pays for the body
    /// @throws IOException when there is none within the bounds
    public static Answer ask(Question question, Allowance allowance)
            throws IOException, InterruptedException {
        return ask(question, body -> bounded(body, allowance), REDIRECTS_MAX);
    }

    /// Asks, and takes the first answer as it is: a redirect is not followed.
    ///
    /// @param allowance what pays for the body
    /// @throws IOException when there is none within the bounds
    public static Answer once(Question question, Allowance allowance)
            throws IOException, InterruptedException {
        return ask(question, body -> bounded(body, allowance), 0);
    }

    /// What to do with the body of an answer.
    public interface Sink {
        byte[] take(InputStream body) throws IOException;
    }

    /// Asks, and gives the body of the last answer to the sink as it comes.
    public static Answer fetch(Question question, Sink sink)
            throws IOException, InterruptedException {
        return ask(question, sink, REDIRECTS_MAX);
    }

    private static Answer ask(Question question, Sink sink, int redirects)
            throws IOException, InterruptedException {
        try (var client =
                HttpClient.newBuilder()
                        .connectTimeout(CONNECT_MAX)
                        .followRedirects(HttpClient.Redirect.NEVER)
                        .version(HttpClient.Version.HTTP_1_1)
                        .build()) {
            try {
                return follow(client, question, sink, redirects);
            } finally {
                client.shutdownNow();
            }
        }
    }

    private static Answer follow(HttpClient client, Question first, Sink sink, int redirects)
            throws IOException, InterruptedException {
        long until = System.nanoTime() + first.timeout().toNanos();
        var question = first;
        for (int hops = 0; hops <= redirects; hops++) {
            var left = Duration.ofNanos(until - System.nanoTime());
            if (!left.isPositive()) {
                throw tooSlow(first);
            }
            var future =
                    client.sendAsync(request(question), HttpResponse.BodyHandlers.ofInputStream());
            HttpResponse<InputStream> response;
            try {
                response = future.get(left.toNanos(), TimeUnit.NANOSECONDS);
            } catch (TimeoutException _) {
                future.cancel(true);
                throw tooSlow(first);
            } catch (ExecutionException e) {
                throw failure(e, first);
            }
            var next = redirects == 0 ? Optional.<Question>empty() : redirect(question, response);
            if (next.isEmpty()) {
                return answer(response, sink, until, first);
            }
            response.body().close();
            question = next.get();
        }
        throw new IOException("more than " + redirects + " redirects from " + first.shown());
    }

    private static IOException tooSlow(Question question) {
        return new IOException(
                "timed out after " + Shown.number(question.timeout().toMillis() / 1e3) + "s");
    }

    private static IOException failure(ExecutionException e, Question question) {
        var cause = e.getCause();
        var why =
                switch (cause) {
                    case ConnectException c when c.getMessage() == null -> unconnected(c);
                    case IOException io -> Failures.sentence(io);
                    case null, default -> String.valueOf(cause);
                };
        return new IOException("cannot ask " + question.shown() + ": " + why, e);
    }

    /// Java leaves out the reason where it matters most.
    private static String unconnected(ConnectException e) {
        for (Throwable t = e; t != null; t = t.getCause()) {
            if (t instanceof UnresolvedAddressException) {
                return "there is no host of that name";
            }
        }
        return "the connection was refused";
    }

    private static HttpRequest request(Question question) {
        try {
            var builder =
                    HttpRequest.newBuilder(question.url())
                            .method(
                                    question.method(),
                                    question.body().length == 0
                                            ? HttpRequest.BodyPublishers.noBody()
                                            : HttpRequest.BodyPublishers.ofByteArray(
                                                    question.body()));
            question.headers().forEach(builder::setHeader);
            return builder.build();
        } catch (IllegalArgumentException e) {
            throw new CallFailure("the request cannot be made: " + e.getMessage(), e);
        }
    }

    /// The question to ask next, empty when this is the answer. Secrets in headers do not go to
    /// another host.
    private static Optional<Question> redirect(
            Question question, HttpResponse<InputStream> response) throws IOException {
        var location = response.headers().firstValue("location");
        int status = response.statusCode();
        boolean seeOther = status == SEE_OTHER || status == FOUND || status == MOVED_PERMANENTLY;
        boolean same = status == TEMPORARY_REDIRECT || status == PERMANENT_REDIRECT;
        if (location.isEmpty() || !(seeOther || same)) {
            return Optional.empty();
        }
        URI next;
        try {
            next = url(question.url().resolve(location.get()).toString());
        } catch (IllegalArgumentException e) {
            throw new IOException("redirected to what is no URL: " + location.get(), e);
        }
        if (question.url().getScheme().equalsIgnoreCase("https")
                && !next.getScheme().equalsIgnoreCase("https")) {
            throw new IOException("redirected from https to " + next);
        }
        boolean sameHost = question.url().getAuthority().equalsIgnoreCase(next.getAuthority());
        boolean get =
                status == SEE_OTHER
                        ? !question.method().equals("HEAD")
                        : seeOther && question.method().equals("POST");
        return Optional.of(
                new Question(
                        get ? "GET" : question.method(),
                        next,
                        sameHost ? question.headers() : harmless(question.headers()),
                        get ? new byte[0] : question.body(),
                        question.timeout()));
    }

    /// What says how to read the body, and nothing else: any other header may be a secret.
    private static Map<String, String> harmless(Map<String, String> headers) {
        return headers.entrySet().stream()
                .filter(h -> HARMLESS.contains(h.getKey().toLowerCase(Locale.ROOT)))
                .collect(Collectors.toUnmodifiableMap(Map.Entry::getKey, Map.Entry::getValue));
    }

    /// Reads the body on a thread of its own, so that a trickling one ends in time.
    private static Answer answer(
            HttpResponse<InputStream> response, Sink sink, long until, Question question)
            throws IOException, InterruptedException {
        var body = response.body();
        var done = new CompletableFuture<byte[]>();
        var reading =
                Thread.ofVirtual()
                        .start(() -> {
                            try (body) {
                                done.complete(sink.take(body));
                            } catch (IOException | RuntimeException | Error e) {
                                done.completeExceptionally(e);
                            }
                        });
        try {
            var bytes = done.get(until - System.nanoTime(), TimeUnit.NANOSECONDS);
            return new Answer(response.statusCode(), response.headers().map(), bytes);
        } catch (TimeoutException _) {
            throw tooSlow(question);
        } catch (ExecutionException e) {
            Failures.rethrow(e.getCause());
            throw failure(e, question);
        } finally {
            reading.interrupt();
        }
    }

    private static byte[] bounded(InputStream body, Allowance allowance) throws IOException {
        return Intake.all(body, BODY_MAX, allowance)
                .orElseThrow(
                        () -> new IOException("the answer has more than " + BODY_MAX + " bytes"));
    }
}
