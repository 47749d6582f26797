package dev.sloth.plugins.notifications;

import dev.sloth.api.plugin.Call;
import dev.sloth.api.plugin.CallFailure;
import dev.sloth.api.plugin.Function;
import dev.sloth.api.plugin.Host;
import dev.sloth.api.plugin.Module;
import dev.sloth.api.plugin.Parameter;
import dev.sloth.api.plugin.Permission;
import dev.sloth.api.plugin.Results;
import dev.sloth.api.plugin.Type;
import dev.sloth.api.value.DataTable;
import dev.sloth.api.value.Value;
import dev.sloth.plugins.value.Deed;
import dev.sloth.plugins.value.Failures;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/// The module `notifications`, and one below it for each service.
public final class NotificationsModules {
    private static final String NAME = "notifications";

    private NotificationsModules() {}

    private static List<Service> services() {
        return List.of(
                new Webhook(),
                new Slack(),
                new Discord(),
                new Teams(),
                new Email(),
                new PagerDuty(),
                new Ntfy());
    }

    /// The module comes before those that are fields of it.
    public static List<Module> all() {
        var services = services();
        var all = new ArrayList<Module>();
        all.add(
                Module.named(NAME, "Messages to people: by chat, mail, pager and webhook.")
                        .functions(send(services)));
        services.forEach(service -> all.add(module(service)));
        return all;
    }

    private static Module module(Service service) {
        var module =
                Module.named(NAME + "." + service.name(), service.doc())
                        .functions(
                                function(service, "send", "Sends one.", ""),
                                function(service, Function.ITSELF, "The same as send.", ""));
        return service instanceof PagerDuty
                ? module.functions(
                        function(service, "trigger", "Raises an alarm.", "trigger"),
                        function(service, "acknowledge", "Says that it is seen to.", "acknowledge"),
                        function(service, "resolve", "Says that it is over.", "resolve"))
                : module;
    }

    private static Function.Builder sending(String name) {
        return Deed.declared(
                        Function.named(name),
                        "status, attempts and truncated, whether the message had to be cut; ids"
                                + " that the service gave")
                .needs(Permission.NET);
    }

    /// @param action what is done with an alarm; empty where the fields say it
    private static Function function(Service service, String name, String doc, String action) {
        var call = name.equals(Function.ITSELF) ? "" : "." + name;
        return sending(name)
                .doc(doc)
                .param(
                        Parameter.required("message", Type.TABLE, "What to send, and where.")
                                .options(service.options().toArray(Parameter[]::new)))
                .example(NAME + "." + service.name() + call + service.example())
                .body(each -> {
                    var given = each.table("message");
                    return sent(each, service, action.isEmpty() ? given : with(given, action));
                });
    }

    private static Value.Table with(Value.Table given, String action) {
        var all = new DataTable();
        given.entries().forEach(entry -> all.put(entry.key(), entry.value()));
        return all.with("action", action);
    }

    private static Function send(List<Service> services) {
        return sending("send")
                .doc("Sends a message by a service that is named by the way.")
                .param("service", Type.STRING_OR_TABLE, "The service, or all fields with service.")
                .optional("message", Type.TABLE, "What to send, as that service's send takes it.")
                .example("notifications.send(\"slack\", {webhook_url = url, message = \"done\"})")
                .body(call -> {
                    if (!(call.value("service") instanceof Value.Table fields)) {
                        var service = named(services, call.text("service"));
                        if (!call.given("message")) {
                            throw new CallFailure("send needs the fields of the message");
                        }
                        return sent(call, service, call.table("message"));
                    }
                    var service = named(services, String.valueOf(fields.at("service")));
                    var rest = new DataTable();
                    fields.entries().forEach(entry -> rest.put(entry.key(), entry.value()));
                    rest.put("service", Value.Nil.NIL);
                    return sent(call, service, rest);
                });
    }

    private static Service named(List<Service> services, String name) {
        return services.stream()
                .filter(service -> service.name().equals(name))
                .findFirst()
                .orElseThrow(() ->
                        new CallFailure(
                                "service is one of "
                                        + services.stream()
                                                .map(Service::name)
                                                .collect(Collectors.joining(", "))));
    }

    private static List<Value> sent(Call call, Service service, Value.Table given)
            throws InterruptedException {
        if (call.host().phase() == Host.Phase.DEFINE) {
            throw new CallFailure(
                    "messages are sent in a task, not while the script is read for its"
                            + " definitions");
        }
        try {
            return service.send(call.host(), Fields.of(given, service.options(), call)).results();
        } catch (IOException e) {
            return Results.fail(Failures.sentence(e));
        }
    }
}
