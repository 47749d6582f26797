package dev.sloth.lua.syntax;

/// The operators with one operand.
public enum UnaryOperator {
    NEGATE,
    NOT,
    LENGTH
}
