package dev.sloth.dsl;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sloth.api.plugin.CallFailure;
import dev.sloth.api.plugin.Concurrency;
import dev.sloth.api.plugin.Function;
import dev.sloth.api.plugin.HandleType;
import dev.sloth.api.plugin.Module;
import dev.sloth.api.plugin.Parameter;
import dev.sloth.api.plugin.Permission;
import dev.sloth.api.plugin.Results;
import dev.sloth.api.plugin.Type;
import dev.sloth.api.value.DataTable;
import dev.sloth.api.value.Text;
import dev.sloth.api.value.Value;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

/// Declared modules as scripts meet them.
final class BinderTest {
    private final Bench bench = new Bench();

    private void offer(Function... functions) {
        bench.modules.add(Module.named("m", "A module to try.").functions(functions));
    }

    private String message(String call) {
        return bench.run("return select(2, pcall(function() " + call + " end))")
                .getFirst()
                .toString();
    }

    @Test
    void arguments_are_checked_in_the_words_of_lua() {
        offer(
                Function.named("set")
                        .param("key", Type.STRING, "")
                        .param("value", Type.NUMBER, "")
                        .optional("for_time", Type.DURATION, "")
                        .optional("whole", Type.INTEGER, "")
                        .body(call -> Results.text(call.text("key") + call.number("value"))));
        assertThat(message("m.set('a')"))
                .isEqualTo("try.sloth:2: bad argument #2 to 'set' (number expected, got no value)");
        assertThat(message("m.set({}, 1)"))
                .isEqualTo("try.sloth:2: bad argument #1 to 'set' (string expected, got table)");
        assertThat(message("m.set('a', nil)"))
                .isEqualTo("try.sloth:2: bad argument #2 to 'set' (number expected, got nil)");
        assertThat(message("m.set('a', 1, 'soon')")).contains("bad argument #3", "a duration");
        assertThat(message("m.set('a', 1, '1h', 1.5)"))
                .contains("bad argument #4", "no integer representation");
        assertThat(bench.run("return m.set(1, '0x10', 3)")).containsExactly(Text.of("116.0"));
    }

    @Test
    void named_and_positional_arguments_arrive_the_same_way() {
        offer(
                Function.named("copy")
                        .param("from", Type.STRING, "")
                        .param("to", Type.STRING, "")
                        .optional("mode", Type.STRING, "")
                        .namedOrPositional()
                        .body(call ->
                                Results.text(
                                        call.text("from")
                                                + call.text("to")
                                                + call.text("mode", "-"))));
        for (String call :
                List.of(
                        "m.copy('a', 'b', 'c')",
                        "m.copy{ from = 'a', to = 'b', mode = 'c' }",
                        "m.copy('a', 'b', { mode = 'c' })",
                        "m.copy('a', { to = 'b', mode = 'c' })")) {
            assertThat(bench.run("return " + call)).as(call).containsExactly(Text.of("abc"));
        }
        assertThat(message("m.copy{ from = 'a', too = 'b' }"))
                .contains("bad argument #1 to 'copy' (unknown field 'too', did you mean 'to'?)");
        assertThat(message("m.copy{ from = 'a' }")).contains("field 'to' is missing");
        assertThat(message("m.copy{ from = 'a', to = {} }"))
                .contains("field 'to': string expected, got table");
    }

    @Test
    void options_and_further_arguments_are_checked_too() {
        offer(
                Function.named("go")
                        .param(
                                Parameter.optional("options", Type.TABLE, "")
                                        .options(
                                                Parameter.optional("timeout", Type.DURATION, ""),
                                                Parameter.required("name", Type.STRING, "")))
                        .body(call -> Results.bool(call.given("options"))),
                Function.named("sum")
                        .optional("numbers", Type.NUMBER, "")
                        .variadic()
                        .body(call -> Results.number(call.all().size())));
        assertThat(message("m.go{ nam = 'x' }"))
                .contains("unknown field 'nam', did you mean 'name'?");
        assertThat(message("m.go{ timeout = '1s' }")).contains("field 'name' is missing");
        assertThat(bench.run("return m.go(), m.go{ name = 'x' }, m.sum(), m.sum(1, 2, 3)"))
                .containsExactly(
                        Value.Bool.FALSE, Value.Bool.TRUE, new Value.Num(0), new Value.Num(3));
        assertThat(message("m.sum(1, 'x')")).contains("bad argument #2 to 'sum'");
    }

