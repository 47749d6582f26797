package dev.sloth.lua.vm;

import dev.sloth.lua.value.Activation;
import dev.sloth.lua.value.LuaFunction;
import dev.sloth.lua.value.LuaNil;
import dev.sloth.lua.value.LuaState;
import dev.sloth.lua.value.LuaValues;
import dev.sloth.lua.value.Multi;
import java.util.Arrays;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// One call of a Lua function: its variables and where it is.
public final class Frame implements Activation {
    /// Arguments beyond the parameters that one call may have: more than `unpack` gives.
    private static final int VARARGS_MAX = 1 << 21;

    /// Fewer cost too little to count them.
    private static final int VARARGS_COUNTED_MIN = 32;

    private static final long VARARG_BYTES = 12;

    private static final double[] NO_NUMBERS = {};
    private static final Object[] NO_OBJECTS = {};

    final LuaState s;
    final LuaClosure closure;
    final double[] d;
    final Object[] o;
    Multi varargs = Multi.NONE;

    /// The number half of what the function returns; its object half is in `s.out`.
    double r;

    /// Which of the function's sites was last at work.
    int site;

    /// The frame of the call that whoever called is waiting for, if a tail call led here. What that
    /// one holds is still alive.
    @Nullable Frame instead;

    /// Where a goto leads.
    @Nullable Label jump;

    /// What was left on the way to a metamethod that runs.
    private @Nullable Object aside;

    /// What a tail call leads to, and its arguments.
    @Nullable LuaClosure next;

    Multi passed = Multi.NONE;

    Frame(LuaState s, LuaClosure closure) {
        this.s = s;
        this.closure = closure;
        this.d = new double[closure.proto.slots];
        this.o = new Object[closure.proto.objects];
    }

    /// A frame of a function that is a class: its variables are the class's own, but for the
    /// objects among them.
    Frame(LuaState s, LuaClosure closure, int objects) {
        this.s = s;
        this.closure = closure;
        this.d = NO_NUMBERS;
        this.o = objects == 0 ? NO_OBJECTS : new Object[objects];
    }

    /// The object half of the latest value; nil beside a number. What else lies there must not be
    /// kept alive by whoever takes it along.
    Object object(double v) {
        return Double.isNaN(v) ? s.out : LuaNil.NIL;
    }

    /// Puts a value into a variable. Beside a number lies anything; it must not be kept alive.
    void put(int slot, double v, Object vo) {
        d[slot] = v;
        o[slot] = Double.isNaN(v) ? vo : LuaNil.NIL;
    }

    /// Keeps what was given for parameters to which something will be assigned.
    void keepAssigned() {
        Proto p = closure.proto;
        for (int i = 0; i < p.assignedParams.length; i++) {
            o[p.slots + i] = o[p.assignedParams[i]];
        }
    }

    /// Keeps arguments beyond the parameters that the function takes no notice of: whoever calls
    /// still has them.
    void keepRest(double[] ad, Object[] ao, int n) {
        Proto p = closure.proto;
        if (n > p.params && !p.varargs) {
            varargs = new Multi(ad, ao, n);
        }
    }

    /// Takes in the arguments beyond the parameters.
    void bindRest(double[] ad, Object[] ao, int n) {
        int params = closure.proto.params;
        if (n > params) {
            varargs = extra(ad, ao, params, n);
        }
    }

    /// Takes arguments in: parameters, then varargs.
    void bind(double[] ad, Object[] ao, int n) {
        Proto p = closure.proto;
        int params = p.params;
        if (n < params) {
            System.arraycopy(ad, 0, d, 0, n);
            System.arraycopy(ao, 0, o, 0, n);
            absent(n);
            return;
        }
        System.arraycopy(ad, 0, d, 0, params);
        System.arraycopy(ao, 0, o, 0, params);
        if (p.varargs && n > params) {
            varargs = extra(ad, ao, params, n);
        }
        keepRest(ad, ao, n);
    }

    /// Each call may pass on one argument more than the last, for ever.
    private Multi extra(double[] ad, Object[] ao, int params, int n) {
        int count = n - params;
        if (count > VARARGS_MAX) {
            throw s.error("stack overflow");
        }
        if (count >= VARARGS_COUNTED_MIN) {
            s.charge(count * VARARG_BYTES);
            s.check(count / VARARGS_COUNTED_MIN);
        }
        return new Multi(
                Arrays.copyOfRange(ad, params, n), Arrays.copyOfRange(ao, params, n), count);
    }

    /// Parameters from `from` on were not given.
    void absent(int from) {
        for (int i = from; i < closure.proto.params; i++) {
            d[i] = LuaValues.TAG;
            o[i] = LuaNil.NIL;
        }
    }

    @Override
    public LuaFunction function() {
        return closure;
    }

    @Override
    public String chunk() {
        return closure.proto.chunk;
    }

    @Override
    public int line() {
        return closure.proto.sites[site].line();
    }

    @Override
    public String calleeName() {
        return closure.proto.sites[site].name();
    }

    @Override
    public String calleeKind() {
        return closure.proto.sites[site].kind();
    }

    @Override
    public boolean tail() {
        return instead != null;
    }

    @Override
    public void aside(@Nullable Object object) {
        aside = object;
    }

    @Override
    public void visit(Consumer<Object> sees) {
        for (Object each : o) {
            if (each != null) {
                sees.accept(each);
            }
        }
        sees.accept(varargs);
        if (aside != null) {
            sees.accept(aside);
        }
        if (next != null) {
            sees.accept(next);
            sees.accept(passed);
        }
        if (instead != null) {
            sees.accept(instead);
        }
    }
}
