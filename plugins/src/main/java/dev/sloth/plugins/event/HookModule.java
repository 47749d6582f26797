package dev.sloth.plugins.event;

import dev.sloth.api.event.EventRefusal;
import dev.sloth.api.event.HookBook;
import dev.sloth.api.event.HookWish;
import dev.sloth.api.plugin.Call;
import dev.sloth.api.plugin.CallFailure;
import dev.sloth.api.plugin.Function;
import dev.sloth.api.plugin.Host;
import dev.sloth.api.plugin.Module;
import dev.sloth.api.plugin.Permission;
import dev.sloth.api.plugin.Type;
import dev.sloth.api.value.DataTable;
import dev.sloth.api.value.Value;
import dev.sloth.plugins.value.Deed;
import java.io.IOException;
import java.util.List;

/// The module `hook`.
public final class HookModule {
    private static final int LIMIT_DEFAULT = 20;
    private static final int LIMIT_MAX = 10_000;
    private static final String NAME = "The hook's name.";
    private static final String FIELDS =
            "A table with name, file, types, when, description, enabled, timeout in seconds,"
                    + " attempts, added_at, and the numbers of deliveries that are pending, done and"
                    + " dead";

    private HookModule() {}

    public static Module module() {
        return Module.named(
                        "hook",
                        "Lets Lua files react to events, while `sloth-runner serve` runs. A hook"
                                + " outlives the script that adds it.")
                .functions(
                        add(),
                        on(),
                        power("enable", true),
                        power("disable", false),
                        remove(),
                        list(),
                        show("show"),
                        show("get"),
                        history());
    }

    /// Whoever adds code that others run could do all that the code can.
    private static Function.Builder adding(String name) {
        return Function.named(name).needs(Permission.EVENTS).needs(Permission.EXEC);
    }

    private static Function add() {
        var function =
                adding("add")
                        .doc(
                                "Has a file react to events from now on; nothing is changed when it"
                                        + " does so already. A hook of the same name that has other"
                                        + " settings gets these, and is owed what it was owed.")
                        .namedOrPositional()
                        .param("name", Type.STRING, NAME)
                        .param(
                                "file",
                                Type.STRING_OR_FUNCTION,
                                "The hook's script: its path in the project. It cannot be a"
                                        + " function.");
        return Deed.declared(WishedHook.options(function), "name, file, types, enabled")
                .example(
                        "hook.add{name = \"page\", file = \"hooks/page.lua\", types ="
                                + " {\"run.failed\"}, when = 'event.data.workflow == \"deploy\"'}")
                .body(call -> put(call, WishedHook.of(call)));
    }

    private static Function on() {
        var function =
                adding("on")
                        .doc(
                                "Has a file react to events of some types: as `hook.add`, with the"
                                        + " file's name without its ending for a name.")
                        .param("types", Type.STRING_OR_TABLE, "One or a list, as of `hook.add`.")
                        .param(
                                "file",
                                Type.STRING_OR_FUNCTION,
                                "The hook's script: its path in the project. It cannot be a"
                                        + " function.")
                        .optional(
                                "options",
                                Type.TABLE,
                                "name, when, description, timeout, attempts, enabled and replace, as"
                                        + " of `hook.add`.");
        return Deed.declared(function, "name, file, types, enabled")
                .example("hook.on(\"task.failed\", \"hooks/tell.lua\", {attempts = 3})")
                .body(call -> put(call, WishedHook.onTypes(call)));
    }

    private static List<Value> put(Call call, HookWish wish)
            throws InterruptedException, IOException {
        return changing(
                call,
                hooks -> {
                    var kept = hooks.put(wish);
                    var name = kept.name();
                    var deed =
                            switch (kept.put()) {
                                case ADDED -> Deed.changed("added the hook " + name);
                                case REPLACED -> Deed.changed("replaced the hook " + name);
                                case SAME -> Deed.unchanged("the hook " + name + " is there");
                            };
                    hooks.find(name)
                            .ifPresent(hook -> {
                                deed.with("name", hook.name()).with("file", hook.file());
                                deed.with("types", HookTables.types(hook));
                                deed.with("enabled", hook.enabled());
                            });
                    return deed;
                });
    }

