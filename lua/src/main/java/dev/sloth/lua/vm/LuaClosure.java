package dev.sloth.lua.vm;

import dev.sloth.lua.value.Imprint;
import dev.sloth.lua.value.LuaFunction;
import dev.sloth.lua.value.LuaState;
import dev.sloth.lua.value.LuaTable;
import dev.sloth.lua.value.LuaValues;
import dev.sloth.lua.value.MemoryWalk;
import dev.sloth.lua.value.Multi;

/// A function written in Lua, with the variables it captured and its globals.
public final class LuaClosure extends LuaFunction implements MemoryWalk.Visited, Imprint.Constant {
    static final long BYTES = 44;

    final Proto proto;
    final Cell[] cells;
    LuaTable env;

    LuaClosure(Proto proto, Cell[] cells, LuaTable env) {
        this.proto = proto;
        this.cells = cells;
        this.env = env;
    }

    @Override
    public String name() {
        return proto.name;
    }

    /// The script's name as messages show it.
    public String chunk() {
        return proto.chunk;
    }

    /// The line where its text begins; 0 for a whole script.
    public int firstLine() {
        return proto.firstLine;
    }

    /// The line where its text ends; 0 for a whole script.
    public int lastLine() {
        return proto.lastLine;
    }

    /// How many variables of the functions around it has captured.
    public int captured() {
        return cells.length;
    }

    @Override
    public LuaTable environment(LuaState s) {
        return env;
    }

    @Override
    public boolean setEnvironment(LuaTable table) {
        env = table;
        return true;
    }

    @Override
    public double call(LuaState s) {
        Code code = proto.called(s);
        if (code != null) {
            return code.call(s, this);
        }
        var f = new Frame(s, this);
        f.absent(0);
        return run(f);
    }

    @Override
    public double call(LuaState s, double a, Object ao) {
        Code code = proto.called(s);
        if (code != null) {
            return code.call(s, this, a, ao);
        }
        if (proto.params < 1) {
            return interpret(s, new double[] {a}, new Object[] {ao}, 1);
        }
        var f = new Frame(s, this);
        f.put(0, a, ao);
        f.absent(1);
        return run(f);
    }

    @Override
    public double call(LuaState s, double a, Object ao, double b, Object bo) {
        Code code = proto.called(s);
        if (code != null) {
            return code.call(s, this, a, ao, b, bo);
        }
        if (proto.params < 2) {
            return interpret(s, new double[] {a, b}, new Object[] {ao, bo}, 2);
        }
        var f = new Frame(s, this);
        f.put(0, a, ao);
        f.put(1, b, bo);
        f.absent(2);
        return run(f);
    }

    @Override
    public double call(LuaState s, double a, Object ao, double b, Object bo, double c, Object co) {
        Code code = proto.called(s);
        if (code != null) {
            return code.call(s, this, a, ao, b, bo, c, co);
        }
        if (proto.params < 3) {
            return interpret(s, new double[] {a, b, c}, new Object[] {ao, bo, co}, 3);
        }
        var f = new Frame(s, this);
        f.put(0, a, ao);
        f.put(1, b, bo);
        f.put(2, c, co);
        f.absent(3);
        return run(f);
    }

    @Override
    public double call(LuaState s, double[] d, Object[] o, int n) {
        Code code = proto.called(s);
        if (code != null) {
            return code.call(s, this, d, o, n);
        }
        return interpret(s, d, o, n);
    }

    private double interpret(LuaState s, double[] d, Object[] o, int n) {
        var f = new Frame(s, this);
        f.bind(d, o, n);
        return run(f);
    }

    private static double run(Frame f) {
        LuaState s = f.s;
        int depth = s.depth;
        if (depth >= s.limit && s.crowded()) {
            return s.hop(() -> run(f));
        }
        s.stack[depth] = f;
        s.depth = depth + 1;
        if (--s.fuel < 0) {
            s.refuel();
        }
        double r;
        try {
            r = body(f, depth);
        } catch (StackOverflowError _) {
            throw s.stackOverflow();
        }
        s.depth = depth;
        return r;
    }

    private static double body(Frame f, int depth) {
        Proto p = f.closure.proto;
        begin(f, p);
        int end = p.body.run(f);
        if (end == Step.RETURN) {
            return f.r;
        }
        return end == Step.TAIL ? tail(f, depth) : f.s.none();
    }

    private static void begin(Frame f, Proto p) {
        if (p.assignedParams.length > 0) {
            f.keepAssigned();
        }
        if (p.capturedParams.length > 0) {
            capture(f, p);
        }
    }

    private static void capture(Frame f, Proto p) {
        for (int slot : p.capturedParams) {
            f.o[slot] = new Cell(f.d[slot], f.o[slot]);
            f.d[slot] = LuaValues.TAG;
        }
    }

    /// Goes on with what the function called last, in its place.
    static double tail(Frame over, int depth) {
        LuaState s = over.s;
        Frame f = over;
        while (true) {
            LuaClosure next = f.next;
            if (next == null) {
                throw new IllegalStateException("a tail call to nothing");
            }
            Code code = next.proto.called(s);
            var g = code == null ? new Frame(s, next) : new Frame(s, next, code.objects());
            g.instead = over;
            s.stack[depth] = g;
            if (--s.fuel < 0) {
                s.refuel();
            }
            double r = code == null ? onward(g, f.passed) : onward(g, code, f.passed);
            if (!Double.isNaN(r) || !g.equals(s.out)) {
                return r;
            }
            f = g;
        }
    }

    /// As [Code#body] does.
    private static double onward(Frame g, Code code, Multi arguments) {
        g.keepRest(arguments.d, arguments.o, arguments.count);
        return code.body(g, arguments.d, arguments.o, arguments.count);
    }

    private static double onward(Frame g, Multi arguments) {
        Proto p = g.closure.proto;
        g.bind(arguments.d, arguments.o, arguments.count);
        begin(g, p);
        int end = p.body.run(g);
        if (end == Step.RETURN) {
            return g.r;
        }
        return end == Step.TAIL ? g.s.ret(g) : g.s.none();
    }

    @Override
    public long visit(MemoryWalk walk) {
        for (Cell cell : cells) {
            walk.see(cell);
        }
        walk.see(env);
        walk.see(proto);
        return BYTES + 4L * cells.length;
    }
}
