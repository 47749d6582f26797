package dev.sloth.lua.lib;

import dev.sloth.lua.value.Args;
import dev.sloth.lua.value.Comparison;
import dev.sloth.lua.value.HostFunction;
import dev.sloth.lua.value.Imprint;
import dev.sloth.lua.value.Iterators;
import dev.sloth.lua.value.LuaError;
import dev.sloth.lua.value.LuaNil;
import dev.sloth.lua.value.LuaNumbers;
import dev.sloth.lua.value.LuaState;
import dev.sloth.lua.value.LuaString;
import dev.sloth.lua.value.LuaTable;
import dev.sloth.lua.value.LuaType;
import dev.sloth.lua.value.LuaValues;
import dev.sloth.lua.value.Metatables;
import dev.sloth.lua.value.Multi;
import dev.sloth.lua.value.Texts;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Set;

/// The functions that are globals.
final class BasicLibrary {
    private static final LuaString PROTECTED = LuaString.of("__metatable");
    private static final Set<String> COLLECTOR_OPTIONS =
            Set.of("stop", "restart", "collect", "count", "step", "setpause", "setstepmul");
    private static final double BYTES_PER_KIB = 1024;

    private BasicLibrary() {}

    static void open(LuaState s) {
        Shelf.globals(s)
                .set("_G", s.globals())
                .set("_VERSION", LuaString.of("Lua 5.1"))
                .add("assert", BasicLibrary::assertTrue)
                .add("collectgarbage", BasicLibrary::collect)
                .add("error", BasicLibrary::error)
                .add("gcinfo", (z, _) -> kibibytes(z))
                .add("getmetatable", BasicLibrary::metatable)
                .add("ipairs", BasicLibrary::ipairs)
                .set("next", Iterators.NEXT)
                .add("pairs", BasicLibrary::pairs)
                .add("print", BasicLibrary::print)
                .add("rawequal", BasicLibrary::rawEqual)
                .add("rawget", BasicLibrary::rawGet)
                .add("rawlen", BasicLibrary::rawLength)
                .add("rawset", BasicLibrary::rawSet)
                .add("select", BasicLibrary::select)
                .add("setmetatable", BasicLibrary::setMetatable)
                .add("tonumber", BasicLibrary::toNumber)
                .add("tostring", BasicLibrary::text)
                .add(new TypeOf())
                .add("unpack", TableLibrary::unpack);
    }

    private static double assertTrue(LuaState s, Args args) {
        args.any(1);
        if (args.isTrue(1)) {
            return many(s, args.from(1));
        }
        LuaString message = args.optString(2, LuaString.of("assertion failed!"));
        s.charge(message.length());
        throw s.error(message.toString());
    }

    static double many(LuaState s, Multi values) {
        if (values.count == 1) {
            s.out = values.o[0];
            return values.d[0];
        }
        return s.multi(values.d, values.o, values.count);
    }

    private static double collect(LuaState s, Args args) {
        String option = args.optString(1, LuaString.of("collect")).toString();
        if (!COLLECTOR_OPTIONS.contains(option)) {
            throw args.bad(1, "invalid option '" + option + "'");
        }
        return switch (option) {
            case "count" -> kibibytes(s);
            case "step" -> s.ret(true);
            // memory is the host's to collect: nothing to set, nothing to do
            default -> 0;
        };
    }

    private static double kibibytes(LuaState s) {
        return s.memoryBytes() / BYTES_PER_KIB;
    }

    private static double error(LuaState s, Args args) {
        long level = args.optInteger(2, 1);
        double d = args.d(1);
        Object o = args.o(1);
        if (level > 0 && (LuaValues.isNumber(d) || o instanceof LuaString)) {
            String where = s.where((int) Math.min(level, Integer.MAX_VALUE));
            LuaString text = Texts.raw(d, o);
            ByteBuilder out = new ByteBuilder(s, text.length() + where.length());
            out.append(LuaString.of(where)).append(text);
            throw new LuaError(LuaValues.TAG, out.toLuaString());
        }
        throw new LuaError(d, o);
    }

    private static double metatable(LuaState s, Args args) {
        args.any(1);
        LuaTable metatable = Metatables.of(s, args.d(1), args.o(1));
        if (metatable == null) {
            return s.nil();
        }
        double d = metatable.getString(s, PROTECTED);
        return LuaValues.isNumber(d) || s.out != LuaNil.NIL ? d : s.ret(metatable);
    }

