package dev.sloth.plugins.reliability;

import dev.sloth.api.plugin.Call;
import dev.sloth.api.plugin.CallFailure;
import dev.sloth.api.plugin.Function;
import dev.sloth.api.plugin.Keeper;
import dev.sloth.api.plugin.Module;
import dev.sloth.api.plugin.Parameter;
import dev.sloth.api.plugin.Results;
import dev.sloth.api.plugin.Type;
import dev.sloth.api.value.DataTable;
import dev.sloth.api.value.Text;
import dev.sloth.api.value.Value;
import dev.sloth.plugins.value.Durations;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/// The module `reliability`.
public final class ReliabilityModule {
    private static final int FAILURES_DEFAULT = 5;
    private static final int SUCCESSES_DEFAULT = 2;
    private static final Duration PAUSE_DEFAULT = Duration.ofSeconds(60);

    /// The circuit breakers of a script, by name.
    private static final class Circuits implements Keeper {
        private final Map<String, Circuit> byName = new LinkedHashMap<>();

        @Override
        public void show(Consumer<Value> each) {
            byName.forEach((name, circuit) -> {
                each.accept(Text.of(name));
                circuit.show(each);
            });
        }
    }

    private ReliabilityModule() {}

    public static Module module() {
        return Module.named("reliability", "Tries again, and gives up for a while.")
                .functions(retry(), retryWithConfig(), circuitBreaker())
                .functions(stats(), reset(), list());
    }

    private static Function.Builder trying(String name) {
        return Function.named(name)
                .returnsOrNil("values", Type.ANY, "What the function returned, or nil.")
                .returnsOrNil("error", Type.STRING, "Why it was given up, or nil.");
    }

    private static Function retry() {
        return trying("retry")
                .doc(
                        "Calls a function until it succeeds; each wait is twice the one before. A"
                                + " function fails by an error, by false, or by nil and a message.")
                .param("attempts", Type.INTEGER, "How often to try at most.")
                .param("delay", Type.ANY, "The first wait: seconds, or text such as 500ms.")
                .param("fn", Type.FUNCTION, "What to call.")
                .example("local body, err = reliability.retry(3, 1, fetch)")
                .body(call -> {
                    var retrying =
                            new Retrying(
                                    Math.clamp(call.integer("attempts"), 0, 1 << 20),
                                    Durations.waiting(call.value("delay"), "delay"),
                                    Retrying.LONGEST_DEFAULT,
                                    Retrying.Strategy.EXPONENTIAL,
                                    2,
                                    false);
                    return retry(call, retrying, Value.Nil.NIL);
                });
    }

    private static Function retryWithConfig() {
        return trying("retry_with_config")
                .doc("Calls a function until it succeeds, as configured.")
                .param(
                        Parameter.required("config", Type.TABLE, "How to retry.")
                                .options(
                                        option("max_attempts", Type.INTEGER, "Tries; 3 if nil."),
                                        option(
                                                "initial_delay",
                                                Type.DURATION,
                                                "The first wait; 1 second if nil."),
                                        option(
                                                "max_delay",
                                                Type.DURATION,
                                                "The longest wait; 5 minutes if nil."),
                                        option(
                                                "strategy",
                                                Type.STRING,
                                                "fixed, linear, or exponential if nil."),
                                        option(
                                                "multiplier",
                                                Type.NUMBER,
                                                "How exponential waits grow; 2 if nil."),
                                        option(
                                                "jitter",
                                                Type.BOOLEAN,
                                                "Whether chance takes up to half of a wait away."),
                                        option(
                                                "on_retry",
                                                Type.FUNCTION,
                                                "Called with the attempt, the error and the"
                                                        + " wait in seconds.")))
                .param("fn", Type.FUNCTION, "What to call.")
                .example("reliability.retry_with_config({max_attempts = 5, jitter = true}, fetch)")
                .body(call -> {
                    var config = call.table("config");
                    return retry(call, Retrying.read(config), config.at("on_retry"));
                });
    }

    private static Parameter option(String name, Type type, String doc) {
        return Parameter.optional(name, type, doc);
    }

    private static List<Value> retry(Call call, Retrying retrying, Value onRetry)
            throws InterruptedException {
        for (int tries = 1; ; tries++) {
            switch (Attempt.of(call.function("fn"))) {
                case Attempt.Succeeded(var results) -> {
                    return results;
                }
                case Attempt.Failed(var message) -> {
                    if (tries == retrying.attempts()) {
                        return Results.fail("failed after " + tries + " attempts: " + message);
                    }
                    var delay = retrying.delay(tries, call.host().random());
                    if (onRetry instanceof Value.Callable told) {
                        var seconds = new Value.Num(Durations.seconds(delay));
                        told.call(List.of(new Value.Num(tries), Text.of(message), seconds));
                    }
                    call.host().concurrency().sleep(delay);
                }
            }
        }
    }

