package dev.sloth.lua.value;

/// The arguments of one call of a host function, with the checks and messages of Lua's own library.
/// Arguments are counted from 1; absent ones read as nil.
///
/// As long as the call lasts they stand for it on the stack, and what they keep alive counts as the
/// script's memory.
public final class Args implements MemoryWalk.Visited {
    private static final long BYTES = 32;
    private static final long BYTES_PER_ARGUMENT = 12;

    private final LuaState s;
    private final LuaFunction callee;
    private final double[] d;
    private final Object[] o;
    private final int count;
    private MemoryWalk.Visited kept = _ -> 0;

    Args(LuaState s, LuaFunction callee, double[] d, Object[] o, int count) {
        this.s = s;
        this.callee = callee;
        this.d = d;
        this.o = o;
        this.count = count;
    }

    public int count() {
        return count;
    }

    /// Has what the host function needs besides its arguments, a buffer say, count as the script's
    /// memory until it returns. To be called by one that calls the script back.
    public void keep(MemoryWalk.Visited also) {
        kept = also;
    }

    @Override
    public long visit(MemoryWalk walk) {
        walk.see(callee);
        for (int i = 0; i < count; i++) {
            walk.see(o[i]);
        }
        return BYTES + BYTES_PER_ARGUMENT * count + kept.visit(walk);
    }

    /// The number half of argument `i`, counted from 1; absent arguments are nil.
    public double d(int i) {
        return i <= count ? d[i - 1] : LuaValues.TAG;
    }

    /// The object half; nil for a number.
    public Object o(int i) {
        return i <= count && Double.isNaN(d[i - 1]) ? o[i - 1] : LuaNil.NIL;
    }

    public LuaFunction callee() {
        return callee;
    }

    public LuaType type(int i) {
        return LuaType.of(d(i), o(i));
    }

    public boolean isNumber(int i) {
        return LuaValues.isNumber(d(i));
    }

    public boolean isNil(int i) {
        return !isNumber(i) && o(i) == LuaNil.NIL;
    }

    public boolean isTrue(int i) {
        return LuaValues.isTrue(d(i), o(i));
    }

    /// Refuses an absent argument; nil will do.
    public void any(int i) {
        if (i > count) {
            throw bad(i, "value expected");
        }
    }

    /// A number, or a string that reads as one.
    public double number(int i) {
        double v = d(i);
        if (LuaValues.isNumber(v)) {
            return v;
        }
        if (o(i) instanceof LuaString text) {
            double read = LuaNumbers.parse(text);
            if (LuaValues.isNumber(read)) {
                return read;
            }
        }
        throw typeError(i, "number");
    }

    public double optNumber(int i, double absent) {
        return isNil(i) ? absent : number(i);
    }

    /// A number cut to a whole one, as C's cast does; beyond 64 bits it sticks at the end.
    public long integer(int i) {
        return (long) number(i);
    }

    public long optInteger(int i, long absent) {
        return isNil(i) ? absent : integer(i);
    }

    /// A string, or a number written as one.
    public LuaString string(int i) {
        double v = d(i);
        if (LuaValues.isNumber(v)) {
            return LuaNumbers.text(v);
        }
        if (o(i) instanceof LuaString text) {
            return text;
        }
        throw typeError(i, "string");
    }

    public LuaString optString(int i, LuaString absent) {
        return isNil(i) ? absent : string(i);
    }

    public LuaTable table(int i) {
        if (o(i) instanceof LuaTable table) {
            return table;
        }
        throw typeError(i, "table");
    }

    public LuaFunction function(int i) {
        if (o(i) instanceof LuaFunction function) {
            return function;
        }
        throw typeError(i, "function");
    }

    public LuaCoroutine coroutine(int i) {
        if (o(i) instanceof LuaCoroutine coroutine) {
            return coroutine;
        }
        throw bad(i, "coroutine expected");
    }

    /// What a handle holds, when it is of this class; `word` names it in the message.
    public <T> T handle(int i, Class<T> held, String word) {
        if (o(i) instanceof LuaHandle handle && held.isInstance(handle.held())) {
            return held.cast(handle.held());
        }
        throw typeError(i, word);
    }

    public boolean bool(int i) {
        if (o(i) instanceof Boolean b) {
            return b;
        }
        throw typeError(i, "boolean");
    }

    /// "string expected, got nil".
    public LuaError typeError(int i, String expected) {
        String got = i > count ? "no value" : type(i).toString();
        return bad(i, expected + " expected, got " + got);
    }

    /// "bad argument #1 to 'insert' (...)", with the name by which the caller knows the function.
    public LuaError bad(int i, String reason) {
        return bad(i, reason, "?");
    }

    /// As the other, with a name for a function whose caller knows none, such as `pcall`.
    @SuppressWarnings("ReferenceEquality") // this very function
    public LuaError bad(int i, String reason, String otherwise) {
        String name = otherwise;
        int n = i;
        if (s.entry(0) == callee && s.entry(1) instanceof Activation caller) {
            if (!caller.calleeName().isEmpty()) {
                name = caller.calleeName();
            }
            if (caller.calleeKind().equals("method")) {
                n--;
                if (n == 0) {
                    return s.error("calling '" + name + "' on bad self (" + reason + ")");
                }
            }
        }
        return s.error("bad argument #" + n + " to '" + name + "' (" + reason + ")");
    }

    /// The arguments from `i` on, as several values.
    public Multi from(int i) {
        int rest = Math.max(0, count - i + 1);
        if (rest == 0) {
            return Multi.NONE;
        }
        var numbers = new double[rest];
        var objects = new Object[rest];
        System.arraycopy(d, i - 1, numbers, 0, rest);
        System.arraycopy(o, i - 1, objects, 0, rest);
        return new Multi(numbers, objects, rest);
    }
}
