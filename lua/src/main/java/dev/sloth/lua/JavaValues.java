package dev.sloth.lua;

import dev.sloth.lua.value.LuaCoroutine;
import dev.sloth.lua.value.LuaFunction;
import dev.sloth.lua.value.LuaHandle;
import dev.sloth.lua.value.LuaNil;
import dev.sloth.lua.value.LuaState;
import dev.sloth.lua.value.LuaString;
import dev.sloth.lua.value.LuaTable;
import dev.sloth.lua.value.LuaValues;
import dev.sloth.lua.value.Multi;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Java values as Lua values and back.
///
/// Numbers, booleans, strings (as UTF-8), byte arrays, lists, maps and optionals become what one
/// expects; values of Lua stay as they are. Back come `Double`, `Boolean`, [LuaString], [LuaTable],
/// [LuaFunction], [LuaCoroutine], [LuaHandle] and [LuaNil#NIL].
public final class JavaValues {
    /// Lists in lists and maps in maps.
    private static final int DEPTH_MAX = 100;

    private JavaValues() {}

    /// Several Java values as the arguments of a call.
    public static Multi toLua(LuaState s, List<?> values) {
        int n = values.size();
        var d = new double[n];
        var o = new Object[n];
        for (int i = 0; i < n; i++) {
            d[i] = toLua(s, values.get(i));
            o[i] = s.out;
        }
        return new Multi(d, o, n);
    }

    /// One Java value; its object half is in `s.out`.
    public static double toLua(LuaState s, Object value) {
        return toLua(s, value, DEPTH_MAX);
    }

    private static double toLua(LuaState s, Object value, int deep) {
        if (deep == 0) {
            throw new IllegalArgumentException("a value nests more than " + DEPTH_MAX + " deep");
        }
        return switch (value) {
            case Number number -> number(s, number);
            case Boolean b -> s.ret(b.booleanValue());
            case String text -> s.ret(text);
            case byte[] bytes -> s.ret(LuaString.ofBytes(bytes.clone()));
            case LuaString text -> s.ret(text);
            case LuaNil _ -> s.nil();
            case LuaTable table -> s.ret(table);
            case LuaFunction function -> s.ret(function);
            case LuaCoroutine coroutine -> s.ret(coroutine);
            case LuaHandle handle -> s.ret(handle);
            case Optional<?> maybe -> maybe.isPresent() ? toLua(s, maybe.get(), deep - 1) : s.nil();
            case List<?> list -> {
                var table = new LuaTable(list.size(), 0);
                for (int i = 0; i < list.size(); i++) {
                    double d = toLua(s, list.get(i), deep - 1);
                    table.setInt(s, i + 1L, d, s.out);
                }
                yield s.ret(table);
            }
            case Map<?, ?> map -> {
                var table = new LuaTable(0, map.size());
                for (Map.Entry<?, ?> entry : map.entrySet()) {
                    double k = toLua(s, entry.getKey(), deep - 1);
                    Object ko = s.out;
                    double d = toLua(s, entry.getValue(), deep - 1);
                    table.set(s, k, ko, d, s.out);
                }
                yield s.ret(table);
            }
            default ->
                    throw new IllegalArgumentException(
                            "Lua has no value for a " + value.getClass().getName());
        };
    }

    private static double number(LuaState s, Number number) {
        s.out = LuaNil.NIL;
        return LuaValues.number(number.doubleValue());
    }

    /// Results of a call as Java values.
    public static List<Object> toJava(Multi values) {
        List<Object> all = new ArrayList<>(values.count);
        for (int i = 0; i < values.count; i++) {
            all.add(toJava(values.d[i], values.o[i]));
        }
        return all;
    }

    /// One value of Lua as a Java value.
    public static Object toJava(double d, Object o) {
        return LuaValues.isNumber(d) ? (Object) d : o;
    }
}