    private static Function circuitBreaker() {
        return trying("circuit_breaker")
                .doc(
                        "Calls a function unless it has failed too often in a row; then it is not"
                                + " called for a while.")
                .param("name", Type.STRING, "The name under which failures are counted.")
                .param(
                        Parameter.required("config", Type.TABLE, "When to refuse.")
                                .options(
                                        option(
                                                "max_failures",
                                                Type.INTEGER,
                                                "Failures in a row that open it; 5 if nil."),
                                        option(
                                                "timeout",
                                                Type.DURATION,
                                                "How long it stays open; 60 seconds if nil."),
                                        option(
                                                "success_threshold",
                                                Type.INTEGER,
                                                "Successes that close it again; 2 if nil."),
                                        option(
                                                "on_state_change",
                                                Type.FUNCTION,
                                                "Called with the name, the old and the new"
                                                        + " state.")))
                .param("fn", Type.FUNCTION, "What to call.")
                .example("reliability.circuit_breaker(\"api\", {max_failures = 3}, fetch)")
                .body(ReliabilityModule::guarded);
    }

    private static List<Value> guarded(Call call) {
        var name = call.text("name");
        var config = call.table("config");
        var settings = settings(config);
        var circuit = circuits(call).byName.computeIfAbsent(name, _ -> new Circuit());
        var before = circuit.state();
        boolean admitted = circuit.admits(settings, call.host().time().instant());
        tell(config, name, before, circuit.state());
        if (!admitted) {
            return Results.fail("the circuit breaker " + name + " is open");
        }
        var attempt = Attempt.of(call.function("fn"));
        var during = circuit.state();
        var now = call.host().time().instant();
        return switch (attempt) {
            case Attempt.Succeeded(var results) -> {
                circuit.succeeded(settings, now);
                tell(config, name, during, circuit.state());
                yield results;
            }
            case Attempt.Failed(var message) -> {
                circuit.failed(settings, now);
                tell(config, name, during, circuit.state());
                yield Results.fail(message);
            }
        };
    }

    private static Circuit.Settings settings(Value.Table config) {
        double failures = Retrying.number(config, "max_failures", FAILURES_DEFAULT);
        double successes = Retrying.number(config, "success_threshold", SUCCESSES_DEFAULT);
        var pause = Retrying.duration(config, "timeout", PAUSE_DEFAULT);
        if (!(failures >= 1) || !(successes >= 1) || pause.isNegative()) {
            throw new CallFailure(
                    "max_failures and success_threshold are at least 1, timeout not negative");
        }
        return new Circuit.Settings((int) failures, pause, (int) successes);
    }

    private static void tell(
            Value.Table config, String name, Circuit.State from, Circuit.State to) {
        if (from != to && config.at("on_state_change") instanceof Value.Callable told) {
            told.call(List.of(Text.of(name), Text.of(from.text()), Text.of(to.text())));
        }
    }

    private static Circuits circuits(Call call) {
        return call.host().keep(Circuits.class, Circuits::new);
    }

    private static Function stats() {
        return Function.named("get_circuit_stats")
                .doc("Says what a circuit breaker has seen.")
                .param("name", Type.STRING, "Its name.")
                .returnsOrNil(
                        "stats",
                        Type.TABLE,
                        "The fields state, requests, total_success, total_failures,"
                                + " consecutive_success, consecutive_failures, last_success_time and"
                                + " last_failure_time; or nil.")
                .returnsOrNil("error", Type.STRING, "Nil, or that there is none.")
                .example("local stats = reliability.get_circuit_stats(\"api\")")
                .body(call -> {
                    var circuit = circuits(call).byName.get(call.text("name"));
                    return circuit == null
                            ? Results.fail(unknown(call))
                            : Results.of(circuit.stats());
                });
    }

    private static String unknown(Call call) {
        return "there is no circuit breaker " + call.text("name");
    }

    private static Function reset() {
        return Function.named("reset_circuit")
                .doc("Forgets what a circuit breaker has seen, and closes it.")
                .param("name", Type.STRING, "Its name.")
                .returns("ok", Type.BOOLEAN, "True, or false if there is none.")
                .returnsOrNil("error", Type.STRING, "Nil, or that there is none.")
                .example("reliability.reset_circuit(\"api\")")
                .body(call ->
                        circuits(call).byName.replace(call.text("name"), new Circuit()) == null
                                ? Results.refuse(unknown(call))
                                : Results.bool(true));
    }

    private static Function list() {
        return Function.named("list_circuits")
                .doc("Lists the circuit breakers of this script.")
                .returns("names", Type.TABLE, "A list of names.")
                .example("for _, name in ipairs(reliability.list_circuits()) do print(name) end")
                .body(call ->
                        Results.of(
                                DataTable.list(
                                        circuits(call).byName.keySet().stream()
                                                .map(Text::of)
                                                .toList())));
    }
}
