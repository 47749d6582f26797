package dev.sloth.lua.value;

import static java.lang.invoke.MethodType.methodType;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.util.Optional;

/// The JVM's own continuations, those that virtual threads are made of. They are internal to the
/// JDK: `--add-exports java.base/jdk.internal.vm=ALL-UNNAMED` opens them, and they are tried out
/// before they are used.
///
/// @param maker of one, from a scope and a body
/// @param runner of one, until it is left or ends
/// @param leaver of a scope, from inside, until it is run again
record Continuations(MethodHandle maker, MethodHandle runner, MethodHandle leaver, Object scope) {
    /// Set to `off`, there are none.
    private static final String PROPERTY = "sloth.lua.continuations";

    /// Nothing where they are not open, or do not work.
    static final Optional<Continuations> OPEN = found().filter(Continuations::work);

    private static Optional<Continuations> found() {
        if (System.getProperty(PROPERTY, "").equals("off")) {
            return Optional.empty();
        }
        try {
            var type = Class.forName("jdk.internal.vm.Continuation");
            var scopes = Class.forName("jdk.internal.vm.ContinuationScope");
            var lookup = MethodHandles.lookup();
            var scope =
                    lookup.findConstructor(scopes, methodType(void.class, String.class))
                            .invoke("lua-coroutine");
            var make = lookup.findConstructor(type, methodType(void.class, scopes, Runnable.class));
            var run = lookup.findVirtual(type, "run", methodType(void.class));
            var leave = lookup.findStatic(type, "yield", methodType(boolean.class, scopes));
            return Optional.of(
                    new Continuations(
                            make.asType(methodType(Object.class, Object.class, Runnable.class)),
                            run.asType(methodType(void.class, Object.class)),
                            leave.asType(methodType(boolean.class, Object.class)),
                            scope));
        } catch (ReflectiveOperationException e) {
            return Optional.empty();
        } catch (Throwable e) {
            throw unchecked(e);
        }
    }

    /// Whether one can be left and entered again.
    private boolean work() {
        var turns = new int[1];
        var made =
                of(() -> {
                    turns[0]++;
                    leave();
                    turns[0]++;
                });
        try {
            run(made);
            run(made);
        } catch (IllegalStateException _) {
            // it cannot be left here
            return false;
        }
        return turns[0] == 2;
    }

    Object of(Runnable body) {
        try {
            return (Object) maker.invokeExact(scope, body);
        } catch (Throwable e) {
            throw unchecked(e);
        }
    }

    void run(Object continuation) {
        try {
            runner.invokeExact(continuation);
        } catch (Throwable e) {
            throw unchecked(e);
        }
    }

    /// @throws IllegalStateException when something below cannot be left
    @SuppressWarnings("unused") // whether it was left
    void leave() {
        try {
            boolean _ = (boolean) leaver.invokeExact(scope);
        } catch (Throwable e) {
            throw unchecked(e);
        }
    }

    private static RuntimeException unchecked(Throwable thrown) {
        return switch (thrown) {
            case Error error -> throw error;
            case RuntimeException exception -> exception;
            default -> new IllegalStateException(thrown);
        };
    }
}
