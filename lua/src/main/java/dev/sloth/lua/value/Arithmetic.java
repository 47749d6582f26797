package dev.sloth.lua.value;

/// Arithmetic, length and concatenation on any values, with coercions and metamethods.
public final class Arithmetic {
    private Arithmetic() {}

    /// `a op b` for one of the binary arithmetic metamethods.
    public static double apply(
            LuaState s, Metamethod op, double a, Object ao, double b, Object bo, Blame blame) {
        double x = LuaNumbers.coerce(a, ao);
        double y = LuaNumbers.coerce(b, bo);
        if (LuaValues.isNumber(x) && LuaValues.isNumber(y)) {
            return LuaValues.number(raw(op, x, y));
        }
        Object method = Metatables.method(s, a, ao, op);
        if (method == LuaNil.NIL) {
            method = Metatables.method(s, b, bo, op);
        }
        if (method == LuaNil.NIL) {
            boolean first = LuaValues.isObject(x);
            throw s.error(
                    "attempt to perform arithmetic on "
                            + (first ? blame.describe(0, a, ao) : blame.describe(1, b, bo)));
        }
        return Calls.binary(s, method, a, ao, b, bo);
    }

    private static double raw(Metamethod op, double x, double y) {
        return switch (op) {
            case ADD -> x + y;
            case SUBTRACT -> x - y;
            case MULTIPLY -> x * y;
            case DIVIDE -> x / y;
            case MODULO -> modulo(x, y);
            case POWER -> power(x, y);
            case NEGATE -> -x;
            default -> throw new IllegalArgumentException("not arithmetic: " + op);
        };
    }

    public static double modulo(double x, double y) {
        return x - Math.floor(x / y) * y;
    }

    /// As in C: one to any power is one, and so is minus one to an infinite one.
    public static double power(double x, double y) {
        if (y == 2) {
            return x * x;
        }
        return x == 1 || (x == -1 && Double.isInfinite(y)) ? 1 : Math.pow(x, y);
    }

    public static double negate(LuaState s, double a, Object ao, Blame blame) {
        return apply(s, Metamethod.NEGATE, a, ao, a, ao, blame);
    }

    /// `#a`. As in 5.1, `__len` of a table is not asked.
    public static double length(LuaState s, double a, Object ao, Blame blame) {
        if (LuaValues.isObject(a)) {
            if (ao instanceof LuaTable table) {
                return table.length();
            }
            if (ao instanceof LuaString text) {
                return text.length();
            }
        }
        Object method = Metatables.method(s, a, ao, Metamethod.LENGTH);
        if (method == LuaNil.NIL) {
            throw s.error("attempt to get length of " + blame.describe(0, a, ao));
        }
        return Calls.binary(s, method, a, ao, LuaValues.TAG, LuaNil.NIL);
    }

    /// `a .. b`.
    public static double concat(LuaState s, double a, Object ao, double b, Object bo, Blame blame) {
        if (isText(a, ao) && isText(b, bo)) {
            byte[] left = Texts.raw(a, ao).bytes();
            byte[] right = Texts.raw(b, bo).bytes();
            s.chargeString((long) left.length + right.length);
            byte[] both = new byte[left.length + right.length];
            System.arraycopy(left, 0, both, 0, left.length);
            System.arraycopy(right, 0, both, left.length, right.length);
            s.checkBytes(both.length);
            return s.ret(LuaString.ofBytes(both));
        }
        Object method = Metatables.method(s, a, ao, Metamethod.CONCAT);
        if (method == LuaNil.NIL) {
            method = Metatables.method(s, b, bo, Metamethod.CONCAT);
        }
        if (method == LuaNil.NIL) {
            boolean first = !isText(a, ao);
            throw s.error(
                    "attempt to concatenate "
                            + (first ? blame.describe(0, a, ao) : blame.describe(1, b, bo)));
        }
        return Calls.binary(s, method, a, ao, b, bo);
    }

    /// Whether a value can be joined as it is: a string or a number.
    public static boolean isText(double d, Object o) {
        return LuaValues.isNumber(d) || o instanceof LuaString;
    }
}
