package dev.sloth.lua.value;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/// What a state at rest is like, so that it can be put back after something has run in it.
///
/// Tables are kept when they are first written to afterwards; captured variables are few words each
/// and are all kept. A state gets no imprint when something in it can change unseen: a coroutine, a
/// file, an object of the host that the host does not vouch for.
public final class Imprint {
    private final LuaState s;
    private final List<LuaTable> tables = new ArrayList<>();
    private final List<Variable> variables = new ArrayList<>();
    private final List<TableContents> written = new ArrayList<>();
    private final Gauge gauge;
    private double[] numbers = {};
    private Object[] objects = {};
    private long bytes;
    private boolean sound = true;

    /// An object of which nothing changes that scripts could tell, or whose changes are noted with
    /// [LuaState#leavesTrace].
    public interface Constant {}

    /// A captured variable.
    public interface Variable {
        double number();

        Object object();

        void put(double d, Object o);
    }

    private Imprint(LuaState s) {
        this.s = s;
        this.gauge = s.gauge();
    }

    /// Takes one of a state in which nothing runs; empty when it could not be put back. The state
    /// has at most one, for good.
    ///
    /// @param vouched whether an object of the host that a handle holds never changes
    public static Optional<Imprint> of(LuaState s, Predicate<Object> vouched) {
        if (s.imprint != null || !s.isOfItself() || !s.fibers().isAtRest()) {
            return Optional.empty();
        }
        s.out = LuaNil.NIL;
        var imprint = new Imprint(s);
        imprint.bytes = s.walk(o -> imprint.take(o, vouched));
        if (!imprint.sound) {
            return Optional.empty();
        }
        imprint.begin();
        return Optional.of(imprint);
    }

    private void take(Object o, Predicate<Object> vouched) {
        switch (o) {
            case LuaTable table -> tables.add(table);
            case Variable variable -> variables.add(variable);
            case LuaHandle handle ->
                    sound &= handle.held() instanceof Constant || vouched.test(handle.held());
            case TablePattern pattern -> sound &= pattern.isConstant();
            case Constant _ -> {}
            default -> sound = false;
        }
    }

    private void begin() {
        tables.forEach(LuaTable::keep);
        int n = variables.size();
        numbers = new double[n];
        objects = new Object[n];
        for (int i = 0; i < n; i++) {
            numbers[i] = variables.get(i).number();
            objects[i] = variables.get(i).object();
        }
        tables.clear();
        s.imprint = this;
    }

    /// Live memory of the state as it was.
    public long bytes() {
        return bytes;
    }

    void write(LuaTable table) {
        written.add(new TableContents(table));
    }

    /// Puts everything back; whether that was possible. Otherwise the state is of no more use.
    public boolean restore() {
        if (s.hasTrace() || !s.fibers().isAtRest()) {
            return false;
        }
        written.forEach(TableContents::putBack);
        written.clear();
        for (int i = 0; i < numbers.length; i++) {
            variables.get(i).put(numbers[i], objects[i]);
        }
        s.set(gauge);
        return true;
    }

    /// Where a walk tells what it sees.
    @FunctionalInterface
    interface Observer {
        void sees(Object o);
    }
}
