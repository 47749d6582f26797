package dev.sloth.dsl.lint;

import dev.sloth.api.plugin.Constant;
import dev.sloth.api.plugin.Function;
import dev.sloth.api.plugin.HandleType;
import dev.sloth.api.plugin.Module;
import dev.sloth.api.plugin.Result;
import dev.sloth.api.plugin.Type;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/// What scripts find: modules by their paths, and Lua's own libraries.
final class Offered {
    private static final Meaning UNKNOWN = new Meaning.Unknown();

    private final LuaNames lua;
    private final Map<String, Module> modules = new HashMap<>();
    private final Set<String> globals = new HashSet<>();

    Offered(List<Module> modules, LuaNames lua) {
        this.lua = lua;
        for (var module : modules) {
            this.modules.put(module.name(), module);
            if (module.name().indexOf('.') < 0) {
                globals.add(module.name());
            }
        }
        globals.addAll(lua.globals());
        globals.add("Values");
    }

    /// The names of all globals.
    Set<String> globals() {
        return globals;
    }

    boolean isModule(String path) {
        return modules.containsKey(path);
    }

    /// What a global is that the script leaves as it is.
    Meaning global(String name) {
        var module = modules.get(name);
        if (module == null) {
            return lua.libraries().containsKey(name) ? new Meaning.Room(name) : UNKNOWN;
        }
        var itself = itself(module);
        boolean onlyItself = itself.isPresent() && module.functions().size() == 1;
        return onlyItself ? new Meaning.Declared(name, itself.get(), name) : new Meaning.Room(name);
    }

    private static Optional<Function> itself(Module module) {
        return function(module.functions(), Function.ITSELF);
    }

    private static Optional<Function> function(List<Function> functions, String name) {
        return functions.stream().filter(f -> f.name().equals(name)).findFirst();
    }

    /// The function that a module is, beside those in it.
    Optional<Meaning.Declared> called(String path) {
        return Optional.ofNullable(modules.get(path))
                .flatMap(Offered::itself)
                .map(function -> new Meaning.Declared(path, function, path));
    }

    /// What is in a room by a name; empty when there is no such thing.
    Optional<Meaning> member(String path, String name) {
        var inner = path + "." + name;
        if (modules.containsKey(inner)) {
            return Optional.of(new Meaning.Room(inner));
        }
        var module = modules.get(path);
        if (module != null) {
            var function = function(module.functions(), name);
            if (function.isPresent()) {
                return Optional.of(new Meaning.Declared(inner, function.get(), path));
            }
            for (var constant : module.constants()) {
                if (constant.name().equals(name)) {
                    return Optional.of(new Meaning.Known(constant.value()));
                }
            }
        }
        return lua.libraries().getOrDefault(path, Set.of()).contains(name)
                ? Optional.of(UNKNOWN)
                : Optional.empty();
    }

    /// All that is in a room; empty when it holds whatever is put in.
    Set<String> members(String path) {
        var names = new TreeSet<>(lua.libraries().getOrDefault(path, Set.of()));
        var module = modules.get(path);
        if (module != null) {
            module.functions().stream().map(Function::name).forEach(names::add);
            module.constants().stream().map(Constant::name).forEach(names::add);
        }
        names.remove(Function.ITSELF);
        for (var other : modules.keySet()) {
            if (other.startsWith(path + ".")) {
                names.add(other.substring(path.length() + 1));
            }
        }
        return names;
    }

    /// The method of an object; empty when it has no such.
    Optional<Meaning.Declared> method(Meaning.Handle handle, String name) {
        return function(handle.type().methods(), name)
                .map(function ->
                        new Meaning.Declared(
                                handle.type().name()
                                        + (name.equals(Function.ITSELF) ? "" : ":" + name),
                                function,
                                handle.room()));
    }

    /// What a call gives first, if that is an object of a kind that is declared. A result is named
    /// as the kind is, without the module that may stand before it.
    Optional<Meaning> given(Meaning.Declared callee) {
        var results = callee.function().results();
        if (results.isEmpty() || results.getFirst().type() != Type.HANDLE) {
            return Optional.empty();
        }
        return kind(callee.room(), results.getFirst())
                .map(type -> new Meaning.Handle(type, callee.room()));
    }

    private Optional<HandleType> kind(String room, Result result) {
        var module = modules.get(room);
        var own =
                module == null
                        ? Optional.<HandleType>empty()
                        : module.handles().stream()
                                .filter(type -> isCalled(type, result.name()))
                                .findFirst();
        return own.or(() -> everywhere(result.name()));
    }

    /// The objects of a kind that goes by its own name everywhere.
    Optional<HandleType> handle(String name) {
        return everywhere(name);
    }

    /// Modules that are other words for some, as `group` for `workflow`, give their objects.
    private Optional<HandleType> everywhere(String name) {
        var types =
                modules.values().stream()
                        .flatMap(module -> module.handles().stream())
                        .filter(type -> isCalled(type, name))
                        .distinct()
                        .toList();
        return types.size() == 1 ? Optional.of(types.getFirst()) : Optional.empty();
    }

    private static boolean isCalled(HandleType type, String name) {
        return type.name().equals(name) || type.name().endsWith("." + name);
    }
}