    private static double setMetatable(LuaState s, Args args) {
        LuaTable table = args.table(1);
        if (!(args.o(2) instanceof LuaTable) && !(args.count() >= 2 && args.isNil(2))) {
            throw args.bad(2, "nil or table expected");
        }
        LuaTable before = table.metatable();
        if (before != null) {
            double d = before.getString(s, PROTECTED);
            if (LuaValues.isNumber(d) || s.out != LuaNil.NIL) {
                throw s.error("cannot change a protected metatable");
            }
        }
        table.setMetatable(s, args.isNil(2) ? null : args.table(2));
        return s.ret(table);
    }

    private static double ipairs(LuaState s, Args args) {
        LuaTable table = args.table(1);
        return s.multi(
                new double[] {LuaValues.TAG, LuaValues.TAG, 0},
                new Object[] {Iterators.INEXT, table, LuaNil.NIL},
                3);
    }

    private static double pairs(LuaState s, Args args) {
        LuaTable table = args.table(1);
        return s.multi(
                new double[] {LuaValues.TAG, LuaValues.TAG, LuaValues.TAG},
                new Object[] {Iterators.NEXT, table, LuaNil.NIL},
                3);
    }

    private static double print(LuaState s, Args args) {
        OutputStream output = Own.of(s).around().output();
        ByteBuilder out = new ByteBuilder(s, 64);
        args.keep(out);
        for (int i = 1; i <= args.count(); i++) {
            if (i > 1) {
                out.append('\t');
            }
            out.append(Texts.of(s, args.d(i), args.o(i)));
        }
        out.append('\n');
        try {
            output.write(out.toLuaString().bytes());
            output.flush();
        } catch (IOException e) {
            throw new LuaError(s.where(1) + "cannot print: " + Outcomes.message(e), e);
        }
        return s.none();
    }

    private static double rawEqual(LuaState s, Args args) {
        args.any(1);
        args.any(2);
        return s.ret(Comparison.rawEqual(args.d(1), args.o(1), args.d(2), args.o(2)));
    }

    private static double rawGet(LuaState s, Args args) {
        LuaTable table = args.table(1);
        args.any(2);
        return table.get(s, args.d(2), args.o(2));
    }

    private static double rawLength(LuaState s, Args args) {
        if (args.o(1) instanceof LuaTable table) {
            return table.length();
        }
        if (args.o(1) instanceof LuaString text) {
            return text.length();
        }
        throw args.bad(1, "table or string expected");
    }

    private static double rawSet(LuaState s, Args args) {
        LuaTable table = args.table(1);
        args.any(2);
        args.any(3);
        table.set(s, args.d(2), args.o(2), args.d(3), args.o(3));
        return s.ret(table);
    }

    private static double select(LuaState s, Args args) {
        if (args.o(1) instanceof LuaString text && text.length() == 1 && text.at(0) == '#') {
            return args.count() - 1.0;
        }
        long i = args.integer(1);
        long from = i < 0 ? args.count() + i : i;
        if (from < 1) {
            throw args.bad(1, "index out of range");
        }
        return many(s, args.from((int) Math.min(from, args.count()) + 1));
    }

    private static double toNumber(LuaState s, Args args) {
        long base = args.optInteger(2, 10);
        if (base == 10) {
            args.any(1);
            double d = LuaNumbers.coerce(args.d(1), args.o(1));
            return LuaValues.isNumber(d) ? d : s.nil();
        }
        LuaString text = args.string(1);
        if (base < 2 || base > 36) {
            throw args.bad(2, "base out of range");
        }
        double d = Radix.parse(text, (int) base);
        return LuaValues.isNumber(d) ? d : s.nil();
    }

    private static double text(LuaState s, Args args) {
        args.any(1);
        return s.ret(Texts.of(s, args.d(1), args.o(1)));
    }

    /// `type`, called often enough to go without [Args].
    private static final class TypeOf extends HostFunction implements Imprint.Constant {
        TypeOf() {
            super("type");
        }

        @Override
        protected double invoke(LuaState s, Args args) {
            args.any(1);
            return s.ret(args.type(1).luaName());
        }

        @Override
        public double call(LuaState s, double a, Object ao) {
            return s.ret(LuaType.of(a, ao).luaName());
        }
    }
}
