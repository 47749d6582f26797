package dev.sloth.lua.vm;

/// What a hot loop has become: a class made of its tree that goes on with it.
public abstract class HotLoop {
    /// A loop whose state is in the variables alone.
    public static final int PLAIN = 0;

    /// `for v = ...`: the next value, the last one and the step.
    public static final int NUMERIC = 1;

    /// `for ... in`: the function, its state and the control value.
    public static final int GENERAL = 2;

    /// The same over all of a table: the table is the state, and the control value the position.
    public static final int PAIRS = 3;

    /// The same over the items of a table: the table is the state, and the control value the index.
    public static final int ITEMS = 4;

    /// For classes that are made.
    protected HotLoop() {}

    /// Goes on with the next turn; ends as a [Step] does.
    ///
    /// @param kind which of the above
    abstract int run(
            Frame f, int kind, double a, Object ao, double b, Object bo, double c, Object co);
}
