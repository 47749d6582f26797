package dev.sloth.plugins.log;

import dev.sloth.api.plugin.Call;
import dev.sloth.api.plugin.Function;
import dev.sloth.api.plugin.Host.Level;
import dev.sloth.api.plugin.Module;
import dev.sloth.api.plugin.Results;
import dev.sloth.api.plugin.Type;
import dev.sloth.api.value.Text;
import dev.sloth.api.value.Value;
import dev.sloth.plugins.value.Draft;
import dev.sloth.plugins.value.Shown;
import java.util.LinkedHashMap;
import java.util.Map;

/// The module `log`.
public final class LogModule {
    private LogModule() {}

    public static Module module() {
        return Module.named("log", "Writes to the log of the task and to the output.")
                .functions(
                        level("info", Level.INFO, "Logs what is going on."),
                        level("warn", Level.WARN, "Logs something that may need attention."),
                        level("warning", Level.WARN, "Logs something that may need attention."),
                        level("error", Level.ERROR, "Logs something that went wrong."),
                        level("debug", Level.DEBUG, "Logs a detail, shown only when asked for."),
                        level("success", Level.SUCCESS, "Logs that something was achieved."))
                .functions(print(), table());
    }

    private static Function level(String name, Level level, String doc) {
        return Function.named(name)
                .doc(doc)
                .param("message", Type.ANY, "Any value; tables are shown with their fields.")
                .optional("fields", Type.ANY, "A table of details shown behind the message.")
                .example("log." + name + "(\"deployed\", {version = \"1.4\"})")
                .body(call -> {
                    call.host().log(level, Shown.line(call.value("message")), fields(call));
                    return Results.none();
                });
    }

    /// Details that are no table are shown as one field.
    private static Map<String, Value> fields(Call call) {
        var fields = new LinkedHashMap<String, Value>();
        switch (call.value("fields")) {
            case Value.Nil _ -> {}
            case Value.Table table ->
                    table.entries().forEach(e -> put(call, fields, Shown.line(e.key()), e.value()));
            case Value other -> put(call, fields, "value", other);
        }
        return fields;
    }

    /// All fields come to stand in one line.
    private static void put(Call call, Map<String, Value> fields, String name, Value value) {
        call.take(2L * (name.length() + (value instanceof Text text ? text.bytes().length : 0)));
        fields.put(name, value);
    }

    private static Function print() {
        return Function.named("print")
                .doc("Writes a line to the output, without level or time.")
                .optional("values", Type.ANY, "Any values; they are separated by tabs.")
                .variadic()
                .example("log.print(\"plain\")")
                .body(call -> {
                    var line = new Draft(call);
                    var between = "";
                    for (var value : call.all()) {
                        line.append(between).append(Shown.line(value));
                        between = "\t";
                    }
                    call.host().print(line.toString());
                    return Results.none();
                });
    }

    private static Function table() {
        return Function.named("table")
                .doc("Writes a table to the output, one field a line.")
                .param("value", Type.ANY, "What to show.")
                .optional("title", Type.ANY, "A line above it.")
                .example("log.table({name = \"web\", ports = {80, 443}}, \"Server\")")
                .body(call -> {
                    if (call.given("title")) {
                        call.host().print(Shown.line(call.value("title")));
                    }
                    Shown.lines(call.value("value")).lines().forEach(call.host()::print);
                    return Results.none();
                });
    }
}
