package dev.sloth.lua.value;

/// No result, or several results of one call, in order. Never holds exactly one value on purpose,
/// but may.
public final class Multi {
    /// The result of a function that returns nothing.
    public static final Multi NONE = new Multi(new double[0], new Object[0], 0);

    public final double[] d;
    public final Object[] o;
    public final int count;

    public Multi(double[] d, Object[] o, int count) {
        this.d = d;
        this.o = o;
        this.count = count;
    }
}
