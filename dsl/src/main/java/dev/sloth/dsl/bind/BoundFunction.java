package dev.sloth.dsl.bind;

import dev.sloth.api.plugin.Function;
import dev.sloth.api.plugin.Host;
import dev.sloth.api.plugin.Permission;
import dev.sloth.api.value.Value;
import dev.sloth.lua.value.Args;
import dev.sloth.lua.value.HostFunction;
import dev.sloth.lua.value.LuaError;
import dev.sloth.lua.value.LuaState;
import java.io.IOException;
import java.util.List;
import java.util.Locale;

/// A declared function as Lua calls it.
final class BoundFunction extends HostFunction {
    private final Function function;
    private final Arguments arguments;
    private final Border border;
    private final Host host;
    private final Receiver receiver;

    /// What comes before the declared parameters.
    sealed interface Receiver {
        /// Nothing: a plain function.
        record None() implements Receiver {}

        /// The table that is called through `__call`.
        record Called() implements Receiver {}

        /// A handle of this type.
        record Handle(String type, boolean lenient) implements Receiver {}
    }

    BoundFunction(String module, Function function, Border border, Host host, Receiver receiver) {
        super(
                function.name().equals(Function.ITSELF)
                        ? module
                        : module
                                + (receiver instanceof Receiver.Handle ? ":" : ".")
                                + function.name());
        this.function = function;
        this.arguments = new Arguments(function);
        this.border = border;
        this.host = host;
        this.receiver = receiver;
    }

    @Override
    protected double invoke(LuaState s, Args args) {
        return Crossing.guarded(border, name(), () -> crossed(s, args));
    }

    private double crossed(LuaState s, Args args) throws InterruptedException, IOException {
        return switch (receiver) {
            case Receiver.None _ -> checked(s, args, 0, this);
            case Receiver.Called _ -> checked(s, args, 1, this);
            case Receiver.Handle handle -> onHandle(s, args, handle);
        };
    }

    private double onHandle(LuaState s, Args args, Receiver.Handle handle)
            throws InterruptedException, IOException {
        if (border.toHost(args.d(1), args.o(1)) instanceof Value.Handle self
                && self.typeName().equals(handle.type())) {
            return handle.lenient()
                    ? called(border.toHost(args.from(2)), self.target())
                    : checked(s, args, 1, self.target());
        }
        throw s.error(
                "bad self for '%s' (%s expected, got %s): call it with a colon, as object:%s(...)"
                        .formatted(
                                function.name(),
                                handle.type(),
                                args.count() == 0 ? "no value" : args.type(1),
                                function.name()));
    }

    private double called(List<Value> given, Object self) throws InterruptedException, IOException {
        return border.results(
                function.body()
                        .call(
                                new CheckedCall(
                                        function.parameters(),
                                        arguments.sort(given).values(),
                                        given,
                                        self,
                                        host)));
    }

    private double checked(LuaState s, Args args, int before, Object self)
            throws InterruptedException, IOException {
        permit(s);
        List<Value> given = border.toHost(args.from(before + 1));
        var sorted = arguments.sort(given);
        if (sorted.refusal().isPresent()) {
            var refusal = sorted.refusal().get();
            throw refused(s, args, refusal, before);
        }
        var call = new CheckedCall(function.parameters(), sorted.values(), given, self, host);
        return border.results(function.body().call(call));
    }

    private LuaError refused(LuaState s, Args args, Arguments.Refusal refusal, int before) {
        return receiver instanceof Receiver.Called
                ? s.error(
                        "bad argument #%d to '%s' (%s)"
                                .formatted(refusal.argument(), name(), refusal.reason()))
                : args.bad(refusal.argument() + before, refusal.reason());
    }

    private void permit(LuaState s) {
        if (function.permissions().isEmpty()) {
            return;
        }
        var granted = host.granted();
        for (Permission needed : function.permissions()) {
            if (!granted.contains(needed)) {
                throw s.error(refusal(needed) + " ('" + name() + "' needs it)");
            }
        }
    }

    private static String refusal(Permission permission) {
        return permission.name().toLowerCase(Locale.ROOT) + " is not permitted in this script";
    }
}
