package dev.sloth.dsl.bind;

import dev.sloth.api.plugin.Module;
import dev.sloth.lua.value.Args;
import dev.sloth.lua.value.HostFunction;
import dev.sloth.lua.value.Imprint;
import dev.sloth.lua.value.LuaFunction;
import dev.sloth.lua.value.LuaNil;
import dev.sloth.lua.value.LuaState;
import dev.sloth.lua.value.LuaString;
import dev.sloth.lua.value.LuaTable;
import dev.sloth.lua.value.LuaValues;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/// Makes globals of modules in one state.
public final class Binder {
    private final Border border;
    private final LuaState s;
    private final Map<String, Object> modules = new HashMap<>();

    public Binder(Border border) {
        this.border = border;
        this.s = border.state();
    }

    /// Makes each module a global, or a field of the module above it, which comes first. A table
    /// that is there already is added to, and keeps what it has.
    public void bind(Offer offer) {
        border.shapes(offer);
        for (var each : offer.modules()) {
            if (each.made() instanceof Offer.Pattern pattern) {
                modules.put(each.module().name(), table(each, pattern));
            } else {
                above(each).setString(s, each.name(), LuaValues.TAG, each.made());
                modules.put(each.module().name(), each.made());
            }
        }
        border.modules(
                modules.values().stream()
                        .filter(LuaTable.class::isInstance)
                        .map(LuaTable.class::cast)
                        .toList());
    }

    private LuaTable above(Offer.Prepared each) {
        if (each.above().isEmpty()) {
            return s.globals();
        }
        if (modules.get(each.above()) instanceof LuaTable table) {
            return table;
        }
        throw new IllegalStateException(
                "there is no module above " + each.module().name() + " yet");
    }

    private LuaTable table(Offer.Prepared each, Offer.Pattern pattern) {
        double there = above(each).getString(s, each.name());
        if (LuaValues.isObject(there) && s.out instanceof LuaTable table) {
            add(pattern.fields().table(), table);
            pattern.makeCallable(table);
            constants(each.module(), table);
            return table;
        }
        var table = pattern.table();
        constants(each.module(), table);
        above(each).setString(s, each.name(), LuaValues.TAG, table);
        return table;
    }

    /// Lua's own functions stay as they are.
    private void add(LuaTable fields, LuaTable table) {
        for (int at = fields.nextPosition(-1); at >= 0; at = fields.nextPosition(at)) {
            var _ = fields.keyAt(s, at);
            if (s.out instanceof LuaString key) {
                double there = table.getString(s, key);
                if (LuaValues.isObject(there) && s.out == LuaNil.NIL) {
                    double function = fields.valueAt(s, at);
                    table.setString(s, key, function, s.out);
                }
            }
        }
    }

    private void constants(Module module, LuaTable table) {
        for (var constant : module.constants()) {
            double d = border.toLua(constant.value());
            table.setString(s, LuaString.of(constant.name()), d, s.out);
        }
    }

    /// What `require` runs for a module that was bound here.
    public Optional<LuaFunction> loader(String name) {
        var module = modules.get(name);
        return module == null ? Optional.empty() : Optional.of(new Loader(name, module));
    }

    /// Gives a module's table, whatever the script has made of the global since.
    private static final class Loader extends HostFunction implements Imprint.Constant {
        private final Object module;

        Loader(String name, Object module) {
            super(name);
            this.module = module;
        }

        @Override
        protected double invoke(LuaState s, Args args) {
            return s.ret(module);
        }
    }
}
