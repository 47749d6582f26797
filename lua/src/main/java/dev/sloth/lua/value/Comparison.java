package dev.sloth.lua.value;

import org.jspecify.annotations.Nullable;

/// Equality and order of any values, with metamethods.
@SuppressWarnings("ReferenceEquality") // identity is what Lua asks of most values
public final class Comparison {
    private Comparison() {}

    public static boolean rawEqual(double a, Object ao, double b, Object bo) {
        if (LuaValues.isNumber(a) || LuaValues.isNumber(b)) {
            return a == b;
        }
        return ao == bo || (ao instanceof LuaString x && x.equals(bo)) || equalBooleans(ao, bo);
    }

    private static boolean equalBooleans(Object a, Object b) {
        return a instanceof Boolean && a.equals(b);
    }

    public static boolean equal(LuaState s, double a, Object ao, double b, Object bo) {
        if (ao instanceof LuaString x && bo instanceof LuaString y && x.length() == y.length()) {
            s.checkBytes(x.length());
        }
        if (rawEqual(a, ao, b, bo)) {
            return true;
        }
        if (LuaValues.isNumber(a) || LuaValues.isNumber(b)) {
            return false;
        }
        boolean comparable =
                (ao instanceof LuaTable && bo instanceof LuaTable)
                        || (ao instanceof LuaHandle && bo instanceof LuaHandle);
        if (!comparable) {
            return false;
        }
        Object method = common(s, a, ao, b, bo, Metamethod.EQUAL);
        if (method == LuaNil.NIL) {
            return false;
        }
        double r = Calls.binary(s, method, a, ao, b, bo);
        return LuaValues.isTrue(r, s.out);
    }

    /// The metamethod of both operands, if it is the same.
    private static Object common(
            LuaState s, double a, Object ao, double b, Object bo, Metamethod which) {
        @Nullable LuaTable left = Metatables.of(s, a, ao);
        Object first = Metatables.method(s, left, which);
        if (first == LuaNil.NIL) {
            return LuaNil.NIL;
        }
        @Nullable LuaTable right = Metatables.of(s, b, bo);
        if (left == right) {
            return first;
        }
        Object second = Metatables.method(s, right, which);
        return first == second ? first : LuaNil.NIL;
    }

    /// `a < b`.
    public static boolean less(LuaState s, double a, Object ao, double b, Object bo) {
        if (LuaValues.isNumber(a) && LuaValues.isNumber(b)) {
            return a < b;
        }
        if (LuaValues.isObject(a)
                && LuaValues.isObject(b)
                && ao instanceof LuaString x
                && bo instanceof LuaString y) {
            return compared(s, x, y) < 0;
        }
        Object method = ordering(s, a, ao, b, bo, Metamethod.LESS);
        if (method == LuaNil.NIL) {
            throw refused(s, a, ao, b, bo);
        }
        double r = Calls.binary(s, method, a, ao, b, bo);
        return LuaValues.isTrue(r, s.out);
    }

    private static int compared(LuaState s, LuaString x, LuaString y) {
        s.checkBytes(Math.min(x.length(), y.length()));
        return x.compareTo(y);
    }

    /// `a <= b`; without `__le`, it is `not (b < a)`.
    public static boolean lessOrEqual(LuaState s, double a, Object ao, double b, Object bo) {
        if (LuaValues.isNumber(a) && LuaValues.isNumber(b)) {
            return a <= b;
        }
        if (LuaValues.isObject(a)
                && LuaValues.isObject(b)
                && ao instanceof LuaString x
                && bo instanceof LuaString y) {
            return compared(s, x, y) <= 0;
        }
        Object method = ordering(s, a, ao, b, bo, Metamethod.LESS_OR_EQUAL);
        if (method != LuaNil.NIL) {
            double r = Calls.binary(s, method, a, ao, b, bo);
            return LuaValues.isTrue(r, s.out);
        }
        method = ordering(s, b, bo, a, ao, Metamethod.LESS);
        if (method == LuaNil.NIL) {
            throw refused(s, a, ao, b, bo);
        }
        double r = Calls.binary(s, method, b, bo, a, ao);
        return !LuaValues.isTrue(r, s.out);
    }

    private static Object ordering(
            LuaState s, double a, Object ao, double b, Object bo, Metamethod which) {
        if (LuaType.of(a, ao) != LuaType.of(b, bo)) {
            return LuaNil.NIL;
        }
        return common(s, a, ao, b, bo, which);
    }

    private static LuaError refused(LuaState s, double a, Object ao, double b, Object bo) {
        LuaType left = LuaType.of(a, ao);
        LuaType right = LuaType.of(b, bo);
        return s.error(
                left == right
                        ? "attempt to compare two " + left + " values"
                        : "attempt to compare " + left + " with " + right);
    }
}
