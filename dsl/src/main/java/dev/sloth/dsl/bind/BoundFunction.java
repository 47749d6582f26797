package dev.sloth.dsl.bind;

import dev.sloth.api.plugin.Function;
import dev.sloth.api.plugin.Permission;
import dev.sloth.api.value.Value;
import dev.sloth.lua.value.Args;
import dev.sloth.lua.value.HostFunction;
import dev.sloth.lua.value.Imprint;
import dev.sloth.lua.value.LuaError;
import dev.sloth.lua.value.LuaHandle;
import dev.sloth.lua.value.LuaState;
import dev.sloth.lua.value.LuaValues;
import java.io.IOException;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// A declared function as Lua calls it; the same one in all states.
final class BoundFunction extends HostFunction implements Imprint.Constant {
    /// No shortcut.
    static final Shortcut LONG_WAY = (_, _, _) -> null;

    private final Function function;
    private final Arguments arguments;
    private final Receiver receiver;
    private final Shortcut shortcut;
    private final boolean inward;

    /// What comes before the declared parameters.
    sealed interface Receiver {
        /// Nothing: a plain function.
        record None() implements Receiver {}

        /// The table that is called through `__call`.
        record Called() implements Receiver {}

        /// A handle of this type.
        record Handle(String type, boolean lenient) implements Receiver {}
    }

    /// @param inward whether it concerns the state alone, and gives in each load what it gave
    ///   before
    BoundFunction(
            String name, Function function, Receiver receiver, Shortcut shortcut, boolean inward) {
        super(name);
        this.inward = inward;
        this.function = function;
        this.arguments = new Arguments(function);
        this.receiver = receiver;
        this.shortcut = shortcut;
    }

    static String name(String module, Function function, Receiver receiver) {
        if (function.name().equals(Function.ITSELF)) {
            return module;
        }
        return module + (receiver instanceof Receiver.Handle ? ":" : ".") + function.name();
    }

    @Override
    public double call(LuaState s, double a, Object ao) {
        if (isShort()) {
            var border = Border.of(s);
            var result =
                    receiver instanceof Receiver.None
                            ? shortcut.of(border, this, List.of(border.toHost(a, ao)))
                            : onHandle(border, a, ao, List.of());
            if (result != null) {
                return s.ret(result);
            }
        }
        return super.call(s, a, ao);
    }

    @Override
    public double call(LuaState s, double a, Object ao, double b, Object bo) {
        if (isShort()) {
            var border = Border.of(s);
            var second = border.toHost(b, bo);
            var result =
                    receiver instanceof Receiver.None
                            ? shortcut.of(border, this, List.of(border.toHost(a, ao), second))
                            : onHandle(border, a, ao, List.of(second));
            if (result != null) {
                return s.ret(result);
            }
        }
        return super.call(s, a, ao, b, bo);
    }

    @Override
    public double call(LuaState s, double a, Object ao, double b, Object bo, double c, Object co) {
        if (isShort() && receiver instanceof Receiver.Handle) {
            var border = Border.of(s);
            var given = List.of(border.toHost(b, bo), border.toHost(c, co));
            var result = onHandle(border, a, ao, given);
            if (result != null) {
                return s.ret(result);
            }
        }
        return super.call(s, a, ao, b, bo, c, co);
    }

    @SuppressWarnings("ReferenceEquality") // there is but one long way
    private boolean isShort() {
        return shortcut != LONG_WAY;
    }

    private @Nullable Object onHandle(Border border, double a, Object ao, List<Value> given) {
        return receiver instanceof Receiver.Handle(var type, _)
                        && LuaValues.isObject(a)
                        && ao instanceof LuaHandle handle
                        && handle.held() instanceof Value.Handle self
                        && self.typeName().equals(type)
                ? shortcut.of(border, self.target(), given)
                : null;
    }

    @Override
    protected double invoke(LuaState s, Args args) {
        if (!inward) {
            s.looksOutside();
        }
        var border = Border.of(s);
        return Crossing.guarded(border, name(), () -> crossed(border, args));
    }

    private double crossed(Border border, Args args) throws InterruptedException, IOException {
        return switch (receiver) {
            case Receiver.None _ -> checked(border, args, 0, this);
            case Receiver.Called _ -> checked(border, args, 1, this);
            case Receiver.Handle handle -> onHandle(border, args, handle);
        };
    }

    private double onHandle(Border border, Args args, Receiver.Handle handle)
            throws InterruptedException, IOException {
        if (border.toHost(args.d(1), args.o(1)) instanceof Value.Handle self
                && self.typeName().equals(handle.type())) {
            return handle.lenient()
                    ? called(border, border.toHost(args.from(2)), self.target())
                    : checked(border, args, 1, self.target());
        }
        throw border.state()
                .error(
                        "bad self for '%s' (%s expected, got %s): call it with a colon, as object:%s(...)"
                                .formatted(
                                        function.name(),
                                        handle.type(),
                                        args.count() == 0 ? "no value" : args.type(1),
                                        function.name()));
    }

    private double called(Border border, List<Value> given, Object self)
            throws InterruptedException, IOException {
        return answered(border, arguments.sort(given).values(), given, self);
    }

    private double answered(Border border, List<Value> values, List<Value> given, Object self)
            throws InterruptedException, IOException {
        var taking = new Taking(border);
        try {
            var call =
                    new CheckedCall(
                            function.parameters(), values, given, self, border.host(), taking);
            var results = function.body().call(call);
            if (!holdsTable(results)) {
                // What is no table goes over as it is, and counts from here on as the script's own.
                taking.over();
            }
            return border.results(results);
        } finally {
            taking.over();
        }
    }

    private static boolean holdsTable(List<Value> results) {
        for (var each : results) {
            if (each instanceof Value.Table) {
                return true;
            }
        }
        return false;
    }

    private double checked(Border border, Args args, int before, Object self)
            throws InterruptedException, IOException {
        permit(border);
        List<Value> given = border.taken(args.from(before + 1));
        var sorted = arguments.sort(given);
        if (sorted.refusal().isPresent()) {
            var refusal = sorted.refusal().get();
            throw refused(border.state(), args, refusal, before);
        }
        return answered(border, sorted.values(), given, self);
    }

    private LuaError refused(LuaState s, Args args, Arguments.Refusal refusal, int before) {
        return receiver instanceof Receiver.Called
                ? s.error(
                        "bad argument #%d to '%s' (%s)"
                                .formatted(refusal.argument(), name(), refusal.reason()))
                : args.bad(refusal.argument() + before, refusal.reason(), name());
    }

    private void permit(Border border) {
        if (function.permissions().isEmpty()) {
            return;
        }
        var granted = border.host().granted();
        for (Permission needed : function.permissions()) {
            if (!granted.contains(needed)) {
                throw border.state().error(refusal(needed) + " ('" + name() + "' needs it)");
            }
        }
    }

    private static String refusal(Permission permission) {
        return permission.name().toLowerCase(Locale.ROOT) + " is not permitted in this script";
    }
}
