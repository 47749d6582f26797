package dev.sloth.lua.lint;

import dev.sloth.lua.syntax.Chunk;
import dev.sloth.lua.syntax.Expr;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// What each name of a script means: which local variable, or that it is a global.
public final class Names {
    private final List<Variable> variables;
    private final List<GlobalUse> globals;
    private final Map<Integer, Variable> byOffset;

    Names(List<Variable> variables, List<GlobalUse> globals, Map<Integer, Variable> byOffset) {
        this.variables = List.copyOf(variables);
        this.globals = List.copyOf(globals);
        this.byOffset = Map.copyOf(byOffset);
    }

    static Names of(Chunk chunk) {
        return new Resolver(chunk).names();
    }

    /// All local variables in the order of their declarations.
    public List<Variable> variables() {
        return variables;
    }

    /// All uses of globals in the order of the text.
    public List<GlobalUse> globals() {
        return globals;
    }

    /// The local variable that an expression stands for; empty when it is a global.
    public Optional<Variable> variable(Expr.Variable use) {
        return Optional.ofNullable(byOffset.get(use.span().from()));
    }

    /// Whether an expression is this global.
    public boolean isGlobal(Expr expr, String name) {
        return expr instanceof Expr.Variable use
                && use.name().text().equals(name)
                && variable(use).isEmpty();
    }
}