    private static Function power(String name, boolean on) {
        var state = on ? "on" : "off";
        return Deed.declared(
                        Function.named(name)
                                .needs(Permission.EVENTS)
                                .doc("Switches a hook " + state + ".")
                                .param("name", Type.STRING, NAME),
                        "")
                .example("hook." + name + "(\"page\")")
                .body(call -> {
                    var hook = call.text("name");
                    return changing(
                            call,
                            hooks ->
                                    hooks.power(hook, on)
                                            ? Deed.changed(
                                                    "switched the hook %s %s"
                                                            .formatted(hook, state))
                                            : Deed.unchanged(
                                                    "the hook %s is %s".formatted(hook, state)));
                });
    }

    private static Function remove() {
        return Deed.declared(
                        Function.named("remove")
                                .needs(Permission.EVENTS)
                                .doc(
                                        "Removes a hook, with its history and all that it was owed;"
                                                + " its file stays.")
                                .param("name", Type.STRING, NAME),
                        "")
                .example("hook.remove(\"page\")")
                .body(call -> {
                    var hook = call.text("name");
                    return changing(
                            call,
                            hooks ->
                                    hooks.remove(hook)
                                            ? Deed.changed("removed the hook " + hook)
                                            : Deed.unchanged("there is no hook " + hook));
                });
    }

    private static Function list() {
        return Function.named("list")
                .needs(Permission.EVENTS)
                .doc("The hooks that there are, ordered by their names.")
                .returns("hooks", Type.TABLE, "A list of tables as `hook.show` gives them.")
                .body(call -> {
                    var all = asked(call, HookBook::list);
                    return List.of(
                            DataTable.list(all.stream().<Value>map(HookTables::hook).toList()));
                });
    }

    private static Function show(String name) {
        return Function.named(name)
                .needs(Permission.EVENTS)
                .doc("A hook, as it is kept.")
                .param("name", Type.STRING, NAME)
                .returnsOrNil("hook", Type.TABLE, FIELDS + "; nil when there is none.")
                .example("local owed = hook.%s(\"page\").pending".formatted(name))
                .body(call -> {
                    var hook = call.text("name");
                    var found = asked(call, hooks -> hooks.find(hook));
                    return List.of(found.<Value>map(HookTables::hook).orElse(Value.Nil.NIL));
                });
    }

    private static Function history() {
        return Function.named("history")
                .needs(Permission.EVENTS)
                .doc("What a hook was told and is to be told, the newest first.")
                .param("name", Type.STRING, NAME)
                .optional(
                        "limit",
                        Type.INTEGER,
                        "How many at most, up to %d; %d unless said."
                                .formatted(LIMIT_MAX, LIMIT_DEFAULT))
                .returns(
                        "deliveries",
                        Type.TABLE,
                        "A list of tables with delivery, event, type, subject, at, state, attempts,"
                                + " last, message and output.")
                .example("local last = hook.history(\"page\", 1)[1]")
                .body(call -> {
                    var hook = call.text("name");
                    long limit = call.integer("limit", LIMIT_DEFAULT);
                    if (limit < 1 || limit > LIMIT_MAX) {
                        throw new CallFailure(
                                "limit is from 1 to %d, not %d".formatted(LIMIT_MAX, limit));
                    }
                    var told = asked(call, hooks -> hooks.history(hook, (int) limit));
                    return List.of(
                            DataTable.list(
                                    told.stream().<Value>map(HookTables::delivery).toList()));
                });
    }

    /// Something that is asked of the hooks.
    @FunctionalInterface
    private interface Question<T> {
        T of(HookBook hooks);
    }

    private static List<Value> changing(Call call, Question<Deed> change)
            throws InterruptedException, IOException {
        if (call.host().phase() == Host.Phase.DEFINE) {
            throw new CallFailure(
                    "hooks cannot be changed while the script is read for its definitions: do it in"
                            + " a task");
        }
        return asked(call, change).results();
    }

    private static <T> T asked(Call call, Question<T> question)
            throws InterruptedException, IOException {
        try {
            var hooks = call.host().events().hooks();
            return call.host().blocking(() -> question.of(hooks));
        } catch (EventRefusal e) {
            throw new CallFailure(String.valueOf(e.getMessage()), e);
        }
    }
}
