package dev.sloth.cli;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.concurrent.Executors;
import java.util.regex.Pattern;

/// Prints the rows of [StateFigures] that etcd has too, asked through its JSON gateway.
///
/// Arguments: the address of an etcd, such as `http://127.0.0.1:2379`.
public final class EtcdFigures {
    private static final Pattern VALUE = Pattern.compile("\"value\":\"([A-Za-z0-9+/=]*)\"");
    private static final int SAMPLES_MAX = 4_000_000;

    private final URI address;
    private final HttpClient client =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    private EtcdFigures(URI address) {
        this.address = address;
    }

    /// @param arguments as told above
    public static void main(String[] arguments) throws Exception {
        new EtcdFigures(URI.create(arguments[0])).all();
    }

    private void all() throws Exception {
        Rounds.heading();
        var _ = put("read", "1");
        Rounds.both(
                "etcd: reads of one value",
                _ -> () -> ask("/v3/kv/range", "{\"key\":\"%s\"}".formatted(base64("read"))));
        Rounds.both("etcd: durable compare and swap", this::swapping);
        Rounds.row("etcd: hand-overs of a lock", 2, _ -> this::handOver);
        watched();
    }

    private static String base64(String text) {
        return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }

    private HttpRequest request(String path, String body) {
        return HttpRequest.newBuilder(address.resolve(path))
                .POST(HttpRequest.BodyPublishers.ofString(body))
                .build();
    }

    private String ask(String path, String body) throws IOException, InterruptedException {
        var response = client.send(request(path, body), HttpResponse.BodyHandlers.ofString());
        if (response.statusCode() != 200) {
            throw new IOException(path + " answers " + response.body());
        }
        return response.body();
    }

    private String put(String key, String value) throws IOException, InterruptedException {
        return ask(
                "/v3/kv/put",
                "{\"key\":\"%s\",\"value\":\"%s\"}".formatted(base64(key), base64(value)));
    }

    /// Each thread on a key of its own, always with what is there.
    private Rounds.Act swapping(int thread) {
        var key = "swap/" + thread;
        var last = new long[1];
        return () -> {
            if (last[0] == 0) {
                var _ = put(key, "0");
            }
            var answer = ask("/v3/kv/txn", swap(key, last[0], last[0] + 1));
            last[0]++;
            if (!answer.contains("\"succeeded\":true")) {
                throw new IllegalStateException("somebody else swapped " + key);
            }
            return answer;
        };
    }

    private static String swap(String key, long old, long next) {
        return """
        {"compare":[{"key":"%s","target":"VALUE","result":"EQUAL","value":"%s"}],
         "success":[{"request_put":{"key":"%s","value":"%s"}}]}\
        """
                .formatted(
                        base64(key),
                        base64(Long.toString(old)),
                        base64(key),
                        base64(Long.toString(next)));
    }

    private Object handOver() throws IOException, InterruptedException {
        var lease =
                ask("/v3/lease/grant", "{\"TTL\":30}").replaceAll(".*\"ID\":\"(\\d+)\".*", "$1");
        var locked =
                ask(
                        "/v3/lock/lock",
                        "{\"name\":\"%s\",\"lease\":%s}".formatted(base64("l"), lease));
        var key = locked.replaceAll(".*\"key\":\"([^\"]*)\".*", "$1");
        return ask("/v3/lock/unlock", "{\"key\":\"%s\"}".formatted(key));
    }

    /// From the call that changes something to the moment when a watch has told of it.
    private void watched() throws Exception {
        var body =
                "{\"create_request\":{\"key\":\"%s\",\"range_end\":\"%s\"}}"
                        .formatted(base64("watched/"), base64("watched0"));
        var response =
                client.send(request("/v3/watch", body), HttpResponse.BodyHandlers.ofInputStream());
        var delays = new long[SAMPLES_MAX];
        int seen = 0;
        long end = System.nanoTime() + Rounds.MEASURED.toNanos();
        try (var lines =
                        new BufferedReader(
                                new InputStreamReader(response.body(), StandardCharsets.UTF_8));
                var threads = Executors.newFixedThreadPool(Rounds.MANY)) {
            for (int i = 0; i < Rounds.MANY; i++) {
                var key = "watched/" + i;
                var _ = threads.submit(() -> writing(key, end));
            }
            var line = lines.readLine();
            while (line != null && System.nanoTime() < end) {
                var values = VALUE.matcher(line);
                while (values.find()) {
                    delays[seen++] = System.nanoTime() - number(values.group(1));
                }
                line = lines.readLine();
            }
        }
        Rounds.print(
                "etcd: changes told by a watch, of sixteen who write one at a time",
                1,
                Arrays.copyOf(delays, seen));
    }

    private static long number(String base64) {
        var bytes = Base64.getDecoder().decode(base64);
        return Long.parseLong(new String(bytes, StandardCharsets.UTF_8));
    }

    private Object writing(String key, long end) throws IOException, InterruptedException {
        while (System.nanoTime() < end) {
            var _ = put(key, Long.toString(System.nanoTime()));
        }
        return key;
    }
}
