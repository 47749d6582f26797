package dev.sloth.lua.value;

/// Names the operands of a failing operation for its message.
public interface Blame {
    /// Names nothing.
    Blame NOBODY = _ -> "";

    /// The operand at a place (0 is the first), such as `local 'x' ` with a space at its end; empty
    /// if it has no name.
    String name(int operand);
}
