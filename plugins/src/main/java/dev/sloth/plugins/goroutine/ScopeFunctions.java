package dev.sloth.plugins.goroutine;

import dev.sloth.api.plugin.Call;
import dev.sloth.api.plugin.CallFailure;
import dev.sloth.api.plugin.Function;
import dev.sloth.api.plugin.HandleType;
import dev.sloth.api.plugin.Keeper;
import dev.sloth.api.plugin.Results;
import dev.sloth.api.plugin.Type;
import dev.sloth.api.value.Text;
import dev.sloth.api.value.Value;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/// Contexts: a tree of things that can be cancelled or run out of time.
final class ScopeFunctions {
    private static final String CONTEXT = "goroutine.context";
    private static final double EPOCH_MS_MAX = 1e15;

    private ScopeFunctions() {}

    static Function function() {
        return Function.named("context")
                .doc(
                        "Makes a context: goroutines look at it to learn that they should stop."
                                + " Contexts made from it end with it.")
                .returns("context", Type.HANDLE, "The context.")
                .example("local ctx, cancel = goroutine.context():with_timeout(5000)")
                .body(call -> Results.of(handle(Scope.root(call.host().time()))));
    }

    static HandleType type() {
        return HandleType.named(CONTEXT, "Says whether work should stop.")
                .methods(withCancel(), withTimeout(), withDeadline())
                .methods(isCancelled(), err(), deadline(), cancel(), await());
    }

    static Value handle(Scope scope) {
        return new Value.Handle(CONTEXT, scope);
    }

    private static Function.Builder child(String name) {
        return Function.named(name)
                .returns("context", Type.HANDLE, "The new context.")
                .returns("cancel", Type.FUNCTION, "Cancels the new context.");
    }

    private static List<Value> born(Call call, Optional<Instant> deadline) {
        var child = ((Scope) call.self()).child(deadline);
        return Results.of(handle(child), new Cancel(child));
    }

    /// Cancels a context, and keeps it for whoever holds this alone.
    private record Cancel(Scope scope) implements Value.Callable, Keeper {
        @Override
        public List<Value> call(List<Value> arguments) {
            scope.cancel();
            return List.of();
        }

        @Override
        public void show(Consumer<Value> each) {
            each.accept(handle(scope));
        }
    }

    private static Function withCancel() {
        return child("with_cancel")
                .doc("Makes a context that ends when it is cancelled, or with this one.")
                .body(call -> born(call, Optional.empty()));
    }

    private static Function withTimeout() {
        return child("with_timeout")
                .doc("Makes a context that ends after a while, or with this one.")
                .param("ms", Type.NUMBER, "How long, in milliseconds.")
                .body(call -> {
                    var length = GoroutineModule.ms(call.number("ms"));
                    var now = call.host().time().instant();
                    return born(call, Optional.of(now.plus(length)));
                });
    }

    private static Function withDeadline() {
        return child("with_deadline")
                .doc("Makes a context that ends at a time, or with this one.")
                .param("epoch_ms", Type.NUMBER, "The time, in milliseconds since 1970.")
                .body(call -> {
                    double at = call.number("epoch_ms");
                    if (!(Math.abs(at) <= EPOCH_MS_MAX)) {
                        throw new CallFailure("the deadline is not a time");
                    }
                    return born(call, Optional.of(Instant.ofEpochMilli((long) at)));
                });
    }

    private static Function isCancelled() {
        return Function.named("is_cancelled")
                .doc("Says whether the context has ended, for whatever reason.")
                .returns("ended", Type.BOOLEAN, "Whether it has.")
                .body(call -> Results.bool(((Scope) call.self()).error().isPresent()));
    }

    private static Function err() {
        return Function.named("err")
                .doc("Says why the context has ended.")
                .returnsOrNil(
                        "error",
                        Type.STRING,
                        "\"context canceled\", \"context deadline exceeded\", or nil.")
                .body(call -> Results.of(error((Scope) call.self())));
    }

    private static Value error(Scope scope) {
        return scope.error().<Value>map(Text::of).orElse(Value.Nil.NIL);
    }

    private static Function deadline() {
        return Function.named("deadline")
                .doc("Says when the context ends by itself.")
                .returnsOrNil("epoch_ms", Type.NUMBER, "Milliseconds since 1970, or nil.")
                .body(call -> Results.of(deadline((Scope) call.self())));
    }

    /// In milliseconds since 1970, or nil.
    static Value deadline(Scope scope) {
        return scope.deadline()
                .<Value>map(at -> new Value.Num(at.toEpochMilli()))
                .orElse(Value.Nil.NIL);
    }

    private static Function cancel() {
        return Function.named("cancel")
                .doc("Ends the context and all that were made from it.")
                .body(call -> {
                    ((Scope) call.self()).cancel();
                    return Results.none();
                });
    }

    private static Function await() {
        return Function.named("wait")
                .doc("Waits until the context has ended.")
                .optional("ms", Type.NUMBER, "How long at most; for ever if nil.")
                .returnsOrNil("error", Type.STRING, "Why it has ended, or nil if it has not.")
                .body(call -> {
                    var scope = (Scope) call.self();
                    var longest =
                            call.given("ms")
                                    ? Optional.of(GoroutineModule.ms(call.number("ms")))
                                    : Optional.<Duration>empty();
                    scope.await(call.host().concurrency(), longest);
                    return Results.of(error(scope));
                });
    }
}