    @Test
    void failures_become_errors_at_the_place_of_the_call() {
        offer(
                Function.named("refuse")
                        .body(_ -> {
                            throw new CallFailure("cannot do that");
                        }),
                Function.named("read")
                        .body(_ -> {
                            throw new java.nio.file.NoSuchFileException("/no");
                        }),
                Function.named("broken")
                        .body(_ -> {
                            throw new IllegalStateException("oh");
                        }),
                Function.named("pass")
                        .param("f", Type.FUNCTION, "")
                        .body(call -> call.function("f").call(List.of(Text.of("x")))));
        assertThat(message("\n m.refuse()")).isEqualTo("try.sloth:3: cannot do that");
        assertThat(message("m.read()")).isEqualTo("try.sloth:2: /no: no such file or directory");
        assertThat(message("m.broken()")).contains("internal error in 'm.broken'", "oh");
        assertThat(message("m.pass(function(x) error(x .. '!') end)")).isEqualTo("try.sloth:2: x!");
        assertThat(
                        bench.run(
                                "local t = {} return t == select(2, pcall(m.pass, function() error(t) end))"))
                .containsExactly(Value.Bool.TRUE);
    }

    @Test
    void permissions_are_asked_for_at_the_call() {
        offer(Function.named("run").needs(Permission.EXEC).body(_ -> Results.bool(true)));
        assertThat(bench.run("return m.run()")).containsExactly(Value.Bool.TRUE);
        bench.granted.remove(Permission.EXEC);
        assertThat(message("m.run()"))
                .isEqualTo("try.sloth:2: exec is not permitted in this script ('m.run' needs it)");
    }

    @Test
    void tables_functions_handles_and_texts_stay_themselves() {
        var seen = new ArrayList<Value>();
        var target = new Object();
        offer(
                Function.named("keep")
                        .optional("v", Type.ANY, "")
                        .body(call -> {
                            seen.add(call.value("v"));
                            return Results.of(call.value("v"));
                        }),
                Function.named("handle").body(_ -> Results.of(new Value.Handle("box", target))),
                Function.named("own").body(_ -> Results.of(new DataTable().with("a", 1))),
                Function.named("text")
                        .body(_ ->
                                Results.of(
                                        Text.of("out")
                                                .with(
                                                        List.of(
                                                                new Value.Entry(
                                                                        Text.of("code"),
                                                                        new Value.Num(3)))))));
        assertThat(
                        bench.run(
                                """
                                local t, f, co = {}, function() end, coroutine.create(print)
                                assert(m.keep(t) == t and m.keep(f) == f and m.keep(co) == co)
                                assert(m.keep(print) == print and m.keep(nil) == nil)
                                assert(m.handle() == m.handle() and m.keep(m.handle()) == m.handle())
                                assert(m.own() ~= m.own() and m.own().a == 1)
                                local x = m.text()
                                assert(x == "out" and x.code == 3 and x:upper() == "OUT")
                                assert(m.keep(x).code == 3)
                                return true
                                """))
                .containsExactly(Value.Bool.TRUE);
        assertThat(seen.getFirst()).isInstanceOf(Value.Table.class);
    }

    @Test
    void handles_have_methods_and_say_when_they_are_called_wrongly() {
        bench.modules.add(
                Module.named("m", "")
                        .functions(
                                Function.named("box")
                                        .body(_ ->
                                                Results.of(
                                                        new Value.Handle(
                                                                "box",
                                                                new AtomicReference<Value>(
                                                                        Value.Nil.NIL)))))
                        .handles(
                                HandleType.named("box", "")
                                        .methods(
                                                Function.named("put")
                                                        .param("v", Type.STRING, "")
                                                        .body(call -> {
                                                            held(call.self()).set(call.value("v"));
                                                            return Results.none();
                                                        }),
                                                Function.named("take")
                                                        .body(call ->
                                                                Results.of(
                                                                        held(call.self())
                                                                                .get())))));
        assertThat(bench.run("local b = m.box() b:put('x') return b:take()"))
                .containsExactly(Text.of("x"));
        assertThat(message("m.box():put({})"))
                .isEqualTo("try.sloth:2: bad argument #1 to 'put' (string expected, got table)");
        assertThat(message("local b = m.box() b.put('x')"))
                .contains("box expected, got string", "object:put(...)");
        assertThat(message("m.box():nothing()")).contains("attempt to call", "nothing");
        assertThat(bench.run("return tostring(m.box()):sub(1, 4), getmetatable(m.box())"))
                .containsExactly(Text.of("box:"), Text.of("box"));
    }

    @SuppressWarnings("unchecked")
    private static AtomicReference<Value> held(Object self) {
        return (AtomicReference<Value>) self;
    }

    @Test
    void a_module_named_like_a_library_adds_to_it_and_changes_nothing() {
        bench.modules.add(
                Module.named("math", "")
                        .functions(
                                Function.named("floor").body(_ -> Results.text("mine")),
                                Function.named("twice")
                                        .param("n", Type.NUMBER, "")
                                        .body(call -> Results.number(call.number("n") * 2))));
        assertThat(bench.run("return math.floor(1.5), math.twice(4), math.huge > 1"))
                .containsExactly(new Value.Num(1), new Value.Num(8), Value.Bool.TRUE);
    }

