package dev.sloth.lua;

import dev.sloth.lua.Programs.Kind;
import dev.sloth.testkit.Gen;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// The local variables that can be seen at a place of a program that is being made.
final class Scope {
    private record Variable(String name, Kind kind, boolean callable, boolean seen) {}

    private final List<Variable> variables = new ArrayList<>();
    private int count;

    int mark() {
        return variables.size();
    }

    void back(int mark) {
        while (variables.size() > mark) {
            variables.removeLast();
        }
    }

    private String fresh(String letter) {
        count++;
        return letter + count;
    }

    String declare(Kind kind) {
        var name = fresh("v");
        variables.add(new Variable(name, kind, false, true));
        return name;
    }

    /// One that programs do not change by chance.
    String hidden() {
        return fresh("h");
    }

    /// The name of a function that is being made.
    String promised() {
        return fresh("f");
    }

    /// It is made, and can be called from now on.
    void fulfil(String function) {
        variables.add(new Variable(function, Kind.ANY, true, true));
    }

    List<String> names() {
        return variables.stream().map(Variable::name).toList();
    }

    Optional<String> any(Kind kind, Gen gen) {
        var fitting = variables.stream().filter(v -> v.kind == kind && !v.callable).toList();
        return fitting.isEmpty() ? Optional.empty() : Optional.of(gen.oneOf(fitting).name);
    }

    Optional<String> function(Gen gen) {
        var fitting = variables.stream().filter(Variable::callable).toList();
        return fitting.isEmpty() ? Optional.empty() : Optional.of(gen.oneOf(fitting).name);
    }

    Optional<String> any(Gen gen) {
        return variables.isEmpty() ? Optional.empty() : Optional.of(gen.oneOf(variables).name);
    }
}
