package dev.sloth.plugins.goroutine;

import dev.sloth.api.plugin.Call;
import dev.sloth.api.plugin.CallFailure;
import dev.sloth.api.plugin.Concurrency.Ending;
import dev.sloth.api.plugin.Function;
import dev.sloth.api.plugin.HandleType;
import dev.sloth.api.plugin.Host;
import dev.sloth.api.plugin.Results;
import dev.sloth.api.plugin.Type;
import dev.sloth.api.value.DataTable;
import dev.sloth.api.value.Text;
import dev.sloth.api.value.Value;
import dev.sloth.plugins.value.Lists;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// Starting functions and waiting for them.
final class TaskFunctions {
    private static final String ASYNC = "goroutine.async";
    private static final String WAIT_GROUP = "goroutine.wait_group";

    /// Functions that one call may start.
    private static final int SPAWNED_MAX = 100_000;

    private TaskFunctions() {}

    static Function[] functions() {
        return new Function[] {
            spawn(),
            spawnMany(),
            sleep(),
            waitGroup(),
            async(),
            await(),
            awaitAll(),
            timeout(),
            map(),
        };
    }

    private static Function spawn() {
        return Function.named("spawn")
                .doc(
                        "Starts a function beside the caller and goes on. If it fails, the error"
                                + " is logged; to look at results use async.")
                .param("fn", Type.FUNCTION, "What to run.")
                .optional("arguments", Type.ANY, "What to call it with.")
                .variadic()
                .example("goroutine.spawn(function() log.info(\"beside\") end)")
                .body(call -> {
                    start(call.host(), call.function("fn"), rest(call));
                    return Results.none();
                });
    }

    private static Function spawnMany() {
        return Function.named("spawn_many")
                .doc("Starts a function n times and goes on; each gets its number from 1 to n.")
                .param("n", Type.INTEGER, "How many times.")
                .param("fn", Type.FUNCTION, "What to run, called with its number.")
                .example("goroutine.spawn_many(3, function(id) log.info(\"worker \" .. id) end)")
                .body(call -> {
                    long n = call.integer("n");
                    if (n < 0 || n > SPAWNED_MAX) {
                        throw new CallFailure("n is a number from 0 to " + SPAWNED_MAX);
                    }
                    for (int id = 1; id <= n; id++) {
                        var arguments = List.<Value>of(new Value.Num(id));
                        start(call.host(), call.function("fn"), arguments);
                    }
                    return Results.none();
                });
    }

    private static void start(Host host, Value.Callable function, List<Value> arguments) {
        host.concurrency().spawn(function, arguments, ending -> logFailure(host, ending));
    }

    static void logFailure(Host host, Ending ending) {
        switch (ending) {
            case Ending.Returned _ -> {}
            case Ending.Raised(var message, _) ->
                    host.log(Host.Level.ERROR, "goroutine failed: " + message, Map.of());
        }
    }

    private static List<Value> rest(Call call) {
        return call.all().subList(1, call.all().size());
    }

    private static Function sleep() {
        return Function.named("sleep")
                .doc("Waits while other goroutines run.")
                .param("ms", Type.NUMBER, "How long, in milliseconds.")
                .example("goroutine.sleep(250)")
                .body(call -> {
                    call.host().concurrency().sleep(GoroutineModule.ms(call.number("ms")));
                    return Results.none();
                });
    }

    private static Function waitGroup() {
        return Function.named("wait_group")
                .doc("Makes a counter of things to be done, whose wait ends at zero.")
                .returns("wait_group", Type.HANDLE, "With the methods add, done and wait.")
                .example("local wg = goroutine.wait_group()\nwg:add(2)")
                .body(call -> Results.of(new Value.Handle(WAIT_GROUP, new WaitGroup())));
    }

    static HandleType waitGroupType() {
        return HandleType.named(WAIT_GROUP, "Counts what is still to be done.")
                .methods(
                        Function.named("add")
                                .doc("Adds to what is to be done.")
                                .optional("n", Type.INTEGER, "How much; 1 if nil.")
                                .body(call -> {
                                    ((WaitGroup) call.self()).add(call.integer("n", 1));
                                    return Results.none();
                                }),
                        Function.named("done")
                                .doc("Says that one thing is done.")
                                .body(call -> {
                                    ((WaitGroup) call.self()).add(-1);
                                    return Results.none();
                                }),
                        Function.named("wait")
                                .doc("Waits until all is done.")
                                .optional("ms", Type.NUMBER, "How long at most; for ever if nil.")
                                .returns("done", Type.BOOLEAN, "False if the time was up before.")
                                .body(call ->
                                        Results.bool(
                                                ((WaitGroup) call.self()).await(limit(call)))));
    }

    private static Limit limit(Call call) {
        var turns = call.host().concurrency();
        return call.given("ms")
                ? Limit.in(GoroutineModule.ms(call.number("ms")), turns)
                : Limit.none(turns);
    }

    private static Function async() {
        return Function.named("async")
                .doc("Starts a function and gives a handle by which await gets its results.")
                .param("fn", Type.FUNCTION, "What to run.")
                .optional("arguments", Type.ANY, "What to call it with.")
                .variadic()
                .returns("async", Type.HANDLE, "For await and await_all.")
                .example(
                        "local h = goroutine.async(fetch, url)\nlocal ok, body = goroutine.await(h)")
                .body(call -> {
                    var pending = new Pending();
                    call.host().concurrency().spawn(call.function("fn"), rest(call), pending);
                    return Results.of(new Value.Handle(ASYNC, pending));
                });
    }

