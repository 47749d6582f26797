package dev.sloth.dsl.bind;

import dev.sloth.api.plugin.Function;
import dev.sloth.lua.value.Args;
import dev.sloth.lua.value.HostFunction;
import dev.sloth.lua.value.Imprint;
import dev.sloth.lua.value.LuaState;
import dev.sloth.lua.value.LuaString;

/// Answers for methods that are not declared.
final class MissingMethod extends HostFunction implements Imprint.Constant {
    private final String type;
    private final Offer.Unknown unknown;
    private final BoundFunction.Receiver receiver;

    MissingMethod(String type, Offer.Unknown unknown, BoundFunction.Receiver receiver) {
        super("__index");
        this.type = type;
        this.unknown = unknown;
        this.receiver = receiver;
    }

    @Override
    protected double invoke(LuaState s, Args args) {
        if (!(args.o(2) instanceof LuaString key)) {
            return s.nil();
        }
        String name = key.toString();
        Function method = Function.named(name).body(call -> unknown.called(call, name));
        return s.ret(
                new BoundFunction(
                        BoundFunction.name(type, method, receiver),
                        method,
                        receiver,
                        BoundFunction.LONG_WAY,
                        true));
    }
}
