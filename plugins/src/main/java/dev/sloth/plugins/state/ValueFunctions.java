package dev.sloth.plugins.state;

import dev.sloth.api.plugin.Call;
import dev.sloth.api.plugin.CallFailure;
import dev.sloth.api.plugin.Function;
import dev.sloth.api.plugin.Parameter;
import dev.sloth.api.plugin.Results;
import dev.sloth.api.plugin.Type;
import dev.sloth.api.state.StateCommand;
import dev.sloth.api.value.Text;
import dev.sloth.api.value.Value;
import java.io.IOException;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Functions that read and write whole values.
final class ValueFunctions {
    /// The last second that can be asked for.
    private static final double SECONDS_MAX = 1e11;

    private static final double NANOS = 1e9;

    private ValueFunctions() {}

    static List<Function> all() {
        return List.of(
                set(),
                setWithTtl(),
                setIfAbsent(),
                get(),
                exchange(),
                many(),
                setMany(),
                compareSwap(),
                add("increment", 1),
                add("decrement", -1),
                append(),
                transaction());
    }

    /// What stands third: a time to live, or options with one.
    private static Parameter ttlOrOptions() {
        return Parameter.optional(
                "ttl",
                Type.ANY,
                "After how long it expires: seconds, or text such as 10m; or a table with `ttl` and"
                        + " `token`, the token of a lock without which nothing is changed.");
    }

    private static Function set() {
        return StateModule.onKey("set")
                .doc("Sets a value, whatever was there. It never expires unless a time is given.")
                .param("value", Type.ANY, "Any data; nil is a value too.")
                .param(ttlOrOptions())
                .returns("done", Type.BOOLEAN, "True.")
                .example("state.set(\"deploy/version\", \"1.4.2\", \"24h\")")
                .body(call -> put(call, false));
    }

    private static List<Value> put(Call call, boolean onlyIfAbsent)
            throws InterruptedException, IOException {
        var asked = Asked.timed(call);
        var put =
                new StateCommand.Put(asked.key(), asked.value("value"), asked.ttl(), onlyIfAbsent);
        return Results.bool(asked.act(put).done());
    }

    private static Function setWithTtl() {
        return StateModule.onKey("set_with_ttl")
                .doc("Sets a value that expires.")
                .param("value", Type.ANY, "Any data.")
                .param("ttl", Type.DURATION, "After how long: seconds, or text such as 10m.")
                .param(StateModule.options())
                .returns("done", Type.BOOLEAN, "True.")
                .body(call -> {
                    var asked = Asked.with(call);
                    var ttl = Optional.of(call.duration("ttl"));
                    var put = new StateCommand.Put(asked.key(), asked.value("value"), ttl, false);
                    return Results.bool(asked.act(put).done());
                });
    }

    private static Function setIfAbsent() {
        return StateModule.onKey("set_if_absent")
                .doc("Sets a value unless there is one.")
                .param("value", Type.ANY, "Any data.")
                .param(ttlOrOptions())
                .returns("done", Type.BOOLEAN, "Whether it was set.")
                .body(call -> put(call, true));
    }

    private static Function get() {
        return StateModule.onKey("get")
                .doc("The value under a key. A list, a hash or a set comes as a table.")
                .optional("default", Type.ANY, "What to give back when there is none.")
                .param(
                        Parameter.optional("options", Type.TABLE, "Which value.")
                                .options(
                                        Parameter.optional(
                                                "at",
                                                Type.NUMBER,
                                                "The value as it was at this time, in seconds since"
                                                        + " 1970, as far back as changes are"
                                                        + " remembered.")))
                .returnsOrNil("value", Type.ANY, "The value, or the default.")
                .example("local version = state.get(\"deploy/version\", \"none\")")
                .body(call -> {
                    var asked = Asked.with(call);
                    var at = asked.option("at").map(ValueFunctions::instant);
                    var answer = asked.ask(new StateCommand.Get(asked.key(), at));
                    return List.of(answer.done() ? answer.value() : call.value("default"));
                });
    }

    private static Instant instant(Value at) {
        if (at instanceof Value.Num(double seconds) && Math.abs(seconds) < SECONDS_MAX) {
            long whole = (long) Math.floor(seconds);
            return Instant.ofEpochSecond(whole, (long) ((seconds - whole) * NANOS));
        }
        throw new CallFailure("at is a time in seconds since 1970");
    }