    static HandleType asyncType() {
        return HandleType.named(ASYNC, "A function that was started.")
                .methods(
                        Function.named("await")
                                .doc("Waits until the function has ended.")
                                .optional("ms", Type.NUMBER, "How long at most; for ever if nil.")
                                .returns("ok", Type.BOOLEAN, "Whether it ended well.")
                                .returns("values", Type.ANY, "What it returned, or the error.")
                                .body(call -> awaited(call, (Pending) call.self())),
                        Function.named("is_done")
                                .doc("Says whether the function has ended.")
                                .returns("done", Type.BOOLEAN, "Whether it has.")
                                .body(call -> Results.bool(((Pending) call.self()).done())));
    }

    private static List<Value> awaited(Call call, Pending pending) throws InterruptedException {
        return pending.await(limit(call))
                ? Pending.results(pending.ending())
                : Results.refuse("timeout exceeded");
    }

    private static Function await() {
        return Function.named("await")
                .doc("Waits until a function started by async has ended.")
                .param("handle", Type.HANDLE, "What async gave.")
                .optional("ms", Type.NUMBER, "How long at most; for ever if nil.")
                .returns("ok", Type.BOOLEAN, "Whether it ended well.")
                .returns("values", Type.ANY, "What it returned, or the error.")
                .example("local ok, value = goroutine.await(handle)")
                .body(call -> awaited(call, pending(call.value("handle"), "handle")));
    }

    private static Pending pending(Value value, String what) {
        if (value instanceof Value.Handle(_, Pending pending)) {
            return pending;
        }
        throw new CallFailure(what + " is not a handle of goroutine.async");
    }

    private static Function awaitAll() {
        return Function.named("await_all")
                .doc("Waits until all of several functions started by async have ended.")
                .param("handles", Type.TABLE, "A list of what async gave.")
                .returns(
                        "results",
                        Type.TABLE,
                        "A list of tables with success, values and error, in the same order.")
                .example("local results = goroutine.await_all({a, b})")
                .body(call -> {
                    var handles = Lists.items(call.table("handles"));
                    var results = new ArrayList<Value>();
                    for (int i = 0; i < handles.size(); i++) {
                        var what = "handles[" + (i + 1) + "]";
                        var pending = pending(handles.get(i), what);
                        pending.await(Limit.none(call.host().concurrency()));
                        results.add(Pending.table(pending.ending()));
                    }
                    return Results.of(DataTable.list(results));
                });
    }

    private static Function timeout() {
        return Function.named("timeout")
                .doc(
                        "Runs a function and waits for it, but not longer than given. A function"
                                + " that takes longer goes on by itself; its results are lost.")
                .param("ms", Type.NUMBER, "How long to wait, in milliseconds.")
                .param("fn", Type.FUNCTION, "What to run.")
                .returns("ok", Type.BOOLEAN, "Whether it ended well and in time.")
                .returns("values", Type.ANY, "What it returned, or the error.")
                .example("local ok, value = goroutine.timeout(1000, slow)")
                .body(call -> {
                    var pending = new Pending();
                    call.host().concurrency().spawn(call.function("fn"), List.of(), pending);
                    return awaited(call, pending);
                });
    }

    private static Function map() {
        return Function.named("map")
                .doc(
                        "Calls a function for each item of a list, several at once, and gives the"
                                + " results in the order of the items. If one fails the others still"
                                + " end, and the first error is given.")
                .param("list", Type.TABLE, "The items.")
                .param("fn", Type.FUNCTION, "Called with the item and its index.")
                .optional("workers", Type.INTEGER, "How many at once; all if nil.")
                .returnsOrNil("results", Type.TABLE, "The first result of each call, or nil.")
                .returnsOrNil(
                        "error",
                        Type.ANY,
                        "The first error, behind the number of its item if it is a text, or nil.")
                .example("local sizes = goroutine.map(files, function(f) return fs.size(f) end)")
                .body(TaskFunctions::map);
    }

    private static List<Value> map(Call call) throws InterruptedException {
        var items = Lists.items(call.table("list"));
        long workers = call.integer("workers", Math.max(1, items.size()));
        if (workers < 1 || items.size() > Pool.SUBMITTED_MAX) {
            throw new CallFailure(
                    "map needs at least one worker and at most " + Pool.SUBMITTED_MAX + " items");
        }
        var turns = call.host().concurrency();
        var pool = new Pool("map", (int) Math.min(workers, SPAWNED_MAX), turns);
        var ids = new ArrayList<String>();
        for (int i = 0; i < items.size(); i++) {
            var arguments = List.of(items.get(i), new Value.Num(i + 1));
            ids.add(pool.submit(call.function("fn"), arguments));
        }
        pool.awaitIdle();
        var results = new DataTable();
        for (int i = 0; i < ids.size(); i++) {
            var index = i + 1;
            switch (pool.pending(ids.get(i)).orElseThrow().ending()) {
                case Ending.Raised(_, Text error) -> {
                    return Results.fail("item " + index + ": " + error);
                }
                case Ending.Raised(_, var error) -> {
                    return Results.of(Value.Nil.NIL, error);
                }
                case Ending.Returned(var values) -> {
                    if (!values.isEmpty()) {
                        results.put(new Value.Num(index), values.getFirst());
                    }
                }
            }
        }
        return Results.of(results);
    }
}
