package dev.sloth.plugins.notifications;

import dev.sloth.api.plugin.CallFailure;
import dev.sloth.api.plugin.Host;
import dev.sloth.api.value.Allowance;
import dev.sloth.api.value.Value;
import dev.sloth.plugins.data.JsonWriter;
import dev.sloth.plugins.http.Exchange;
import dev.sloth.plugins.http.Exchange.Answer;
import dev.sloth.plugins.http.Exchange.Question;
import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

/// Hands a message to a service over HTTP.
final class Delivery {
    /// How often it is tried again at most.
    static final int RETRIES_MAX = 10;

    static final int RETRIES_DEFAULT = 2;

    /// How long a service may make us wait before the next attempt.
    static final Duration WAIT_MAX = Duration.ofSeconds(60);

    private static final Duration FIRST_WAIT = Duration.ofSeconds(1);
    private static final int SUCCESS_FROM = 200;
    private static final int SUCCESS_BELOW = 300;

    /// Answers that say that nothing was taken.
    private static final Set<Integer> AGAIN = Set.of(429, 502, 503, 504);

    /// How much of an answer is worth telling.
    private static final int ANSWER_SHOWN_MAX = 200;

    private final String service;
    private final URI url;
    private final Map<String, String> headers = new LinkedHashMap<>();
    private final byte[] body;
    private final List<String> secrets;
    private final Duration timeout;
    private final int retries;
    private final Allowance allowance;

    /// What was answered in the end.
    record Taken(Answer answer, int attempts) {
        String text() {
            return new String(answer.body(), StandardCharsets.UTF_8);
        }
    }

    /// @param secrets that the service could repeat in its answer
    Delivery(String service, URI url, byte[] body, Fields fields, List<String> secrets) {
        this.service = service;
        this.url = url;
        this.body = body;
        this.secrets = secrets;
        this.timeout = fields.duration("timeout", Exchange.TIMEOUT_DEFAULT);
        long given = fields.integer("retries", RETRIES_DEFAULT);
        if (given < 0 || given > RETRIES_MAX) {
            throw new CallFailure("retries is from 0 to " + RETRIES_MAX);
        }
        this.retries = (int) given;
        this.allowance = fields.allowance();
    }

    /// An address that is a secret.
    ///
    /// @throws CallFailure when it is none, without repeating it
    static URI secretUrl(Fields fields, String name) {
        return url(fields.needed(name), name);
    }

    static URI url(String text, String name) {
        try {
            return Exchange.url(text.strip());
        } catch (IOException _) {
            // the cause would repeat it
            throw new CallFailure(name + " is no URL of http or https");
        }
    }

    static byte[] json(Value.Table payload, Fields fields) {
        return json(() -> JsonWriter.write(payload, 0, fields.allowance()));
    }

    static byte[] jsonEmptyAsList(Value.Table payload, Fields fields) {
        return json(() -> JsonWriter.writeEmptyAsList(payload, 0, fields.allowance()));
    }

    private static byte[] json(Supplier<String> writing) {
        try {
            return writing.get().getBytes(StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            throw new CallFailure("the message cannot be sent as JSON: " + e.getMessage(), e);
        }
    }

    Delivery header(String name, String value) {
        headers.put(name, value);
        return this;
    }

    /// @throws IOException when no attempt was successful
    Taken send(Host host) throws IOException, InterruptedException {
        var wait = FIRST_WAIT;
        for (int attempt = 1; ; attempt++) {
            boolean last = attempt > retries;
            var answer = asked(host, last);
            if (answer.isEmpty()) {
                host.concurrency().sleep(wait);
            } else if (isTaken(answer.get())) {
                return new Taken(answer.get(), attempt);
            } else if (last || !AGAIN.contains(answer.get().status())) {
                throw new IOException(refused(answer.get(), attempt));
            } else {
                host.concurrency().sleep(pause(answer.get(), wait, host.time().instant()));
            }
            wait = shorter(wait.multipliedBy(2));
        }
    }

    private static boolean isTaken(Answer answer) {
        return answer.status() >= SUCCESS_FROM && answer.status() < SUCCESS_BELOW;
    }

    /// One attempt; empty when nobody was reached and it is to be tried again. What was cut short
    /// may have been taken, and is not.
    private Optional<Answer> asked(Host host, boolean last)
            throws IOException, InterruptedException {
        var question = new Question("POST", url, headers, body, timeout, service);
        try {
            return Optional.of(host.blocking(() -> Exchange.once(question, allowance)));
        } catch (IOException e) {
            if (last || !isUnreached(e)) {
                throw new IOException(hidden(String.valueOf(e.getMessage())), e);
            }
            return Optional.empty();
        }
    }

    private static boolean isUnreached(Throwable e) {
        for (var cause = e; cause != null; cause = cause.getCause()) {
            if (cause instanceof ConnectException) {
                return true;
            }
        }
        return false;
    }

    /// Without the address, which may be a secret as a whole and in parts, and without secrets.
    String hidden(String text) {
        var shown = text;
        for (var part : AddressParts.of(url)) {
            shown = shown.replace(part, "(its address)");
        }
        for (var secret : secrets) {
            shown = secret.isEmpty() ? shown : shown.replace(secret, "***");
        }
        return shown;
    }

    private static Duration shorter(Duration wait) {
        return wait.compareTo(WAIT_MAX) > 0 ? WAIT_MAX : wait;
    }

    private String refused(Answer answer, int attempts) {
        // Hidden before it is cut: half a secret is none that could be found.
        var said = hidden(new String(answer.body(), StandardCharsets.UTF_8)).strip();
        var shown = said.length() > ANSWER_SHOWN_MAX ? said.substring(0, ANSWER_SHOWN_MAX) : said;
        return "%s refused the message with status %d after %s%s"
                .formatted(
                        service,
                        answer.status(),
                        attempts == 1 ? "1 attempt" : attempts + " attempts",
                        shown.isEmpty() ? "" : ": " + shown);
    }

    /// How long to wait, as the service asks or as we would.
    private static Duration pause(Answer answer, Duration otherwise, Instant now) {
        var given = answer.headers().getOrDefault("retry-after", List.of());
        if (given.isEmpty()) {
            return otherwise;
        }
        var text = given.getFirst().strip();
        if (text.matches("\\d{1,6}(\\.\\d{1,6})?")) {
            return shorter(Duration.ofMillis(Math.round(Double.parseDouble(text) * 1000)));
        }
        try {
            var at = ZonedDateTime.parse(text, DateTimeFormatter.RFC_1123_DATE_TIME).toInstant();
            var left = Duration.between(now, at);
            return shorter(left.isNegative() ? Duration.ZERO : left);
        } catch (DateTimeParseException _) {
            return otherwise;
        }
    }
}
