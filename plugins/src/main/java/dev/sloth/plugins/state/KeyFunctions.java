package dev.sloth.plugins.state;

import dev.sloth.api.plugin.Call;
import dev.sloth.api.plugin.Function;
import dev.sloth.api.plugin.Parameter;
import dev.sloth.api.plugin.Results;
import dev.sloth.api.plugin.Type;
import dev.sloth.api.state.StateCommand;
import dev.sloth.api.value.DataTable;
import dev.sloth.api.value.Value;
import java.io.IOException;
import java.util.List;
import java.util.Optional;

/// Functions about keys, whatever they hold.
final class KeyFunctions {
    /// How many keys are given at once at most.
    static final int KEYS_MAX = 100_000;

    private KeyFunctions() {}

    static List<Function> all() {
        return List.of(
                delete(),
                exists(),
                clear(),
                deletePattern(),
                keys(),
                rename(),
                type(),
                size(),
                setTtl(),
                ttl(),
                persist(),
                stats(),
                cleanupExpired());
    }

    static StateCommand.Keys keys(String pattern, String after, int limit) {
        return new StateCommand.Keys(pattern, after, limit);
    }

    private static Parameter pattern(boolean optional) {
        var doc =
                "Which keys: * is any text, ? any character, [a-z] one of some; a backslash before"
                        + " one of these means itself.";
        return optional
                ? Parameter.optional("pattern", Type.STRING, doc + " All when nil.")
                : Parameter.required("pattern", Type.STRING, doc);
    }

    private static String pattern(Call call) {
        return call.given("pattern") ? Asked.of(call).text("pattern") : "*";
    }

    private static Function delete() {
        return StateModule.onKey("delete")
                .doc("Deletes a value.")
                .param(StateModule.options())
                .returns("existed", Type.BOOLEAN, "Whether there was one.")
                .body(call -> {
                    var asked = Asked.with(call);
                    return Results.bool(asked.act(new StateCommand.Delete(asked.key())).done());
                });
    }

    private static Function exists() {
        return StateModule.onKey("exists")
                .doc("Whether there is a value.")
                .returns("exists", Type.BOOLEAN, "Whether there is one.")
                .body(call -> {
                    var asked = Asked.of(call);
                    return Results.bool(asked.ask(new StateCommand.Exists(asked.key())).done());
                });
    }

    private static Function clear() {
        return StateModule.named("clear")
                .doc("Deletes all values whose keys match.")
                .param(pattern(true))
                .param(StateModule.options())
                .returns("done", Type.BOOLEAN, "True.")
                .returns("count", Type.INTEGER, "How many were deleted.")
                .body(call -> List.of(Value.Bool.TRUE, cleared(call)));
    }

    private static Value cleared(Call call) throws InterruptedException, IOException {
        return Asked.with(call).act(new StateCommand.Clear(pattern(call))).value();
    }

    private static Function deletePattern() {
        return StateModule.named("delete_pattern")
                .doc("Deletes all values whose keys match.")
                .param(pattern(false))
                .param(StateModule.options())
                .returns("count", Type.INTEGER, "How many were deleted.")
                .example("state.delete_pattern(\"cache/*\")")
                .body(call -> List.of(cleared(call)));
    }

    private static Function keys() {
        return StateModule.named("keys")
                .doc("The keys that match, sorted by their bytes.")
                .param(pattern(true))
                .param(
                        Parameter.optional("options", Type.TABLE, "Which page of them.")
                                .options(
                                        Parameter.optional(
                                                "limit",
                                                Type.INTEGER,
                                                "How many at most; 100,000 if nil."),
                                        Parameter.optional(
                                                "after",
                                                Type.STRING,
                                                "The last key of the page before.")))
                .returns("keys", Type.TABLE, "A list of keys.")
                .example("for _, key in ipairs(state.keys(\"host/*\")) do print(key) end")
                .body(call -> {
                    var asked = Asked.with(call);
                    int limit =
                            asked.option("limit")
                                    .map(v -> v instanceof Value.Num(double n) ? (int) n : 0)
                                    .orElse(KEYS_MAX);
                    var after = asked.option("after").map(Value::toString).orElse("");
                    return List.of(asked.ask(keys(pattern(call), after, limit)).value());
                });
    }

    private static Function rename() {
        return StateModule.onKey("rename")
                .doc("Gives a value another key, in place of what is there.")
                .param("new_key", Type.STRING, "The other key.")
                .param(StateModule.options())
                .returns("existed", Type.BOOLEAN, "Whether there was one.")
                .body(call -> {
                    var asked = Asked.with(call);
                    var rename = new StateCommand.Rename(asked.key(), asked.text("new_key"));
                    return Results.bool(asked.act(rename).done());
                });
    }

    private static Function type() {
        return StateModule.onKey("type")
                .doc("What there is under a key.")
                .returns(
                        "type",
                        Type.STRING,
                        "string, number, boolean, table, list, hash, set, or nil.")
                .body(call -> {
                    var asked = Asked.of(call);
                    return List.of(asked.ask(new StateCommand.Type(asked.key())).value());
                });
    }

    private static Function size() {
        return StateModule.onKey("size")
                .doc("How many bytes a value takes, with its key.")
                .returnsOrNil("bytes", Type.INTEGER, "How many, or nil when there is none.")
                .body(call -> {
                    var asked = Asked.of(call);
                    return List.of(asked.ask(new StateCommand.Size(asked.key())).value());
                });
    }

    private static Function setTtl() {
        return StateModule.onKey("set_ttl")
                .doc("Lets a value expire.")
                .param("ttl", Type.DURATION, "After how long: seconds, or text such as 10m.")
                .param(StateModule.options())
                .returns("existed", Type.BOOLEAN, "Whether there is one.")
                .body(call -> {
                    var asked = Asked.with(call);
                    var ttl = Optional.of(call.duration("ttl"));
                    return Results.bool(
                            asked.act(new StateCommand.Expire(asked.key(), ttl)).done());
                });
    }

    private static Function ttl() {
        return StateModule.onKey("get_ttl")
                .doc("When a value expires.")
                .returns(
                        "seconds",
                        Type.NUMBER,
                        "In how many seconds; -1 for never, -2 when there is none.")
                .body(call -> {
                    var asked = Asked.of(call);
                    return List.of(asked.ask(new StateCommand.Ttl(asked.key())).value());
                });
    }

    private static Function persist() {
        return StateModule.onKey("persist")
                .doc("Keeps a value from expiring.")
                .param(StateModule.options())
                .returns("changed", Type.BOOLEAN, "Whether it would have expired.")
                .body(call -> {
                    var asked = Asked.with(call);
                    var never = new StateCommand.Expire(asked.key(), Optional.empty());
                    return Results.bool(asked.act(never).done());
                });
    }

    private static Function stats() {
        return StateModule.named("stats")
                .doc("How much there is in the namespace.")
                .returns(
                        "stats",
                        Type.TABLE,
                        "total_keys, total_size, last_modified, backend, expired, locks,"
                                + " namespace, max_keys, max_size.")
                .body(call -> {
                    var stats = Asked.table(Asked.of(call).ask(new StateCommand.Stats()));
                    var all = new DataTable().with("backend", "store");
                    stats.entries().forEach(e -> all.put(e.key(), e.value()));
                    return List.of(all);
                });
    }

    private static Function cleanupExpired() {
        return StateModule.named("cleanup_expired")
                .doc("Removes what has expired; it cannot be seen any more anyway.")
                .returns("count", Type.INTEGER, "How many values were removed.")
                .body(call -> List.of(Asked.of(call).act(new StateCommand.CleanUp()).value()));
    }
}
