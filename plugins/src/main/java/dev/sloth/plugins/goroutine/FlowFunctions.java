package dev.sloth.plugins.goroutine;

import dev.sloth.api.plugin.Call;
import dev.sloth.api.plugin.CallFailure;
import dev.sloth.api.plugin.Concurrency.Ending;
import dev.sloth.api.plugin.Function;
import dev.sloth.api.plugin.Host;
import dev.sloth.api.plugin.Parameter;
import dev.sloth.api.plugin.Results;
import dev.sloth.api.plugin.Type;
import dev.sloth.api.value.DataTable;
import dev.sloth.api.value.Value;
import dev.sloth.plugins.value.Lists;
import dev.sloth.plugins.value.Shown;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Several channels together: select, and the flows from channel to channel.
final class FlowFunctions {
    /// Workers of one stage, and channels of one fan.
    private static final int BRANCHES_MAX = 10_000;

    /// The cases of a select as the script gave them; handlers by the index of the ready case.
    private record Cases(
            List<Selecting.Case> waiting,
            List<Integer> indexes,
            List<Value> handlers,
            int otherwise) {}

    private FlowFunctions() {}

    static Function[] functions() {
        return new Function[] {select(), selectTimeout(), pipeline(), fanOut(), fanIn()};
    }

    private static Function select() {
        return Function.named("select")
                .doc(
                        "Does one of several things at channels. Each case is a table: {channel=,"
                                + " receive=true, handler=fn(value, ok)}, {channel=, send=value,"
                                + " handler=fn()} or {default=true, handler=fn()}. If several are"
                                + " possible, chance decides. If none is, the default is taken;"
                                + " without a default it waits.")
                .param(listOfCases("A list of cases."))
                .returnsOrNil("index", Type.INTEGER, "Which case was taken, or nil.")
                .returns("value", Type.ANY, "What was received, or the error.")
                .example(
                        "goroutine.select({{channel = ch, receive = true, handler = print}, {default"
                                + " = true}})")
                .body(call -> select(call, Limit.none(call.host().concurrency())));
    }

    private static Parameter listOfCases(String doc) {
        return Parameter.required("cases", Type.TABLE, doc)
                .items(
                        Parameter.optional("channel", Type.HANDLE, "The channel of the case."),
                        Parameter.optional("receive", Type.ANY, "True to receive."),
                        Parameter.optional("send", Type.ANY, "What to send."),
                        Parameter.optional("default", Type.ANY, "True if nothing is to be done."),
                        Parameter.optional(
                                "handler", Type.FUNCTION, "Called when the case is taken."));
    }

    private static Function selectTimeout() {
        return Function.named("select_timeout")
                .doc("Does one of several things at channels, but waits no longer than given.")
                .param("ms", Type.NUMBER, "How long to wait, in milliseconds.")
                .param(listOfCases("A list of cases, as for select."))
                .returnsOrNil("index", Type.INTEGER, "Which case was taken, or nil.")
                .returns("value", Type.ANY, "What was received, or \"timeout\".")
                .example(
                        "local i, v = goroutine.select_timeout(100, {{channel = ch, receive = true}})")
                .body(call -> {
                    var longest = GoroutineModule.ms(call.number("ms"));
                    return select(call, Limit.in(longest, call.host().concurrency()));
                });
    }

    private static List<Value> select(Call call, Limit limit) throws InterruptedException {
        var host = call.host();
        var cases = cases(call.table("cases"));
        var selecting = new Selecting(cases.waiting());
        var chosen = selecting.now(host.random());
        if (chosen.isEmpty() && cases.otherwise() >= 0) {
            handle(cases.handlers().get(cases.otherwise()), List.of());
            return Results.number(cases.otherwise() + 1);
        }
        if (chosen.isEmpty()) {
            chosen = selecting.await(host.random(), selecting.toString(), limit);
        }
        return chosen.isEmpty() ? Results.fail("timeout") : taken(cases, chosen.get());
    }

