package dev.sloth.api.plugin;

import java.util.ArrayList;
import java.util.List;

/// A kind of object that a module gives out, called as `object:method(...)`. In a method's body
/// `call.self()` is the target of the handle; the declared parameters do not count the object.
public record HandleType(String name, String doc, List<Function> methods) {
    public HandleType {
        methods = List.copyOf(methods);
    }

    public static HandleType named(String name, String doc) {
        return new HandleType(name, doc, List.of());
    }

    public HandleType methods(Function... more) {
        var all = new ArrayList<>(methods);
        all.addAll(List.of(more));
        return new HandleType(name, doc, all);
    }
}
