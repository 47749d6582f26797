package dev.sloth.lua.vm;

import dev.sloth.lua.value.LuaNil;
import dev.sloth.lua.value.LuaTable;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// What can be seen and changed from a call of a watched function: its variables where it is, those
/// that it captured, its further arguments. Only for whoever has the right to run in the state, and
/// only while the call waits.
public final class Sight {
    private final Frame f;
    private final Optional<Stop> stop;

    private Sight(Frame f, Optional<Stop> stop) {
        this.f = f;
        this.stop = stop;
    }

    /// Something with a name and a value.
    public interface Variable {
        String name();

        /// The number half of its value.
        double number();

        /// The object half of its value.
        Object object();

        void put(double d, Object o);
    }

    /// Empty for a call of a function that nobody watches.
    public static Optional<Sight> of(Frame f) {
        if (!(f.closure.proto.body instanceof Woven.Body body)) {
            return Optional.empty();
        }
        return Optional.of(
                new Sight(
                        f,
                        f.o[body.function().slot] instanceof Stop stop
                                ? Optional.of(stop)
                                : Optional.empty()));
    }

    /// The function's own variables that are in sight, the innermost last.
    public List<Variable> locals() {
        List<Variable> all = new ArrayList<>();
        for (Resolver.Variable each : stop.map(s -> s.inSight).orElse(List.of())) {
            if (!each.captured) {
                all.add(new Local(each.name, f, each.slot));
            } else if (f.o[each.slot] instanceof Cell cell) {
                all.add(new Shared(each.name, cell));
            }
        }
        return all;
    }

    /// The variables of enclosing functions that it uses.
    public List<Variable> upvalues() {
        List<String> names = stop.map(s -> s.function.captured).orElse(List.of());
        List<Variable> all = new ArrayList<>();
        for (int i = 0; i < names.size(); i++) {
            all.add(new Shared(names.get(i), f.closure.cells[i]));
        }
        return all;
    }

    /// Its arguments beyond the parameters.
    public List<Variable> varargs() {
        List<Variable> all = new ArrayList<>();
        for (int i = 0; i < f.varargs.count; i++) {
            all.add(new Further(f, i));
        }
        return all;
    }

    /// The variable that a name stands for; empty for a global.
    public Optional<Variable> named(String name) {
        return last(locals(), name).or(() -> last(upvalues(), name));
    }

    private static Optional<Variable> last(List<Variable> all, String name) {
        return all.stream().filter(v -> v.name().equals(name)).reduce((_, inner) -> inner);
    }

    /// The table of its globals.
    public LuaTable globals() {
        return f.closure.env;
    }

    private record Local(String name, Frame f, int slot) implements Variable {
        @Override
        public double number() {
            return f.d[slot];
        }

        @Override
        public Object object() {
            Object o = f.o[slot];
            return Double.isNaN(f.d[slot]) && o != null ? o : LuaNil.NIL;
        }

        @Override
        public void put(double d, Object o) {
            f.d[slot] = d;
            f.o[slot] = o;
        }
    }

    private record Shared(String name, Cell cell) implements Variable {
        @Override
        public double number() {
            return cell.d;
        }

        @Override
        public Object object() {
            return Double.isNaN(cell.d) ? cell.o : LuaNil.NIL;
        }

        @Override
        public void put(double d, Object o) {
            cell.put(d, o);
        }
    }

    private record Further(Frame f, int index) implements Variable {
        @Override
        public String name() {
            return "..." + (index + 1);
        }

        @Override
        public double number() {
            return f.varargs.d[index];
        }

        @Override
        public Object object() {
            return Double.isNaN(number()) ? f.varargs.o[index] : LuaNil.NIL;
        }

        @Override
        public void put(double d, Object o) {
            f.varargs.d[index] = d;
            f.varargs.o[index] = o;
        }
    }
}
