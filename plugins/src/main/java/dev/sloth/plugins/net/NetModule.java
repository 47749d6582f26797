package dev.sloth.plugins.net;

import dev.sloth.api.plugin.Call;
import dev.sloth.api.plugin.CallFailure;
import dev.sloth.api.plugin.Function;
import dev.sloth.api.plugin.Module;
import dev.sloth.api.plugin.Permission;
import dev.sloth.api.plugin.Results;
import dev.sloth.api.plugin.Type;
import dev.sloth.api.value.DataTable;
import dev.sloth.api.value.Text;
import dev.sloth.api.value.Value;
import dev.sloth.plugins.http.Exchange;
import dev.sloth.plugins.http.Exchange.Question;
import dev.sloth.plugins.value.Durations;
import dev.sloth.plugins.value.Failures;
import dev.sloth.plugins.value.Lists;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;

/// The module `net`.
public final class NetModule {
    /// How long a download may take.
    private static final Duration DOWNLOAD_MAX = Duration.ofMinutes(30);

    private static final int PORT_MAX = 65_535;
    private static final int FIRST_FAILURE = 300;
    private static final int CHUNK = 1 << 16;

    private NetModule() {}

    public static Module module() {
        return Module.named("net", "Fetches from the network and looks at ports.")
                .functions(httpGet(), httpPost(), download(), portCheck());
    }

    private static Function.Builder fetching(String name) {
        return Function.named(name)
                .param("url", Type.STRING, "Where to.")
                .returnsOrNil("body", Type.STRING, "What was answered, or nil.")
                .returnsOrNil("status", Type.INTEGER, "The status of the answer, or nil.")
                .returnsOrNil("headers", Type.TABLE, "Each name with a list of values, or nil.")
                .returnsOrNil("error", Type.STRING, "Why there is no answer, or nil.")
                .needs(Permission.NET);
    }

    private static Function httpGet() {
        return fetching("http_get")
                .doc("Fetches a URL. The module http gives more of the answer.")
                .example("local body, status, headers, err = net.http_get(url)")
                .body(call -> fetch(call, "GET", Map.of(), new byte[0]));
    }

    private static Function httpPost() {
        return fetching("http_post")
                .doc("Sends a text to a URL.")
                .param("body", Type.STRING, "What to send.")
                .optional("headers", Type.TABLE, "Headers by name.")
                .example("local body, status = net.http_post(url, \"a=1\")")
                .body(call ->
                        fetch(
                                call,
                                "POST",
                                call.given("headers")
                                        ? Lists.textFields(call.table("headers"), "headers", call)
                                        : Map.of(),
                                call.bytes("body").bytes()));
    }

    private static List<Value> fetch(
            Call call, String method, Map<String, String> headers, byte[] body)
            throws InterruptedException {
        var nil = Value.Nil.NIL;
        try {
            var url = Exchange.url(call.text("url"));
            var question = new Question(method, url, headers, body, Exchange.TIMEOUT_DEFAULT);
            var answer = call.host().blocking(() -> Exchange.ask(question, call));
            var names = new DataTable();
            answer.headers()
                    .forEach((name, values) ->
                            names.put(
                                    name, DataTable.list(values.stream().map(Text::of).toList())));
            return Results.of(
                    Text.ofBytes(answer.body()), new Value.Num(answer.status()), names, nil);
        } catch (IOException e) {
            return Results.of(nil, nil, nil, Text.of(String.valueOf(e.getMessage())));
        }
    }

    private static Function download() {
        return Function.named("download")
                .doc("Fetches a URL into a file.")
                .param("url", Type.STRING, "Where from.")
                .param("path", Type.STRING, "Where to; relative ones start at the task's workdir.")
                .returnsOrNil("error", Type.STRING, "Nil if it succeeded, else why not.")
                .needs(Permission.NET)
                .needs(Permission.FS)
                .example("local err = net.download(url, \"tool.tar.gz\")")
                .body(call -> {
                    var target = target(call);
                    var suffix = HexFormat.of().toHexDigits(call.host().random().nextLong());
                    var beside = target.resolveSibling(target.getFileName() + "." + suffix);
                    try {
                        var url = Exchange.url(call.text("url"));
                        var question =
                                new Question("GET", url, Map.of(), new byte[0], DOWNLOAD_MAX);
                        call.host().blocking(() -> fetch(question, beside, target));
                        return Results.of(Value.Nil.NIL);
                    } catch (IOException e) {
                        return Results.text(Failures.sentence(e));
                    }
                });
    }

    private static Path target(Call call) {
        try {
            var target = call.host().folder().resolve(call.text("path")).normalize();
            if (target.getFileName() == null) {
                throw new CallFailure("path names no file");
            }
            return target;
        } catch (InvalidPathException e) {
            throw new CallFailure("path is not a path: " + e.getReason(), e);
        }
    }

    private static boolean fetch(Question question, Path beside, Path target)
            throws IOException, InterruptedException {
        if (Files.isDirectory(target)) {
            throw new FileSystemException(target.toString(), null, "is a directory");
        }
        try {
            var answer = Exchange.fetch(question, body -> copied(body, beside));
            if (answer.status() >= FIRST_FAILURE) {
                throw new IOException(question.url() + " answered with " + answer.status());
            }
            Files.move(beside, target, StandardCopyOption.REPLACE_EXISTING);
            return true;
        } finally {
            Files.deleteIfExists(beside);
        }
    }

    private static byte[] copied(InputStream body, Path file) throws IOException {
        try (var out = Files.newOutputStream(file)) {
            var chunk = new byte[CHUNK];
            int read = body.read(chunk);
            while (read >= 0) {
                out.write(chunk, 0, read);
                read = body.read(chunk);
            }
        }
        return new byte[0];
    }

    private static Function portCheck() {
        return Function.named("port_check")
                .doc("Says whether something listens at a TCP port.")
                .param("host", Type.STRING, "The host.")
                .param("port", Type.INTEGER, "The port.")
                .optional("timeout", Type.ANY, "How long to try, such as 2s; 5 seconds if nil.")
                .returns("open", Type.BOOLEAN, "Whether it could be connected to.")
                .returns("message", Type.STRING, "What was found.")
                .needs(Permission.NET)
                .example("if net.port_check(\"localhost\", 5432) then log.info(\"up\") end")
                .body(NetModule::portCheck);
    }

    private static List<Value> portCheck(Call call) throws InterruptedException {
        long port = call.integer("port");
        if (port < 1 || port > PORT_MAX) {
            throw new CallFailure("port is a number from 1 to " + PORT_MAX);
        }
        var timeout =
                call.given("timeout")
                        ? Durations.waiting(call.value("timeout"), "timeout")
                        : Duration.ofSeconds(5);
        int ms = Math.clamp(timeout.toMillis(), 1, Integer.MAX_VALUE);
        var host = call.text("host");
        try {
            call.host()
                    .blocking(() -> {
                        try (var socket = new Socket()) {
                            socket.connect(new InetSocketAddress(host, (int) port), ms);
                        }
                        return true;
                    });
            return Results.of(Value.Bool.TRUE, Text.of(host + ":" + port + " is open"));
        } catch (IOException e) {
            return Results.refuse(host + ":" + port + ": " + Failures.sentence(e));
        }
    }
}
