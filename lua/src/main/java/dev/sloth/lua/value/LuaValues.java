package dev.sloth.lua.value;

/// The tag that tells numbers from everything else, and the few questions asked of a pair
/// everywhere.
public final class LuaValues {
    private static final long TAG_BITS = 0x7ff8_5107_4000_0001L;

    /// A reserved NaN: a pair whose number half has these bits is not a number; its object half is
    /// the value.
    public static final double TAG = Double.longBitsToDouble(TAG_BITS);

    private LuaValues() {}

    /// Whether the pair with this number half is a number.
    public static boolean isNumber(double d) {
        return !Double.isNaN(d) || Double.doubleToRawLongBits(d) != TAG_BITS;
    }

    /// Whether the pair with this number half is held by its object half.
    public static boolean isObject(double d) {
        return Double.isNaN(d) && Double.doubleToRawLongBits(d) == TAG_BITS;
    }

    /// A number from outside, made safe: a foreign NaN never equals the tag.
    public static double number(double foreign) {
        return !Double.isNaN(foreign) ? foreign : Double.NaN;
    }

    /// Whether the pair counts as true: all but `nil` and `false`.
    @SuppressWarnings("ReferenceEquality") // there are but two Booleans
    public static boolean isTrue(double d, Object o) {
        return isNumber(d) || (o != LuaNil.NIL && o != Boolean.FALSE);
    }
}
