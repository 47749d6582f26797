package dev.sloth.dsl.bind;

import dev.sloth.api.plugin.Call;
import dev.sloth.api.plugin.Function;
import dev.sloth.api.plugin.HandleType;
import dev.sloth.api.plugin.Module;
import dev.sloth.api.value.Value;
import dev.sloth.lua.value.Budget;
import dev.sloth.lua.value.LuaNil;
import dev.sloth.lua.value.LuaState;
import dev.sloth.lua.value.LuaString;
import dev.sloth.lua.value.LuaTable;
import dev.sloth.lua.value.LuaValues;
import dev.sloth.lua.value.TablePattern;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Modules made ready for many states: their functions are the same everywhere, and each state gets
/// tables of its own. Safe for use by many threads at once.
public final class Offer {
    private static final LuaString CALL = LuaString.of("__call");
    private static final LuaString INDEX = LuaString.of("__index");
    private static final LuaString TO_STRING = LuaString.of("__tostring");
    private static final LuaString METATABLE = LuaString.of("__metatable");

    /// Where tables are filled that no script ever sees.
    private final LuaState workshop = new LuaState(Budget.DEFAULT);

    private final List<Prepared> modules = new ArrayList<>();
    private final Map<String, Shape> shapes = new HashMap<>();
    private final Map<String, Unknown> lenient;
    private final Map<String, Shortcut> shortcuts;
    private final Set<String> inward;

    /// What a method that nobody declared does; such handles never refuse arguments themselves.
    @FunctionalInterface
    public interface Unknown {
        List<Value> called(Call call, String method);
    }

    /// A module and what its name stands for: the function that it is, or the pattern of its table.
    ///
    /// @param above the module that it is a field of; empty when it is a global
    /// @param name of the global or the field
    record Prepared(Module module, String above, LuaString name, Object made) {}

    /// A module's table.
    ///
    /// @param called what makes it a function as well
    record Pattern(TablePattern fields, Optional<TablePattern> called) {
        /// One for a state.
        LuaTable table() {
            var table = fields.table();
            makeCallable(table);
            return table;
        }

        void makeCallable(LuaTable table) {
            called.ifPresent(meta -> table.setMetatable(meta.table()));
        }
    }

    /// The patterns of what handles of a type answer to.
    private record Shape(TablePattern methods, TablePattern meta, @Nullable TablePattern behind) {}

    /// @param lenient the types of handles whose methods take whatever they are given, declared or
    ///   not: their bodies judge it
    /// @param shortcuts by the name of the function: `module`, or `type:method`
    /// @param inward the modules and types of handles whose functions concern the state alone: what
    ///   is loaded with them is the same in each load
    public Offer(
            List<Module> modules,
            Map<String, Unknown> lenient,
            Map<String, Shortcut> shortcuts,
            Set<String> inward) {
        this.inward = Set.copyOf(inward);
        this.lenient = Map.copyOf(lenient);
        this.shortcuts = Map.copyOf(shortcuts);
        modules.forEach(this::prepare);
    }

    List<Prepared> modules() {
        return modules;
    }

    private void prepare(Module module) {
        module.handles().forEach(type -> shapes.put(type.name(), shape(type)));
        if (module.functions().isEmpty() && module.constants().isEmpty()) {
            return;
        }
        int dot = module.name().lastIndexOf('.');
        var name = LuaString.of(module.name().substring(dot + 1));
        var _ = name.hashCode();
        modules.add(
                new Prepared(
                        module,
                        module.name().substring(0, Math.max(0, dot)),
                        name,
                        itself(module).orElseGet(() -> table(module))));
    }

    /// The function that a module is when it has no other.
    private Optional<Object> itself(Module module) {
        boolean plain = module.functions().size() == 1 && module.constants().isEmpty();
        return plain && module.functions().getFirst().name().equals(Function.ITSELF)
                ? Optional.of(bound(module, module.functions().getFirst(), false))
                : Optional.empty();
    }

    private Pattern table(Module module) {
        var table = new LuaTable(0, module.functions().size() + module.constants().size());
        Optional<TablePattern> called = Optional.empty();
        for (Function function : module.functions()) {
            if (function.name().equals(Function.ITSELF)) {
                var meta = new LuaTable(0, 1);
                put(meta, CALL, bound(module, function, true));
                called = Optional.of(TablePattern.of(meta));
            } else {
                var key = LuaString.of(function.name());
                double there = table.getString(workshop, key);
                if (LuaValues.isObject(there) && workshop.out == LuaNil.NIL) {
                    put(table, key, bound(module, function, false));
                }
            }
        }
        return new Pattern(TablePattern.of(table), called);
    }

    private BoundFunction bound(Module module, Function function, boolean called) {
        return bound(
                module.name(),
                function,
                called ? new BoundFunction.Receiver.Called() : new BoundFunction.Receiver.None());
    }

    private BoundFunction bound(String of, Function function, BoundFunction.Receiver receiver) {
        var name = BoundFunction.name(of, function, receiver);
        return new BoundFunction(
                name,
                function,
                receiver,
                shortcuts.getOrDefault(name, BoundFunction.LONG_WAY),
                inward.contains(of));
    }

    private void put(LuaTable table, LuaString key, Object value) {
        table.setString(workshop, key, LuaValues.TAG, value);
    }

    // ---- handles

    private Shape shape(HandleType type) {
        var unknown = lenient.get(type.name());
        var receiver = new BoundFunction.Receiver.Handle(type.name(), unknown != null);
        var methods = new LuaTable(0, type.methods().size());
        var meta = new LuaTable();
        for (Function method : type.methods()) {
            var bound = bound(type.name(), method, receiver);
            if (method.name().equals(Function.ITSELF)) {
                put(meta, CALL, bound);
            } else {
                put(methods, LuaString.of(method.name()), bound);
            }
        }
        put(meta, INDEX, methods);
        put(meta, TO_STRING, new HandleText());
        put(meta, METATABLE, LuaString.of(type.name()));
        if (unknown == null) {
            return new Shape(TablePattern.of(methods), TablePattern.of(meta), null);
        }
        var behind = new LuaTable(0, 1);
        put(behind, INDEX, new MissingMethod(type.name(), unknown, receiver));
        return new Shape(TablePattern.of(methods), TablePattern.of(meta), TablePattern.of(behind));
    }

    /// The metatable of the handles of a type, for one state; null when no module has such handles.
    @Nullable LuaTable metatable(String type) {
        var shape = shapes.get(type);
        if (shape == null) {
            return null;
        }
        var methods = shape.methods().table();
        if (shape.behind() != null) {
            methods.setMetatable(shape.behind().table());
        }
        return shape.meta().table(methods);
    }
}
