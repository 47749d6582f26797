package dev.sloth.api.plugin;

import java.util.ArrayList;
import java.util.List;

/// A module: what scripts call as `name.function(...)`.
///
/// `functions` lists what the module table holds; `handles` the kinds of object its functions give
/// out; `constants` plain fields. A module whose name is also one of Lua's own libraries (`math`)
/// adds to it. One whose name has a dot (`watcher.register`) is a field of the module before the
/// dot, which is declared before it. A module with a function called [Function#ITSELF] can itself
/// be called, such as `import(path)`.
public record Module(
        String name,
        String doc,
        List<Function> functions,
        List<HandleType> handles,
        List<Constant> constants) {
    public Module {
        functions = List.copyOf(functions);
        handles = List.copyOf(handles);
        constants = List.copyOf(constants);
    }

    public static Module named(String name, String doc) {
        return new Module(name, doc, List.of(), List.of(), List.of());
    }

    /// The same module with these functions added.
    public Module functions(Function... more) {
        return new Module(name, doc, plus(functions, List.of(more)), handles, constants);
    }

    public Module handles(HandleType... more) {
        return new Module(name, doc, functions, plus(handles, List.of(more)), constants);
    }

    public Module constants(Constant... more) {
        return new Module(name, doc, functions, handles, plus(constants, List.of(more)));
    }

    private static <T> List<T> plus(List<T> some, List<T> more) {
        var all = new ArrayList<>(some);
        all.addAll(more);
        return all;
    }
}
