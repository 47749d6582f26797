package dev.sloth.lua.lint;

import dev.sloth.lua.syntax.Expr;
import dev.sloth.lua.syntax.Name;
import java.util.Optional;

/// A local variable of a script.
public final class Variable {
    private final Name name;
    private final Kind kind;
    private final Declaration declaration;
    private final Optional<Variable> hidden;
    private int reads;
    private int writes;

    /// What declares a variable.
    public enum Kind {
        LOCAL,
        FUNCTION,
        PARAMETER,
        /// Of a loop over numbers.
        COUNTER,
        /// Of any other loop.
        ELEMENT,
        /// The parameter of a method that is not written down.
        SELF
    }

    /// Where it is declared.
    ///
    /// @param value what it is given alone; empty when that is nothing, or one of several results
    /// @param group a number that all have which are declared together
    record Declaration(Optional<Expr> value, int group) {}

    Variable(Name name, Kind kind, Declaration declaration, Optional<Variable> hidden) {
        this.name = name;
        this.kind = kind;
        this.declaration = declaration;
        this.hidden = hidden;
    }

    void read() {
        reads++;
    }

    void write() {
        writes++;
    }

    public Name name() {
        return name;
    }

    public Kind kind() {
        return kind;
    }

    /// What it is from its declaration on, if that is one expression and nothing else is ever put
    /// into it.
    public Optional<Expr> constant() {
        return writes == 0 ? declaration.value() : Optional.empty();
    }

    /// What it is given at its declaration, if that is one expression.
    public Optional<Expr> declared() {
        return declaration.value();
    }

    /// Whether it is declared as what had its name before, as in `local x = x` and `local x = x or
    /// 1`.
    public boolean isRenewed() {
        return declaration.value().filter(this::leadsToName).isPresent();
    }

    private boolean leadsToName(Expr value) {
        Expr rest = value;
        while (true) {
            switch (rest) {
                case Expr.Or(var left, var right, _) when !isName(right) -> rest = left;
                case Expr.And(var left, var right, _) when !isName(right) -> rest = left;
                case Expr.Or _, Expr.And _ -> {
                    return true;
                }
                default -> {
                    return isName(rest);
                }
            }
        }
    }

    private boolean isName(Expr expr) {
        return expr instanceof Expr.Variable same && same.name().text().equals(name.text());
    }

    int group() {
        return declaration.group();
    }

    /// The variable of the same name that was seen until its declaration, in a block or function
    /// around.
    Optional<Variable> hidden() {
        return hidden;
    }

    public boolean isRead() {
        return reads > 0;
    }

    /// How often it is read.
    public int reads() {
        return reads;
    }

    boolean isWritten() {
        return writes > 0;
    }

    /// Whether its author says that it need not be used.
    boolean isUnnamed() {
        return name.text().startsWith("_");
    }
}
