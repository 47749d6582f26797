package dev.sloth.lua.value;

/// Names the operands of a failing operation for its message.
public interface Blame {
    /// Names nothing.
    Blame NOBODY = _ -> "";

    /// The operand at a place (0 is the first), such as `local 'x'`; empty if it has no name.
    String name(int operand);

    /// The operand as messages put it: `a nil value (local 'x')`, or `a nil value`.
    default String describe(int operand, double d, Object o) {
        String name = name(operand);
        String value = "a " + LuaType.of(d, o) + " value";
        return name.isEmpty() ? value : value + " (" + name + ")";
    }
}
