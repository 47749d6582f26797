package dev.sloth.lua.vm;

/// A statement that can be run.
public abstract class Step {
    /// Goes on with what follows.
    public static final int NEXT = 0;

    /// Leaves the innermost loop.
    public static final int BREAK = 1;

    /// Leaves the function; its result is in `f.r` and `f.s.out`.
    public static final int RETURN = 2;

    /// Leaves the function for `f.next`, whose arguments are in `f.passed`.
    public static final int TAIL = 3;

    /// Goes to `f.jump`.
    public static final int GOTO = 4;

    /// What it consists of.
    public abstract Form form();

    /// Runs, and says how to go on.
    abstract int run(Frame f);
}