    private static Function exchange() {
        return StateModule.onKey("get_set")
                .doc("Sets a value and gives back what was there.")
                .param("value", Type.ANY, "Any data.")
                .param(StateModule.options())
                .returnsOrNil("previous", Type.ANY, "What was there, or nil.")
                .body(call -> {
                    var asked = Asked.with(call);
                    var put =
                            new StateCommand.Put(
                                    asked.key(), asked.value("value"), Optional.empty(), false);
                    return List.of(asked.act(put).value());
                });
    }

    private static Function many() {
        return StateModule.named("get_many")
                .doc("Several values, all as they were at one moment.")
                .optional("keys", Type.TABLE, "A list of keys; all there are when nil.")
                .returns("values", Type.TABLE, "Key to value, for those that there are.")
                .body(call -> {
                    var asked = Asked.of(call);
                    var keys = call.given("keys") ? texts(call.table("keys")) : everything(asked);
                    return List.of(asked.ask(new StateCommand.GetMany(keys)).value());
                });
    }

    private static List<String> everything(Asked asked) throws InterruptedException, IOException {
        return texts(Asked.table(asked.ask(KeyFunctions.keys("*", "", KeyFunctions.KEYS_MAX))));
    }

    private static List<String> texts(Value.Table list) {
        return list.entries().stream().map(e -> key(e.value())).toList();
    }

    private static String key(Value key) {
        if (key instanceof Text text) {
            return Asked.text(text, "a key");
        }
        throw new CallFailure("keys are text, not a " + key.type());
    }

    private static Function setMany() {
        return StateModule.named("set_many")
                .doc("Sets several values, all or none.")
                .param("values", Type.TABLE, "Key to value.")
                .param(ttlOrOptions())
                .returns("count", Type.INTEGER, "How many.")
                .body(call -> {
                    var asked = Asked.timed(call);
                    Map<String, Value> values = new LinkedHashMap<>();
                    var paying = call.inSteps();
                    call.table("values")
                            .entries()
                            .forEach(e -> {
                                var key = key(e.key());
                                values.put(key, Asked.data(e.value(), "'" + key + "'", paying));
                            });
                    var many = new StateCommand.PutMany(values, asked.ttl());
                    return List.of(asked.act(many).value());
                });
    }

    private static Function compareSwap() {
        return StateModule.onKey("compare_swap")
                .doc("Sets a value if what is there equals another, tables by what they hold.")
                .param(
                        Parameter.optional(
                                "old", Type.ANY, "What must be there; nil means nothing."))
                .param(Parameter.optional("new", Type.ANY, "What to set."))
                .param(StateModule.options())
                .returns("done", Type.BOOLEAN, "Whether it was set.")
                .example("state.compare_swap(\"leader\", nil, \"me\")")
                .body(call -> {
                    var asked = Asked.with(call);
                    var swap =
                            new StateCommand.Swap(
                                    asked.key(), asked.value("old"), asked.value("new"));
                    return Results.bool(asked.act(swap).done());
                });
    }

    private static Function add(String name, int sign) {
        return StateModule.onKey(name)
                .doc(
                        (sign > 0 ? "Adds to" : "Subtracts from")
                                + " a number; one that is not there is 0.")
                .optional("delta", Type.NUMBER, "How much; 1 if nil.")
                .param(StateModule.options())
                .returns("value", Type.NUMBER, "What it is now.")
                .body(call -> {
                    var asked = Asked.with(call);
                    var add = new StateCommand.Add(asked.key(), sign * call.number("delta", 1));
                    return List.of(asked.act(add).value());
                });
    }

    private static Function append() {
        return StateModule.onKey("append")
                .doc("Appends to a text; one that is not there is empty.")
                .param("text", Type.STRING, "What to append.")
                .param(StateModule.options())
                .returns("length", Type.INTEGER, "How many bytes it has now.")
                .body(call -> {
                    var asked = Asked.with(call);
                    var append = new StateCommand.Append(asked.key(), call.bytes("text"));
                    return List.of(asked.act(append).value());
                });
    }

    private static Function transaction() {
        return StateModule.named("transaction")
                .doc(
                        "Calls a function whose changes of state are made all together or, when it"
                                + " raises an error, not at all. It is called again when others have"
                                + " changed meanwhile what it has seen; so it should do nothing"
                                + " else than ask and change state. What takes longer than the"
                                + " setting state.transaction_max, with all its tries, is stopped"
                                + " with an error.")
                .param("fn", Type.FUNCTION, "What to call, without arguments.")
                .returnsOrNil("values", Type.ANY, "What the function returned.")
                .example(
                        """
                        state.transaction(function()
                          local n = state.get("stock", 0)
                          if n < 1 then error("sold out") end
                          state.set("stock", n - 1)
                        end)\
                        """)
                .body(call -> Transactions.of(call.host()).run(call));
    }
}
