package dev.sloth.plugins.event;

import dev.sloth.api.event.EventRefusal;
import dev.sloth.api.event.Watcher;
import dev.sloth.api.event.Watcher.Kind;
import dev.sloth.api.plugin.Call;
import dev.sloth.api.plugin.CallFailure;
import dev.sloth.api.plugin.Function;
import dev.sloth.api.plugin.Host;
import dev.sloth.api.plugin.Module;
import dev.sloth.api.plugin.Permission;
import dev.sloth.api.plugin.Processes.Command;
import dev.sloth.api.plugin.Results;
import dev.sloth.api.plugin.Type;
import dev.sloth.api.value.DataTable;
import dev.sloth.api.value.Text;
import dev.sloth.api.value.Value;
import dev.sloth.plugins.value.Failures;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/// The modules `watcher` and `watcher.register`.
public final class WatcherModule {
    private static final Duration INTERVAL = Duration.ofSeconds(5);
    private static final int PORT_MAX = 65_535;
    private static final double PERCENT_MAX = 100;
    private static final int LONG_NAME = 150;
    private static final Duration SERVICE_TIME = Duration.ofSeconds(10);
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9_.-]{1,128}");
    private static final Pattern SERVICE =
            Pattern.compile("[A-Za-z0-9:_.@\\\\][A-Za-z0-9:_.@\\\\-]{0,254}");

    private WatcherModule() {}

    /// The one that the other is a field of comes first.
    public static List<Module> modules() {
        return List.of(
                Module.named(
                                "watcher",
                                "Has something watched, so that its changes become events."
                                        + " `watcher.register` has a function for each kind.")
                        .functions(kinds()),
                Module.named(
                                "watcher.register",
                                "Has something watched from now on by `sloth-runner serve`, until it"
                                        + " is removed; one of the same name is replaced.")
                        .functions(
                                file(),
                                process(),
                                port(),
                                service(),
                                level(Kind.CPU, "How busy the processors are."),
                                level(Kind.MEMORY, "How much of the memory is used."),
                                custom()));
    }

    private static Function kinds() {
        return Function.named("kinds")
                .doc("What can be watched.")
                .returns("kinds", Type.TABLE, "A list of names: file, process, port, ...")
                .body(_ -> {
                    var kinds = new ArrayList<Value>();
                    for (var kind : Kind.values()) {
                        kinds.add(Text.of(kind.word()));
                    }
                    return List.of(DataTable.list(kinds));
                });
    }

    private static Function.Builder named(Kind kind, String doc) {
        return Function.named(kind.word())
                .needs(Permission.EVENTS)
                .doc(doc)
                .namedOrPositional()
                .returns("name", Type.STRING, "The watcher's name.");
    }

    private static Function.Builder common(Function.Builder function, Kind kind) {
        return function.optional(
                        "when",
                        Type.STRING_OR_TABLE,
                        "Which changes become events: one or a list of %s; all unless said."
                                .formatted(String.join(", ", kind.changes())))
                .optional("interval", Type.DURATION, "How often it is looked at; 5s unless said.")
                .optional(
                        "name", Type.STRING, "The watcher's name; made of what is watched if nil.");
    }

    private static Function file() {
        return common(
                        named(
                                        Kind.FILE,
                                        "Watches a file, or all files of a folder: file.created,"
                                                + " file.modified, file.deleted.")
                                .param("file_path", Type.STRING, "The file or the folder."),
                        Kind.FILE)
                .optional(
                        "check_hash",
                        Type.BOOLEAN,
                        "Looks at what is in a file too, not only at its size and time.")
                .optional("recursive", Type.BOOLEAN, "Also in the folders below.")
                .example("watcher.register.file{file_path = \"/etc/hosts\", when = {\"changed\"}}")
                .body(call -> {
                    var path =
                            call.host()
                                    .project()
                                    .resolve(Said.something(call, "file_path"))
                                    .normalize();
                    var options = new HashMap<String, String>();
                    flag(call, "check_hash", options);
                    flag(call, "recursive", options);
                    return registered(call, Kind.FILE, path.toString(), options);
                });
    }

    private static void flag(Call call, String name, Map<String, String> options) {
        if (call.flag(name, false)) {
            options.put(name, "true");
        }
    }

    private static Function process() {
        return common(
                        named(
                                        Kind.PROCESS,
                                        "Watches whether processes of a name run: process.started,"
                                                + " process.stopped.")
                                .param("process_name", Type.STRING, "The name of the program."),
                        Kind.PROCESS)
                .example("watcher.register.process{process_name = \"nginx\", when = \"stopped\"}")
                .body(call ->
                        registered(
                                call,
                                Kind.PROCESS,
                                Said.something(call, "process_name"),
                                Map.of()));
    }

    private static Function port() {
        return common(
                        named(
                                        Kind.PORT,
                                        "Watches whether somebody listens on a port of this"
                                                + " machine: port.opened, port.closed.")
                                .param("port", Type.INTEGER, "The port."),
                        Kind.PORT)
                .optional("protocol", Type.STRING, "`tcp`, unless said, or `udp`.")
                .example("watcher.register.port{port = 5432, when = {\"closed\"}}")
                .body(call -> {
                    long port = call.integer("port");
                    var protocol = call.text("protocol", "tcp");
                    if (port < 1 || port > PORT_MAX) {
                        throw new CallFailure("a port is from 1 to 65535, not " + port);
                    }
                    if (!protocol.equals("tcp") && !protocol.equals("udp")) {
                        throw new CallFailure("protocol is tcp or udp, not '" + protocol + "'");
                    }
                    return registered(call, Kind.PORT, protocol + "/" + port, Map.of());
                });
    }

    private static Function service() {
        return common(
                        named(
                                        Kind.SERVICE,
                                        "Watches a service of systemd: service.started,"
                                                + " service.stopped, service.failed. One that fails"
                                                + " has stopped for a watcher that does not ask for"
                                                + " failures.")
                                .param("service_name", Type.STRING, "The service's name."),
                        Kind.SERVICE)
                .needs(Permission.EXEC)
                .example(
                        "watcher.register.service{service_name = \"nginx\", when = {\"stopped\","
                                + " \"failed\"}}")
                .body(call -> {
                    var name = call.text("service_name");
                    if (!SERVICE.matcher(name).matches()) {
                        throw new CallFailure(
                                "'%s' is no name of a service"
                                        .formatted(name.replaceAll("\\p{Cntrl}", "?")));
                    }
                    if (call.host().phase() == Host.Phase.EXECUTE) {
                        expectSystemd(call, name);
                    }
                    return registered(call, Kind.SERVICE, name, Map.of());
                });
    }

    /// What could never be seen is refused at once.
    private static void expectSystemd(Call call, String service)
            throws InterruptedException, IOException {
        var command =
                Command.of(
                                List.of(
                                        "systemctl",
                                        "show",
                                        "--property=ActiveState",
                                        "--",
                                        service),
                                call.host().project())
                        .timeout(SERVICE_TIME)
                        .quiet(true);
        String why;
        try {
            var ended = call.host().blocking(() -> call.host().processes().run(command));
            if (ended.exitCode() == 0 && !ended.timedOut()) {
                return;
            }
            why =
                    ended.timedOut()
                            ? "systemctl does not answer"
                            : new String(ended.stderr(), StandardCharsets.UTF_8).strip();
        } catch (IOException e) {
            why = Failures.sentence(e);
        }
        throw new CallFailure(
                "SLOTH-4311: services can be watched only where systemd runs: %s; watch a process or a port instead"
                        .formatted(why));
    }

    private static Function level(Kind kind, String doc) {
        var word = kind.word();
        return common(
                        named(
                                        kind,
                                        doc
                                                + " Watches it: system.%s_high when it gets above the threshold, system.%s_low when it gets below."
                                                        .formatted(word, word))
                                .param("threshold", Type.NUMBER, "The threshold, in percent."),
                        kind)
                .example(
                        "watcher.register.%s{threshold = 90, when = \"above\", interval = \"10s\"}"
                                .formatted(word))
                .body(call -> {
                    double threshold = call.number("threshold");
                    if (!(threshold >= 0 && threshold <= PERCENT_MAX)) {
                        throw new CallFailure("a threshold is from 0 to 100 percent");
                    }
                    return registered(
                            call, kind, "", Map.of("threshold", Double.toString(threshold)));
                });
    }

    private static Function custom() {
        return common(
                        named(
                                        Kind.CUSTOM,
                                        "Runs a command again and again: custom.changed when what it"
                                                + " prints is different, custom.failed and"
                                                + " custom.recovered when its exit code is no longer"
                                                + " 0, or is again.")
                                .param("command", Type.STRING, "What a shell runs."),
                        Kind.CUSTOM)
                .needs(Permission.EXEC)
                .optional("timeout", Type.DURATION, "How long it may take; 10s unless said.")
                .example(
                        "watcher.register.custom{name = \"certificate\", command ="
                                + " \"openssl x509 -checkend 86400 -in /etc/ssl/web.pem\", interval ="
                                + " \"1h\"}")
                .body(call -> {
                    var timeout = call.duration("timeout", Duration.ofSeconds(10));
                    return registered(
                            call,
                            Kind.CUSTOM,
                            Said.something(call, "command"),
                            Map.of(
                                    "timeout_ms", Long.toString(timeout.toMillis()),
                                    "folder", call.host().project().toString()));
                });
    }

    private static List<Value> registered(
            Call call, Kind kind, String target, Map<String, String> options)
            throws InterruptedException, IOException {
        if (call.host().phase() == Host.Phase.DEFINE) {
            throw new CallFailure(
                    "nothing can be watched while the script is read for its definitions: do it in"
                            + " a task");
        }
        try {
            var watcher =
                    new Watcher(
                            name(call, kind, target),
                            kind,
                            target,
                            when(call, kind),
                            call.duration("interval", INTERVAL),
                            options);
            var events = call.host().events();
            return Results.text(call.host().blocking(() -> events.watch(watcher)));
        } catch (EventRefusal e) {
            throw new CallFailure(String.valueOf(e.getMessage()), e);
        }
    }

    /// One that is given is as those of hooks are, unless it is the one that would be made.
    private static String name(Call call, Kind kind, String target) {
        var made = name(kind, target);
        if (!call.given("name")) {
            return made;
        }
        var name = Said.text(call, "name");
        if (!name.equals(made) && !NAME.matcher(name).matches()) {
            throw new CallFailure(
                    "a watcher's name has 1 to 128 letters, digits and characters of _ . -, not '%s'"
                            .formatted(name.replaceAll("\\p{Cntrl}", "?")));
        }
        return name;
    }

    /// Made of what is watched; one that is too long is told from others by a number at its end.
    private static String name(Kind kind, String target) {
        var name = target.isEmpty() ? kind.word() : kind.word() + ":" + target;
        return name.length() <= Watcher.NAME_MAX
                ? name
                : "%s~%08x".formatted(name.substring(0, LONG_NAME), name.hashCode());
    }

    private static List<String> when(Call call, Kind kind) {
        return switch (call.value("when")) {
            case Text word -> List.of(word.toString());
            case Value.Table table ->
                    table.entries().stream().map(entry -> entry.value().toString()).toList();
            case Value.Nil _ -> kind.changes();
            case Value.Bool _, Value.Num _, Value.Callable _, Value.Handle _ ->
                    throw new CallFailure("when is a word or a list of words");
        };
    }
}
