package dev.sloth.lua.lib;

import dev.sloth.lua.value.Args;
import dev.sloth.lua.value.Arithmetic;
import dev.sloth.lua.value.HostFunction;
import dev.sloth.lua.value.Imprint;
import dev.sloth.lua.value.LuaNil;
import dev.sloth.lua.value.LuaState;
import dev.sloth.lua.value.LuaValues;
import java.util.function.DoubleUnaryOperator;

/// The `math` table.
final class MathLibrary {
    private MathLibrary() {}

    static void open(LuaState s) {
        Shelf.library(s, "math", 36)
                .add(new OfOne("abs", Math::abs))
                .add(new OfOne("acos", Math::acos))
                .add(new OfOne("asin", Math::asin))
                .add(new OfOne("atan", Math::atan))
                .add("atan2", (_, args) -> number(Math.atan2(args.number(1), args.number(2))))
                .add(new OfOne("ceil", Math::ceil))
                .add(new OfOne("cos", Math::cos))
                .add(new OfOne("cosh", Math::cosh))
                .add(new OfOne("deg", x -> x / (Math.PI / 180)))
                .add(new OfOne("exp", Math::exp))
                .add(new OfOne("floor", Math::floor))
                .add("fmod", (_, args) -> number(args.number(1) % args.number(2)))
                .add("frexp", MathLibrary::frexp)
                .add("ldexp", MathLibrary::ldexp)
                .add("log", MathLibrary::log)
                .add(new OfOne("log10", Math::log10))
                .add("max", (_, args) -> extreme(args, true))
                .add("min", (_, args) -> extreme(args, false))
                .add("mod", (_, args) -> number(args.number(1) % args.number(2)))
                .add("modf", MathLibrary::modf)
                .add("pow", (_, args) -> number(Arithmetic.power(args.number(1), args.number(2))))
                .add(new OfOne("rad", x -> x * (Math.PI / 180)))
                .add("random", MathLibrary::next)
                .add("randomseed", MathLibrary::seed)
                .add(new OfOne("sin", Math::sin))
                .add(new OfOne("sinh", Math::sinh))
                .add(new OfOne("sqrt", Math::sqrt))
                .add(new OfOne("tan", Math::tan))
                .add(new OfOne("tanh", Math::tanh))
                .set("huge", Double.POSITIVE_INFINITY)
                .set("pi", Math.PI);
    }

    /// A function of one number, called without [Args] where it gets one.
    private static final class OfOne extends HostFunction implements Imprint.Constant {
        private final DoubleUnaryOperator body;

        OfOne(String name, DoubleUnaryOperator body) {
            super(name);
            this.body = body;
        }

        @Override
        protected double invoke(LuaState s, Args args) {
            return number(body.applyAsDouble(args.number(1)));
        }

        @Override
        public double call(LuaState s, double a, Object ao) {
            return LuaValues.isNumber(a) ? number(body.applyAsDouble(a)) : super.call(s, a, ao);
        }
    }

    private static double number(double result) {
        return LuaValues.number(result);
    }

    private static double pair(LuaState s, double a, double b) {
        return s.multi(
                new double[] {number(a), number(b)}, new Object[] {LuaNil.NIL, LuaNil.NIL}, 2);
    }

    private static double frexp(LuaState s, Args args) {
        double x = args.number(1);
        if (x == 0 || Double.isNaN(x) || Double.isInfinite(x)) {
            return pair(s, x, 0);
        }
        int exponent = Math.getExponent(x);
        if (exponent < Double.MIN_EXPONENT) {
            exponent = Math.getExponent(x * 0x1p54) - 54;
        }
        exponent++;
        // in two steps, for 2^-exponent itself may be too large
        double half = Math.scalb(x, -exponent / 2);
        return pair(s, Math.scalb(half, -exponent + exponent / 2), exponent);
    }

    private static double ldexp(LuaState s, Args args) {
        int exponent = Math.clamp(args.integer(2), -5_000, 5_000);
        return number(Math.scalb(args.number(1), exponent));
    }

    private static double log(LuaState s, Args args) {
        double x = args.number(1);
        if (args.isNil(2)) {
            return number(Math.log(x));
        }
        double base = args.number(2);
        return number(base == 10 ? Math.log10(x) : Math.log(x) / Math.log(base));
    }

    private static double modf(LuaState s, Args args) {
        double x = args.number(1);
        double whole = x < 0 ? Math.ceil(x) : Math.floor(x);
        double part = Double.isInfinite(x) ? 0.0 : x - whole;
        return pair(s, whole, Math.copySign(part, x));
    }

    private static double extreme(Args args, boolean most) {
        double best = args.number(1);
        for (int i = 2; i <= args.count(); i++) {
            double x = args.number(i);
            if (most ? x > best : x < best) {
                best = x;
            }
        }
        return best;
    }

    private static double next(LuaState s, Args args) {
        s.looksOutside();
        double r = Own.of(s).random().nextDouble();
        return switch (args.count()) {
            case 0 -> r;
            case 1 -> {
                double to = Math.floor(args.number(1));
                if (!(1 <= to)) {
                    throw args.bad(1, "interval is empty");
                }
                yield Math.floor(r * to) + 1;
            }
            case 2 -> {
                double from = Math.floor(args.number(1));
                double to = Math.floor(args.number(2));
                if (!(from <= to)) {
                    throw args.bad(2, "interval is empty");
                }
                yield Math.floor(r * (to - from + 1)) + from;
            }
            default -> throw s.error("wrong number of arguments");
        };
    }

    private static double seed(LuaState s, Args args) {
        s.looksOutside();
        Own.of(s).seed(Double.doubleToLongBits(args.number(1)));
        return s.none();
    }
}
