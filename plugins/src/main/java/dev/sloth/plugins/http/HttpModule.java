package dev.sloth.plugins.http;

import dev.sloth.api.plugin.Call;
import dev.sloth.api.plugin.CallFailure;
import dev.sloth.api.plugin.Function;
import dev.sloth.api.plugin.Module;
import dev.sloth.api.plugin.Parameter;
import dev.sloth.api.plugin.Permission;
import dev.sloth.api.plugin.Results;
import dev.sloth.api.plugin.Type;
import dev.sloth.api.value.DataTable;
import dev.sloth.api.value.Text;
import dev.sloth.api.value.Value;
import dev.sloth.plugins.data.DocumentBounds;
import dev.sloth.plugins.data.Json;
import dev.sloth.plugins.data.JsonWriter;
import dev.sloth.plugins.data.Parsed;
import dev.sloth.plugins.http.Exchange.Answer;
import dev.sloth.plugins.http.Exchange.Question;
import dev.sloth.plugins.value.Durations;
import dev.sloth.plugins.value.Lists;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/// The module `http`.
public final class HttpModule {
    private static final int SUCCESS_FROM = 200;
    private static final int SUCCESS_BELOW = 300;

    private HttpModule() {}

    public static Module module() {
        return Module.named("http", "Asks web servers.")
                .functions(plain("get"), plain("delete"))
                .functions(sending("post"), sending("put"), sending("patch"), request());
    }

    private static Function.Builder asking(String name) {
        return Function.named(name)
                .returnsOrNil(
                        "response",
                        Type.TABLE,
                        "The fields status_code, status, body, headers, success and, if the body is"
                                + " JSON, json; or nil.")
                .returnsOrNil("error", Type.STRING, "Why there is no answer, or nil.")
                .needs(Permission.NET);
    }

    private static Function plain(String name) {
        var method = name.toUpperCase(Locale.ROOT);
        return asking(name)
                .doc("Sends a " + method + " request and waits for the answer.")
                .param("url", Type.STRING, "Where to.")
                .optional("headers", Type.TABLE, "Headers by name.")
                .example("local response, err = http." + name + "(\"https://example.org/\")")
                .body(call -> ask(call, method, call.value("headers"), Value.Nil.NIL));
    }

    private static Function sending(String name) {
        var method = name.toUpperCase(Locale.ROOT);
        return asking(name)
                .doc("Sends a " + method + " request with a body and waits for the answer.")
                .param("url", Type.STRING, "Where to.")
                .optional("body", Type.STRING_OR_TABLE, "What to send; a table is sent as JSON.")
                .optional("headers", Type.TABLE, "Headers by name.")
                .example("local response = http." + name + "(url, {name = \"web\"})")
                .body(call -> ask(call, method, call.value("headers"), call.value("body")));
    }

    private static Function request() {
        return asking("request")
                .doc("Sends a request and waits for the answer.")
                .param(
                        Parameter.required("options", Type.TABLE, "What to send, and where.")
                                .options(
                                        Parameter.required("url", Type.STRING, "Where to."),
                                        Parameter.optional("method", Type.STRING, "GET if nil."),
                                        Parameter.optional(
                                                "body",
                                                Type.STRING_OR_TABLE,
                                                "What to send; a table is sent as JSON."),
                                        Parameter.optional(
                                                "headers", Type.TABLE, "Headers by name."),
                                        Parameter.optional(
                                                "timeout",
                                                Type.DURATION,
                                                "How long it may take; 30 seconds if nil.")))
                .example("local response = http.request({url = url, method = \"HEAD\"})")
                .body(call -> {
                    var options = call.table("options");
                    var given = options.at("method");
                    var method = given == Value.Nil.NIL ? "GET" : Lists.text(given, "method");
                    var url = Lists.text(options.at("url"), "url");
                    var timeout =
                            options.at("timeout") == Value.Nil.NIL
                                    ? Exchange.TIMEOUT_DEFAULT
                                    : Durations.waiting(options.at("timeout"), "timeout");
                    return ask(
                            call,
                            url,
                            method.toUpperCase(Locale.ROOT),
                            options.at("headers"),
                            options.at("body"),
                            timeout);
                });
    }

    private static List<Value> ask(Call call, String method, Value headers, Value body)
            throws InterruptedException {
        var timeout = Exchange.TIMEOUT_DEFAULT;
        return ask(call, call.text("url"), method, headers, body, timeout);
    }

    private static List<Value> ask(
            Call call, String url, String method, Value headers, Value body, Duration timeout)
            throws InterruptedException {
        if (!timeout.isPositive()) {
            throw new CallFailure("timeout must be positive");
        }
        try {
            var question =
                    new Question(
                            method,
                            Exchange.url(url),
                            headers(call, headers, body),
                            body(call, body),
                            timeout);
            var answer = call.host().blocking(() -> Exchange.ask(question, call));
            return Results.of(response(answer, call));
        } catch (IOException e) {
            return Results.fail(String.valueOf(e.getMessage()));
        }
    }

    private static Map<String, String> headers(Call call, Value given, Value body) {
        var headers = new LinkedHashMap<String, String>();
        if (given instanceof Value.Table table) {
            headers.putAll(Lists.textFields(table, "headers", call));
        }
        boolean typed = headers.keySet().stream().anyMatch("content-type"::equalsIgnoreCase);
        if (body instanceof Value.Table && !typed) {
            headers.put("Content-Type", "application/json");
        }
        return headers;
    }

    private static byte[] body(Call call, Value body) {
        return switch (body) {
            case Value.Nil _ -> new byte[0];
            case Text text -> text.bytes();
            case Value.Table table -> json(call, table);
            case Value.Num _, Value.Bool _, Value.Callable _, Value.Handle _ ->
                    Lists.text(body, "body").getBytes(StandardCharsets.UTF_8);
        };
    }

    private static byte[] json(Call call, Value.Table table) {
        try {
            return JsonWriter.write(table, 0, call).getBytes(StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            throw new CallFailure("the body cannot be sent as JSON: " + e.getMessage(), e);
        }
    }

    private static DataTable response(Answer answer, Call call) {
        var headers = new DataTable();
        new TreeMap<>(answer.headers())
                .forEach((name, values) -> headers.put(name, Text.of(String.join(", ", values))));
        int status = answer.status();
        var response =
                new DataTable()
                        .with("status_code", status)
                        .with("status", status)
                        .with("body", Text.ofBytes(answer.body()))
                        .with("headers", headers)
                        .with("success", status >= SUCCESS_FROM && status < SUCCESS_BELOW);
        var type =
                headers.at("content-type").equals(Value.Nil.NIL)
                        ? ""
                        : headers.at("content-type").toString();
        if (type.contains("json")
                && Json.parse(answer.body(), DocumentBounds.STANDARD.paidBy(call))
                        instanceof Parsed.Good(var json)) {
            response.put("json", json);
        }
        return response;
    }
}