    @Test
    void functions_run_beside_each_other_and_wait_for_each_other() {
        var ended = new ArrayList<Concurrency.Ending>();
        offer(
                Function.named("spawn")
                        .param("f", Type.FUNCTION, "")
                        .body(call -> {
                            var done = call.host().concurrency().waiter("spawned function");
                            call.host()
                                    .concurrency()
                                    .spawn(
                                            call.function("f"),
                                            List.of(Text.of("arg")),
                                            ending -> {
                                                ended.add(ending);
                                                done.wake();
                                            });
                            return Results.bool(done.park(Duration.ofSeconds(20)));
                        }),
                Function.named("sleep")
                        .body(call -> {
                            call.host().concurrency().sleep(Duration.ofMillis(5));
                            return Results.none();
                        }),
                Function.named("stuck")
                        .body(call -> {
                            var _ = call.host().concurrency().waiter("nobody").park(Duration.ZERO);
                            return Results.none();
                        }));
        assertThat(bench.run("return m.spawn(function(a) m.sleep() return a .. '!' end)"))
                .containsExactly(Value.Bool.TRUE);
        assertThat(bench.run("return m.spawn(function() error('no') end)"))
                .containsExactly(Value.Bool.TRUE);
        assertThat(ended.getFirst())
                .isEqualTo(new Concurrency.Ending.Returned(List.of(Text.of("arg!"))));
        assertThat(((Concurrency.Ending.Raised) ended.get(1)).message()).endsWith("no");
        assertThat(message("m.stuck()")).contains("deadlock", "nobody");
    }

    @Test
    void a_function_that_finds_no_room_beside_others_is_refused_as_a_failure_of_the_call() {
        bench.limits = bench.limits.withGoroutines(1);
        var refusals = new ArrayList<String>();
        offer(
                Function.named("twice")
                        .param("f", Type.FUNCTION, "")
                        .body(call -> {
                            var turns = call.host().concurrency();
                            turns.spawn(call.function("f"), List.of(), _ -> {});
                            try {
                                turns.spawn(call.function("f"), List.of(), _ -> {});
                            } catch (CallFailure e) {
                                refusals.add(String.valueOf(e.getMessage()));
                                throw e;
                            }
                            return Results.none();
                        }));
        assertThat(message("m.twice(function() end)"))
                .endsWith(":2: too many goroutines at once (1)");
        assertThat(refusals).containsExactly("too many goroutines at once (1)");
    }

    @Test
    void an_interrupt_while_waiting_stops_the_script() throws InterruptedException {
        var waiting = new java.util.concurrent.CountDownLatch(1);
        var stopped = new AtomicReference<Throwable>(new IllegalStateException("nothing yet"));
        offer(
                Function.named("wait")
                        .body(call ->
                                Results.of(
                                        call.host()
                                                .blocking(() -> {
                                                    waiting.countDown();
                                                    new java.util.concurrent.CountDownLatch(1)
                                                            .await();
                                                    return Value.Nil.NIL;
                                                }))));
        var thread =
                Thread.ofVirtual()
                        .start(() -> {
                            try {
                                bench.run("pcall(m.wait) pcall(m.wait)");
                            } catch (ScriptStopped e) {
                                stopped.set(e);
                            }
                        });
        waiting.await();
        thread.interrupt();
        thread.join();
        assertThat(stopped.get()).isInstanceOf(ScriptStopped.class);
    }

    @Test
    void a_module_that_is_a_function_and_one_that_is_both() {
        bench.modules.add(
                Module.named("only", "")
                        .functions(
                                Function.named(Function.ITSELF)
                                        .param("n", Type.NUMBER, "")
                                        .body(call -> Results.number(call.number("n") + 1))));
        bench.modules.add(
                Module.named("both", "")
                        .functions(
                                Function.named(Function.ITSELF)
                                        .param("n", Type.NUMBER, "")
                                        .body(call -> Results.number(call.number("n") + 2)),
                                Function.named("f").body(_ -> Results.text("f"))));
        assertThat(bench.run("return type(only), only(1), both(1), both.f(), require('only')(2)"))
                .containsExactly(
                        Text.of("function"),
                        new Value.Num(2),
                        new Value.Num(3),
                        Text.of("f"),
                        new Value.Num(3));
        assertThat(message("both('x')"))
                .contains("bad argument #1 to 'both' (number expected, got string)");
    }

    @Test
    void the_reference_lists_the_scripts_own_words() throws IOException {
        assertThat(bench.scripts().modules())
                .extracting(Module::name)
                .contains("task", "workflow", "import", "export", "system", "values", "outputs");
        assertThatThrownBy(() -> bench.run("return m.nothing()")).hasMessageContaining("'m'");
    }
}
