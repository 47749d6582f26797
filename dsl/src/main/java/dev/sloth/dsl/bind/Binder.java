package dev.sloth.dsl.bind;

import dev.sloth.api.plugin.Call;
import dev.sloth.api.plugin.Function;
import dev.sloth.api.plugin.HandleType;
import dev.sloth.api.plugin.Host;
import dev.sloth.api.plugin.Module;
import dev.sloth.api.value.Value;
import dev.sloth.lua.value.Args;
import dev.sloth.lua.value.HostFunction;
import dev.sloth.lua.value.LuaFunction;
import dev.sloth.lua.value.LuaHandle;
import dev.sloth.lua.value.LuaNil;
import dev.sloth.lua.value.LuaState;
import dev.sloth.lua.value.LuaString;
import dev.sloth.lua.value.LuaTable;
import dev.sloth.lua.value.LuaValues;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Makes globals of modules in one state.
public final class Binder {
    private final Border border;
    private final LuaState s;
    private final Host host;
    private final Map<String, Object> modules = new HashMap<>();

    public Binder(Border border, Host host) {
        this.border = border;
        this.s = border.state();
        this.host = host;
    }

    /// What a method that nobody declared does; such handles never refuse arguments themselves.
    @FunctionalInterface
    public interface Unknown {
        List<Value> called(Call call, String method);
    }

    /// Makes each module a global. A table that is there already is added to, and keeps what it
    /// has.
    public void bind(List<Module> modules) {
        for (Module module : modules) {
            bind(module);
        }
    }

    private void bind(Module module) {
        module.handles().forEach(this::shape);
        var name = LuaString.of(module.name());
        var itself =
                module.functions().stream()
                        .filter(function -> function.name().equals(Function.ITSELF))
                        .findFirst();
        boolean plain = module.functions().size() == 1 && module.constants().isEmpty();
        if (itself.isPresent() && plain) {
            var bound = bound(module, itself.get(), new BoundFunction.Receiver.None());
            s.globals().setString(s, name, LuaValues.TAG, bound);
            modules.put(module.name(), bound);
            return;
        }
        if (module.functions().isEmpty() && module.constants().isEmpty()) {
            return;
        }
        var table = table(name, module.functions().size());
        modules.put(module.name(), table);
        fill(module, table);
    }

    private LuaTable table(LuaString name, int size) {
        double there = s.globals().getString(s, name);
        if (LuaValues.isObject(there) && s.out instanceof LuaTable table) {
            return table;
        }
        var table = new LuaTable(0, size);
        s.globals().setString(s, name, LuaValues.TAG, table);
        return table;
    }

    private void fill(Module module, LuaTable table) {
        for (Function function : module.functions()) {
            if (function.name().equals(Function.ITSELF)) {
                var meta = new LuaTable(0, 1);
                var call = bound(module, function, new BoundFunction.Receiver.Called());
                meta.setString(s, LuaString.of("__call"), LuaValues.TAG, call);
                table.setMetatable(meta);
            } else {
                add(
                        table,
                        function.name(),
                        bound(module, function, new BoundFunction.Receiver.None()));
            }
        }
        for (var constant : module.constants()) {
            double d = border.toLua(constant.value());
            table.setString(s, LuaString.of(constant.name()), d, s.out);
        }
    }

    private BoundFunction bound(Module module, Function function, BoundFunction.Receiver before) {
        return new BoundFunction(module.name(), function, border, host, before);
    }

    /// Lua's own functions stay as they are.
    private void add(LuaTable table, String name, LuaFunction function) {
        var key = LuaString.of(name);
        double there = table.getString(s, key);
        if (LuaValues.isObject(there) && s.out == LuaNil.NIL) {
            table.setString(s, key, LuaValues.TAG, function);
        }
    }

    /// What `require` runs for a module that was bound here.
    public Optional<LuaFunction> loader(String name) {
        var module = modules.get(name);
        return module == null ? Optional.empty() : Optional.of(new Loader(name, module));
    }

    /// Gives a module's table, whatever the script has made of the global since.
    private static final class Loader extends HostFunction {
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

    // ---- handles

    private void shape(HandleType type) {
        shape(type, new BoundFunction.Receiver.Handle(type.name(), false));
    }

    private LuaTable shape(HandleType type, BoundFunction.Receiver.Handle receiver) {
        var methods = new LuaTable(0, type.methods().size());
        var meta = new LuaTable(0, 4);
        for (Function method : type.methods()) {
            var bound = new BoundFunction(type.name(), method, border, host, receiver);
            if (method.name().equals(Function.ITSELF)) {
                meta.setString(s, LuaString.of("__call"), LuaValues.TAG, bound);
            } else {
                methods.setString(s, LuaString.of(method.name()), LuaValues.TAG, bound);
            }
        }
        meta.setString(s, LuaString.of("__index"), LuaValues.TAG, methods);
        meta.setString(s, LuaString.of("__tostring"), LuaValues.TAG, new Described(border));
        meta.setString(s, LuaString.of("__metatable"), LuaValues.TAG, LuaString.of(type.name()));
        border.shape(type.name(), meta);
        return methods;
    }

    /// Makes handles of a type whose methods take whatever they are given, declared or not: their
    /// bodies judge it.
    public void lenient(HandleType type, Unknown unknown) {
        var receiver = new BoundFunction.Receiver.Handle(type.name(), true);
        var methods = shape(type, receiver);
        var meta = new LuaTable(0, 1);
        meta.setString(
                s,
                LuaString.of("__index"),
                LuaValues.TAG,
                new Missing(type, unknown, border, host, receiver));
        methods.setMetatable(meta);
    }

    /// Answers for methods that are not declared.
    private static final class Missing extends HostFunction {
        private final HandleType type;
        private final Unknown unknown;
        private final Border border;
        private final Host host;
        private final BoundFunction.Receiver receiver;

        Missing(
                HandleType type,
                Unknown unknown,
                Border border,
                Host host,
                BoundFunction.Receiver receiver) {
            super("__index");
            this.type = type;
            this.unknown = unknown;
            this.border = border;
            this.host = host;
            this.receiver = receiver;
        }

        @Override
        protected double invoke(LuaState s, Args args) {
            if (!(args.o(2) instanceof LuaString key)) {
                return s.nil();
            }
            String name = key.toString();
            Function method = Function.named(name).body(call -> unknown.called(call, name));
            return s.ret(new BoundFunction(type.name(), method, border, host, receiver));
        }
    }

    /// A handle as text: its type, and what its target says of itself.
    private static final class Described extends HostFunction {
        private final Border border;

        Described(Border border) {
            super("__tostring");
            this.border = border;
        }

        @Override
        protected double invoke(LuaState s, Args args) {
            if (args.o(1) instanceof LuaHandle
                    && border.toHost(args.d(1), args.o(1)) instanceof Value.Handle handle) {
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
}
