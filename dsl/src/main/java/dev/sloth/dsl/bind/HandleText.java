package dev.sloth.dsl.bind;

import dev.sloth.api.value.Value;
import dev.sloth.lua.value.Args;
import dev.sloth.lua.value.HostFunction;
import dev.sloth.lua.value.Imprint;
import dev.sloth.lua.value.LuaHandle;
import dev.sloth.lua.value.LuaState;

/// A handle as text: its type, and what its target says of itself.
final class HandleText extends HostFunction implements Imprint.Constant {
    HandleText() {
        super("__tostring");
    }

    @Override
    protected double invoke(LuaState s, Args args) {
        if (args.o(1) instanceof LuaHandle
                && Border.of(s).toHost(args.d(1), args.o(1)) instanceof Value.Handle handle) {
            return s.ret(handle.typeName() + ": " + said(handle.target()));
        }
        return s.ret("userdata");
    }

    /// An address, as for tables, where the target says no more than Java's class of it.
    private static String said(Object target) {
        var text = target.toString();
        return text.startsWith(target.getClass().getName() + "@")
                ? "0x%08x".formatted(System.identityHashCode(target))
                : text;
    }
}
