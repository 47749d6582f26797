package dev.sloth.lua.vm;

import dev.sloth.lua.value.LuaValues;

/// An expression that can be run. The object half of what it gives is in `f.s.out`.
public abstract class Node {
    /// Exactly one value.
    abstract double exec(Frame f);

    /// As many values as it gives; more or less than one are a [dev.sloth.lua.value.Multi].
    double multi(Frame f) {
        return exec(f);
    }

    /// What it consists of.
    public abstract Shape shape();

    /// Whether its value counts as true.
    boolean test(Frame f) {
        double d = exec(f);
        return LuaValues.isTrue(d, f.s.out);
    }

    /// Whether [#multi] may give other than one value.
    public boolean isOpen() {
        return false;
    }

    /// Whether evaluating it may run, or make, something else.
    boolean isBusy() {
        return true;
    }

    /// Whether what it gives is seen in the frame, and stays what it is while other operands are
    /// evaluated.
    boolean isSafe() {
        return false;
    }

    /// The kind of name the text has for it, such as `local`; empty if it has none.
    String kind() {
        return "";
    }

    String name() {
        return "";
    }

    /// As messages put it, with a space at the end: `local 'x' `.
    final String described() {
        return kind().isEmpty() ? "" : kind() + " '" + name() + "'";
    }
}