    private static List<Value> taken(Cases cases, Selecting.Chosen chosen) {
        int index = cases.indexes().get(chosen.index());
        var handler = cases.handlers().get(index);
        return switch (cases.waiting().get(chosen.index())) {
            case Selecting.Case.Receive _ -> {
                var ok = Value.Bool.of(chosen.open());
                handle(handler, List.of(chosen.value(), ok));
                yield Results.of(new Value.Num(index + 1), chosen.value(), ok);
            }
            case Selecting.Case.Send _ -> {
                if (!chosen.open()) {
                    yield Results.fail(ChannelFunctions.SEND_ON_CLOSED);
                }
                handle(handler, List.of());
                yield Results.number(index + 1);
            }
        };
    }

    private static void handle(Value handler, List<Value> arguments) {
        if (handler instanceof Value.Callable function) {
            function.call(arguments);
        }
    }

    private static Cases cases(Value.Table list) {
        var waiting = new ArrayList<Selecting.Case>();
        var indexes = new ArrayList<Integer>();
        var handlers = new ArrayList<Value>();
        int otherwise = -1;
        var items = Lists.items(list);
        for (int i = 0; i < items.size(); i++) {
            var what = "cases[" + (i + 1) + "]";
            if (!(items.get(i) instanceof Value.Table one)) {
                throw new CallFailure(what + " is a " + items.get(i).type() + ", not a table");
            }
            handlers.add(one.at("handler"));
            var read = read(one, what);
            if (read.isPresent()) {
                waiting.add(read.get());
                indexes.add(i);
            } else {
                otherwise = i;
            }
        }
        if (items.isEmpty()) {
            throw new CallFailure("select without cases would wait for ever");
        }
        return new Cases(waiting, indexes, handlers, otherwise);
    }

    /// Empty for the default.
    private static Optional<Selecting.Case> read(Value.Table one, String what) {
        alone(one, what);
        if (one.at("default").truthy()) {
            return Optional.empty();
        }
        var channel = ChannelFunctions.channel(one.at("channel"), what + ".channel");
        if (one.at("receive").truthy()) {
            return Optional.of(new Selecting.Case.Receive(ChannelFunctions.receiving(channel)));
        }
        if (one.at("send") == Value.Nil.NIL) {
            throw new CallFailure(what + " says neither receive, send nor default");
        }
        return Optional.of(
                new Selecting.Case.Send(ChannelFunctions.sending(channel), one.at("send")));
    }

    private static void alone(Value.Table one, String what) {
        var said = new ArrayList<String>();
        if (one.at("receive").truthy()) {
            said.add("receive");
        }
        if (one.at("send") != Value.Nil.NIL) {
            said.add("send");
        }
        if (one.at("default").truthy()) {
            said.add("default");
        }
        if (said.size() > 1) {
            throw new CallFailure(
                    what + " says " + String.join(" and ", said) + ": a case does one thing");
        }
    }

    private static Function pipeline() {
        return Function.named("pipeline")
                .doc(
                        "Sends each value of a channel through stages. A stage calls its function"
                                + " with the value and passes on what it returns; nil passes nothing"
                                + " on. If a function fails, the error is logged and the value"
                                + " dropped. Several workers of a stage may change the order.")
                .param("input", Type.HANDLE, "The channel that values come from.")
                .param(
                        Parameter.required(
                                        "stages", Type.TABLE, "A list of tables {fn=, workers=1}.")
                                .items(
                                        Parameter.required(
                                                "fn", Type.FUNCTION, "Called with each value."),
                                        Parameter.optional(
                                                "workers",
                                                Type.INTEGER,
                                                "How many at once; 1 if nil.")))
                .returns("channel", Type.HANDLE, "Closed when the input is closed and all is done.")
                .example(
                        "local out = goroutine.pipeline(ch, {{workers = 2, fn = function(v) return"
                                + " v * 2 end}})")
                .body(call -> {
                    var from = input(call);
                    var stages = Lists.items(call.table("stages"));
                    for (int i = 0; i < stages.size(); i++) {
                        from = stage(call.host(), from, stages.get(i), i + 1);
                    }
                    return Results.of(ChannelFunctions.handle(from));
                });
    }

