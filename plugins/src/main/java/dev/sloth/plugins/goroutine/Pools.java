package dev.sloth.plugins.goroutine;

import dev.sloth.api.plugin.Call;
import dev.sloth.api.plugin.CallFailure;
import dev.sloth.api.plugin.Function;
import dev.sloth.api.plugin.Keeper;
import dev.sloth.api.plugin.Parameter;
import dev.sloth.api.plugin.Results;
import dev.sloth.api.plugin.Type;
import dev.sloth.api.value.Text;
import dev.sloth.api.value.Value;
import dev.sloth.plugins.value.Shown;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/// The pools of a script, by name, and the functions that use them.
final class Pools implements Keeper {
    private static final int WORKERS_DEFAULT = 4;
    private static final int WORKERS_MAX = 10_000;

    /// About what a pool takes with its name.
    private static final int POOL_BYTES = 300;

    private final Map<String, Pool> byName = new HashMap<>();

    static Function[] functions() {
        return new Function[] {
            create(), submit(), await(), close(), stats(), result(), results(),
        };
    }

    private static Function.Builder named(String name) {
        return Function.named(name).param("name", Type.STRING, "The name of the pool.");
    }

    private static Function create() {
        return named("pool_create")
                .doc("Makes a pool of workers. A pool of the same name is replaced if it is idle.")
                .param(
                        Parameter.optional("options", Type.TABLE, "How to make it.")
                                .options(
                                        Parameter.optional(
                                                "workers",
                                                Type.INTEGER,
                                                "How many functions run at once; 4 if nil.")))
                .returns("ok", Type.BOOLEAN, "True, or false if such a pool is at work.")
                .returnsOrNil("error", Type.STRING, "Why not, or nil.")
                .example("goroutine.pool_create(\"builds\", {workers = 2})")
                .body(call -> {
                    var name = call.text("name");
                    var pools = of(call);
                    var old = Optional.ofNullable(pools.byName.get(name));
                    if (old.filter(p -> !p.closed()).isPresent()) {
                        return Results.refuse("the pool " + name + " exists and is open");
                    }
                    call.take(POOL_BYTES);
                    pools.byName.put(
                            name, new Pool(name, workers(call), call.host().concurrency()));
                    return Results.bool(true);
                });
    }

    private static int workers(Call call) {
        var given =
                call.value("options") instanceof Value.Table options
                        ? options.at("workers")
                        : Value.Nil.NIL;
        if (given == Value.Nil.NIL) {
            return WORKERS_DEFAULT;
        }
        if (given instanceof Value.Num n && n.value() >= 1 && n.value() <= WORKERS_MAX) {
            return (int) n.value();
        }
        throw new CallFailure(
                "workers is a number from 1 to %d, not %s"
                        .formatted(WORKERS_MAX, Shown.excerpt(given)));
    }

    private static Function submit() {
        return named("pool_submit")
                .doc("Gives the pool a function to run. It waits in the queue for a free worker.")
                .param("fn", Type.FUNCTION, "What to run.")
                .optional("arguments", Type.ANY, "What to call it with.")
                .variadic()
                .returnsOrNil("id", Type.STRING, "By which pool_result finds the result, or nil.")
                .returnsOrNil("error", Type.STRING, "Why it was not taken, or nil.")
                .example("local id = goroutine.pool_submit(\"builds\", build, \"api\")")
                .body(call -> {
                    var pool = pool(call);
                    if (pool.isEmpty()) {
                        return Results.fail(unknown(call));
                    }
                    if (pool.get().closed()) {
                        return Results.fail("the pool is closed");
                    }
                    if (pool.get().full()) {
                        return Results.fail(
                                "a pool takes at most " + Pool.SUBMITTED_MAX + " functions");
                    }
                    var all = call.all();
                    var arguments = List.copyOf(all.subList(2, all.size()));
                    return Results.text(pool.get().submit(call.function("fn"), arguments));
                });
    }

    private static Function await() {
        return named("pool_wait")
                .doc(
                        "Closes the pool and waits until all its functions have ended. Their"
                                + " results stay readable.")
                .returns("ok", Type.BOOLEAN, "True, or false if there is no such pool.")
                .returnsOrNil("error", Type.STRING, "Why not, or nil.")
                .body(call -> {
                    var pool = pool(call);
                    if (pool.isEmpty()) {
                        return Results.refuse(unknown(call));
                    }
                    pool.get().close();
                    pool.get().awaitIdle();
                    return Results.bool(true);
                });
    }

    private static Function close() {
        return named("pool_close")
                .doc("Closes the pool: no more functions are taken, those queued still run.")
                .returns("ok", Type.BOOLEAN, "True, or false if there is no such pool.")
                .body(call -> {
                    var pool = pool(call);
                    pool.ifPresent(Pool::close);
                    return Results.bool(pool.isPresent());
                });
    }

    private static Function stats() {
        return named("pool_stats")
                .doc("Says what the pool is doing.")
                .returnsOrNil(
                        "stats",
                        Type.TABLE,
                        "The fields name, workers, active, completed, failed and queued, or nil.")
                .body(call -> Results.of(pool(call).<Value>map(Pool::stats).orElse(Value.Nil.NIL)));
    }

    private static Function result() {
        return named("pool_result")
                .doc("Waits for one function of the pool and gives what it returned.")
                .param("id", Type.STRING, "What pool_submit gave.")
                .returns("ok", Type.BOOLEAN, "Whether it ended well.")
                .returns("values", Type.ANY, "What it returned, or the error.")
                .example("local ok, version = goroutine.pool_result(\"builds\", id)")
                .body(call -> {
                    var pending = pool(call).flatMap(p -> p.pending(call.text("id")));
                    if (pending.isEmpty()) {
                        return Results.refuse("the pool has no function " + call.text("id"));
                    }
                    pending.get().await(Limit.none(call.host().concurrency()));
                    return Pending.results(pending.get().ending());
                });
    }

    private static Function results() {
        return named("pool_results")
                .doc("Gives the results of all functions that have ended, in order of submission.")
                .returnsOrNil(
                        "results",
                        Type.TABLE,
                        "A list of tables with id, success, values and error, or nil.")
                .returnsOrNil("error", Type.STRING, "Why not, or nil.")
                .body(call ->
                        pool(call)
                                .map(p -> Results.of(p.results()))
                                .orElseGet(() -> Results.fail(unknown(call))));
    }

    private static Pools of(Call call) {
        return call.host().keep(Pools.class, Pools::new);
    }

    private static Optional<Pool> pool(Call call) {
        return Optional.ofNullable(of(call).byName.get(call.text("name")));
    }

    private static String unknown(Call call) {
        return "there is no pool " + call.text("name");
    }

    @Override
    public void show(Consumer<Value> each) {
        byName.forEach((name, pool) -> {
            each.accept(Text.of(name));
            pool.show(each);
        });
    }
}
