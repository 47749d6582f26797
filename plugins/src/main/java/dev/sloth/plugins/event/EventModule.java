package dev.sloth.plugins.event;

import dev.sloth.api.event.EventRefusal;
import dev.sloth.api.event.Fact;
import dev.sloth.api.plugin.Call;
import dev.sloth.api.plugin.CallFailure;
import dev.sloth.api.plugin.Function;
import dev.sloth.api.plugin.Host;
import dev.sloth.api.plugin.Module;
import dev.sloth.api.plugin.Permission;
import dev.sloth.api.plugin.Results;
import dev.sloth.api.plugin.Type;
import dev.sloth.api.value.DataTable;
import dev.sloth.api.value.Text;
import dev.sloth.api.value.Value;
import java.io.IOException;
import java.util.List;
import java.util.Set;

/// The module `event`.
public final class EventModule {
    private static final Set<String> FILE_CHANGES = Set.of("created", "modified", "deleted");

    private EventModule() {}

    public static Module module() {
        return Module.named(
                        "event",
                        "Says what happened: events are on disk when a function returns, and hooks"
                                + " react to them.")
                .functions(dispatch(), dispatchCustom(), dispatchFile());
    }

    private static Function.Builder named(String name) {
        return Function.named(name)
                .needs(Permission.EVENTS)
                .returns("ok", Type.BOOLEAN, "Whether it was taken.")
                .returnsOrNil("id", Type.STRING, "The event's id; why not when it was not taken.");
    }

    private static Function dispatch() {
        return named("dispatch")
                .doc("Says that something happened.")
                .param("type", Type.STRING, "What: words joined by dots, such as deploy.finished.")
                .optional("data", Type.TABLE, "What else is known of it.")
                .optional(
                        "subject",
                        Type.STRING,
                        "What it happened to: events of one subject are told in their order. The"
                                + " type if nil.")
                .example("event.dispatch(\"deploy.finished\", {service = \"web\"}, \"web\")")
                .body(call -> {
                    var type = Said.text(call, "type");
                    var data = call.given("data") ? call.value("data") : new DataTable();
                    return told(call, type, call.text("subject", type), data);
                });
    }

    private static Function dispatchCustom() {
        return named("dispatch_custom")
                .doc("Says that something happened, as an event of the type `custom`.")
                .param("name", Type.STRING, "What: the event's subject, and `name` in its data.")
                .optional("message", Type.ANY, "What is said of it: `message` in its data.")
                .example("event.dispatch_custom(\"backup\", \"it is done\")")
                .body(call -> {
                    var data =
                            new DataTable()
                                    .with("name", call.text("name"))
                                    .with("message", call.value("message"));
                    return told(call, "custom", call.text("name"), data);
                });
    }

    private static Function dispatchFile() {
        return named("dispatch_file")
                .doc("Says that a file has changed, as a watcher does.")
                .param("change", Type.STRING, "`created`, `modified` or `deleted`.")
                .param("path", Type.STRING, "Which file: the event's subject.")
                .optional("watcher", Type.STRING, "Who saw it.")
                .example("event.dispatch_file(\"created\", \"/srv/in/a.csv\")")
                .body(call -> {
                    var change = call.text("change");
                    if (!FILE_CHANGES.contains(change)) {
                        throw new CallFailure(
                                "change is created, modified or deleted, not '" + change + "'");
                    }
                    var data =
                            new DataTable()
                                    .with("path", call.text("path"))
                                    .with("watcher", call.text("watcher", ""));
                    return told(call, "file." + change, call.text("path"), data);
                });
    }

    private static List<Value> told(Call call, String type, String subject, Value data)
            throws InterruptedException, IOException {
        if (call.host().phase() == Host.Phase.DEFINE) {
            throw new CallFailure(
                    "events cannot be told while the script is read for its definitions: do it in a"
                            + " task");
        }
        try {
            var fact = new Fact(type, subject, data);
            var events = call.host().events();
            var id = call.host().blocking(() -> events.dispatch(fact));
            return List.of(Value.Bool.TRUE, Text.of(id));
        } catch (EventRefusal e) {
            return Results.refuse(String.valueOf(e.getMessage()));
        }
    }
}
