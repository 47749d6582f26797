package dev.sloth.plugins.state;

import dev.sloth.api.plugin.Function;
import dev.sloth.api.plugin.Module;
import dev.sloth.api.plugin.Parameter;
import dev.sloth.api.plugin.Permission;
import dev.sloth.api.plugin.Type;
import java.util.ArrayList;
import java.util.List;

/// The module `state`.
public final class StateModule {
    private StateModule() {}

    public static Module module() {
        var all = new ArrayList<Function>();
        all.addAll(ValueFunctions.all());
        all.addAll(KeyFunctions.all());
        all.addAll(ListFunctions.all());
        all.addAll(HashFunctions.all());
        all.addAll(LockFunctions.all());
        all.addAll(WatchFunctions.all());
        all.addAll(aliases(all));
        return Module.named(
                        "state",
                        "Values that all scripts of a namespace share, on disk when a function"
                                + " returns; with times to live, lists, hashes, sets, locks,"
                                + " transactions and watches.")
                .functions(all.toArray(Function[]::new));
    }

    /// Other names that scripts know.
    private static List<Function> aliases(List<Function> all) {
        return List.of(
                alias(all, "has", "exists"),
                alias(all, "compare_and_swap", "compare_swap"),
                alias(all, "atomic_increment", "increment"),
                alias(all, "list", "keys"),
                alias(all, "get_all", "get_many"));
    }

    private static Function alias(List<Function> all, String name, String of) {
        var function = all.stream().filter(f -> f.name().equals(of)).findFirst().orElseThrow();
        return new Function(
                name,
                "Another name of `state." + of + "`.",
                function.parameters(),
                function.variadic(),
                function.named(),
                function.results(),
                function.permissions(),
                "",
                function.body());
    }

    static Function.Builder named(String name) {
        return Function.named(name).needs(Permission.STATE);
    }

    static Function.Builder onKey(String name) {
        return named(name).param("key", Type.STRING, "The key.");
    }

    /// The options of whoever changes a value.
    static Parameter options() {
        return Parameter.optional("options", Type.TABLE, "How to change it.").options(token());
    }

    static Parameter token() {
        return Parameter.optional(
                "token",
                Type.NUMBER,
                "The token of a lock: once that lock is not held any more, the change is refused.");
    }

    static Parameter ttl(String doc) {
        return Parameter.optional("ttl", Type.DURATION, doc);
    }
}
