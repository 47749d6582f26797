package dev.sloth.dsl.bind;

import dev.sloth.api.plugin.CallFailure;
import dev.sloth.api.plugin.Permission;
import dev.sloth.lua.value.Args;
import dev.sloth.lua.value.HostFunction;
import dev.sloth.lua.value.Imprint;
import dev.sloth.lua.value.LuaState;
import dev.sloth.lua.value.LuaString;
import dev.sloth.lua.value.LuaTable;
import dev.sloth.lua.value.LuaValues;

/// The global `secrets`: a table without entries that asks the host for each.
public final class SecretsTable {
    private static final String NAME = "secrets";
    private static final int META_FIELDS = 3;

    private SecretsTable() {}

    /// Makes it a global.
    public static void put(Border border) {
        var s = border.state();
        var meta = new LuaTable(0, META_FIELDS);
        meta.setString(s, LuaString.of("__index"), LuaValues.TAG, new Reading());
        meta.setString(s, LuaString.of("__newindex"), LuaValues.TAG, new Writing());
        meta.setString(s, LuaString.of("__metatable"), LuaValues.TAG, LuaString.of(NAME));
        var table = new LuaTable(0, 0);
        table.setMetatable(meta);
        s.globals().setString(s, LuaString.of(NAME), LuaValues.TAG, table);
    }

    /// `secrets.name`.
    private static final class Reading extends HostFunction implements Imprint.Constant {
        Reading() {
            super("__index");
        }

        @Override
        protected double invoke(LuaState s, Args args) {
            s.looksOutside();
            var border = Border.of(s);
            return Crossing.guarded(
                    border,
                    NAME,
                    () -> {
                        var host = border.host();
                        if (!host.granted().contains(Permission.SECRETS)) {
                            throw new CallFailure("secrets is not permitted in this script");
                        }
                        if (!(args.o(2) instanceof LuaString name)) {
                            throw new CallFailure("a secret has a name: secrets.name");
                        }
                        return border.toLua(host.secret(name.toString()));
                    });
        }
    }

    /// `secrets.name = value`.
    private static final class Writing extends HostFunction implements Imprint.Constant {
        Writing() {
            super("__newindex");
        }

        @Override
        protected double invoke(LuaState s, Args args) {
            throw s.error("secrets cannot be set here: `sloth-runner secrets set` keeps them");
        }
    }
}