    private static Channel input(Call call) {
        return ChannelFunctions.receiving(ChannelFunctions.channel(call.value("input"), "input"));
    }

    private static Channel stage(Host host, Channel from, Value stage, int number) {
        if (!(stage instanceof Value.Table table)
                || !(table.at("fn") instanceof Value.Callable function)) {
            throw new CallFailure("stages[" + number + "] is not a table with a function fn");
        }
        int workers =
                table.at("workers") == Value.Nil.NIL
                        ? 1
                        : branches(table.at("workers"), "stages[" + number + "].workers");
        var to = new Channel(0, Channel.Direction.BIDIRECTIONAL);
        var left = new Counter(workers);
        Pump.Target work = (value, pump) -> work(host, function, value, to, pump);
        for (int i = 0; i < workers; i++) {
            Pump.start(from, to, work, () -> closeAfterLast(left, to));
        }
        return to;
    }

    /// Where there is no room for another goroutine, that is logged as if the function had failed.
    private static void work(
            Host host, Value.Callable function, Value value, Channel to, Pump pump) {
        try {
            host.concurrency()
                    .spawn(function, List.of(value), ending -> passOn(host, ending, to, pump));
        } catch (CallFailure e) {
            passOn(
                    host,
                    new Ending.Raised(String.valueOf(e.getMessage()), Value.Nil.NIL),
                    to,
                    pump);
        }
    }

    private static void passOn(Host host, Ending ending, Channel to, Pump pump) {
        TaskFunctions.logFailure(host, ending);
        if (ending instanceof Ending.Returned(var results)
                && !results.isEmpty()
                && results.getFirst() != Value.Nil.NIL) {
            Pump.into(to).take(results.getFirst(), pump);
        } else {
            pump.more();
        }
    }

    private static void closeAfterLast(Counter left, Channel to) {
        if (left.add(-1) == 0) {
            to.close();
        }
    }

    private static int branches(Value given, String what) {
        if (given instanceof Value.Num n
                && n.whole()
                && n.value() >= 1
                && n.value() <= BRANCHES_MAX) {
            return (int) n.value();
        }
        throw new CallFailure(
                "%s is a whole number from 1 to %d, not %s"
                        .formatted(what, BRANCHES_MAX, Shown.excerpt(given)));
    }

    private static Function fanOut() {
        return Function.named("fan_out")
                .doc("Shares the values of a channel among n channels: each goes to one of them.")
                .param("input", Type.HANDLE, "The channel that values come from.")
                .param("n", Type.INTEGER, "How many channels to make.")
                .returns("outputs", Type.TABLE, "A list of channels, closed after the input.")
                .example("local outs = goroutine.fan_out(ch, 3)")
                .body(call -> {
                    var from = input(call);
                    int n = branches(new Value.Num(call.number("n")), "n");
                    var outputs = new ArrayList<Value>();
                    for (int i = 0; i < n; i++) {
                        var to = new Channel(0, Channel.Direction.BIDIRECTIONAL);
                        Pump.start(from, to, to::close);
                        outputs.add(ChannelFunctions.handle(to));
                    }
                    return Results.of(DataTable.list(outputs));
                });
    }

    private static Function fanIn() {
        return Function.named("fan_in")
                .doc("Brings the values of several channels into one.")
                .param("inputs", Type.TABLE, "A list of channels.")
                .returns("channel", Type.HANDLE, "Closed when all inputs are closed and empty.")
                .example("local all = goroutine.fan_in({a, b})")
                .body(call -> {
                    var inputs = Lists.items(call.table("inputs"));
                    var to = new Channel(0, Channel.Direction.BIDIRECTIONAL);
                    var left = new Counter(inputs.size());
                    if (inputs.isEmpty()) {
                        to.close();
                    }
                    for (int i = 0; i < inputs.size(); i++) {
                        var what = "inputs[" + (i + 1) + "]";
                        var from = ChannelFunctions.channel(inputs.get(i), what);
                        Pump.start(
                                ChannelFunctions.receiving(from),
                                to,
                                () -> closeAfterLast(left, to));
                    }
                    return Results.of(ChannelFunctions.handle(to));
                });
    }
}
