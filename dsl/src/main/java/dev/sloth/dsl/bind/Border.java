package dev.sloth.dsl.bind;

import dev.sloth.api.plugin.CallFailure;
import dev.sloth.api.plugin.Host;
import dev.sloth.api.plugin.Keeper;
import dev.sloth.api.value.Data;
import dev.sloth.api.value.Text;
import dev.sloth.api.value.Value;
import dev.sloth.lua.value.Imprint;
import dev.sloth.lua.value.LuaCoroutine;
import dev.sloth.lua.value.LuaFunction;
import dev.sloth.lua.value.LuaHandle;
import dev.sloth.lua.value.LuaNil;
import dev.sloth.lua.value.LuaState;
import dev.sloth.lua.value.LuaString;
import dev.sloth.lua.value.LuaTable;
import dev.sloth.lua.value.LuaText;
import dev.sloth.lua.value.LuaValues;
import dev.sloth.lua.value.MemoryWalk;
import dev.sloth.lua.value.Multi;
import dev.sloth.lua.value.TableSize;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/// Where values of one state cross into the host and back. A table, function or handle that comes
/// back is the same one that left; data of the host becomes fresh tables.
public final class Border implements MemoryWalk.Visited, MemoryWalk.Guide, Imprint.Constant {
    private static final String THREAD = "thread";
    private static final long BYTES_PER_VALUE = 64;
    private static final long BYTES_PER_HANDLE = 256;

    /// What it takes to know which handle of Lua stands for something of the host.
    private static final long BYTES_PER_TWIN = 128;

    private final LuaState s;
    private final Map<String, LuaTable> metatables = new HashMap<>();
    private final Twins twins = new Twins();

    /// What is being filled with values of the host, and is nowhere else yet.
    private final Deque<Object> making = new ArrayDeque<>();

    /// Bytes that calls of the host under way have taken, from any thread.
    private final AtomicLong taken = new AtomicLong();

    private @Nullable Host host;
    private @Nullable Offer offer;
    private List<MemoryWalk.Visited> notes = List.of();
    private List<LuaTable> modules = List.of();

    public Border(LuaState s) {
        this.s = s;
        s.attach(this);
    }

    /// The border of a state.
    static Border of(LuaState s) {
        if (s.attached() instanceof Border border) {
            return border;
        }
        throw new IllegalStateException("a state without a border");
    }

    /// The state this is the border of.
    public LuaState state() {
        return s;
    }

    /// Says who serves the functions called here.
    public void served(Host by) {
        host = by;
    }

    /// Who serves the functions called here.
    public Host host() {
        if (host == null) {
            throw new IllegalStateException("nobody serves this state");
        }
        return host;
    }

    /// Says where values of this state are kept besides in itself: they count as its memory.
    public void notedIn(MemoryWalk.Visited... all) {
        notes = List.of(all);
    }

    @Override
    public long visit(MemoryWalk walk) {
        metatables.values().forEach(walk::see);
        modules.forEach(walk::see);
        notes.forEach(walk::see);
        making.forEach(walk::see);
        return taken.get();
    }

    @Override
    public long lead(Object held, MemoryWalk walk) {
        if (held instanceof Value.Handle(_, Object target)) {
            if (target instanceof Keeper keeper) {
                walk.see(keeper);
            }
            return target instanceof Sole ? 0 : BYTES_PER_TWIN;
        }
        if (!(held instanceof Keeper keeper)) {
            return 0;
        }
        var bytes = new long[1];
        keeper.show(value -> bytes[0] += kept(value, walk));
        return bytes[0];
    }

    /// Shows a walk a value of this state that the host keeps, and gives the bytes it takes there.
    public static long kept(Value value, MemoryWalk walk) {
        switch (value) {
            case LiveTable table -> walk.see(table.table());
            case LiveFunction function -> walk.see(function.function());
            case Value.Handle(_, Keeper keeper) -> walk.see(keeper);
            case Value.Handle(_, LuaCoroutine coroutine) -> walk.see(coroutine);
            case Value.Nil _,
                    Value.Bool _,
                    Value.Num _,
                    Text _,
                    Value.Table _,
                    Value.Callable _,
                    Value.Handle _ -> {}
        }
        return bytes(value);
    }

    /// What a value that the host keeps takes there, without what it refers to.
    public static long bytes(Value value) {
        return value instanceof Text text ? BYTES_PER_VALUE + text.bytes().length : BYTES_PER_VALUE;
    }

    /// Counts what a call of the host takes from now on.
    void take(long bytes) {
        s.charge(bytes);
        taken.addAndGet(bytes);
    }

    /// The same from any thread, for those who must not wait for the script: while it runs, they
    /// are refused only what is too much without anything else it has, and the script is refused
    /// the rest as soon as it looks.
    ///
    /// @return false when there is not so much
    boolean tryTake(long bytes) {
        if (taken.addAndGet(bytes) <= s.budget().memoryBytes() && s.chargeBeside(bytes)) {
            return true;
        }
        taken.addAndGet(-bytes);
        return false;
    }

    /// Counts no longer what a call of the host has taken.
    void giveBack(long bytes) {
        taken.addAndGet(-bytes);
    }

    /// Says which tables the host gives out again, whatever the script makes of its globals.
    void modules(List<LuaTable> all) {
        modules = List.copyOf(all);
    }

    /// Says what handles answer to.
    void shapes(Offer of) {
        offer = of;
    }

    private @Nullable LuaTable metatable(String type) {
        var known = metatables.get(type);
        if (known == null && offer != null) {
            known = offer.metatable(type);
            if (known != null) {
                metatables.put(type, known);
            }
        }
        return known;
    }

    // ---- out of Lua

    /// A Lua value as the host sees it.
    public Value toHost(double d, Object o) {
        if (LuaValues.isNumber(d)) {
            return new Value.Num(d);
        }
        return switch (o) {
            case LuaNil _ -> Value.Nil.NIL;
            case Boolean b -> Value.Bool.of(b);
            case LuaText text -> Text.ofBytes(text.bytes()).with(fields(text));
            case LuaString text -> Text.ofBytes(text.bytes());
            case LuaTable table -> new LiveTable(this, table);
            case Foreign foreign -> foreign.callable();
            case LuaFunction function -> new LiveFunction(this, function);
            case LuaHandle handle when handle.held() instanceof Value.Handle held -> held;
            case LuaHandle handle -> new Value.Handle("userdata", handle);
            case LuaCoroutine coroutine -> new Value.Handle(THREAD, coroutine);
            default -> throw new IllegalStateException("no Lua value: " + o.getClass());
        };
    }

    private List<Value.Entry> fields(LuaText text) {
        return new LiveTable(this, text.fields()).entries();
    }

    /// The arguments of a call as the host sees them. It may keep them, so they count as allocated.
    List<Value> taken(Multi values) {
        s.charge(BYTES_PER_VALUE * values.count);
        return toHost(values);
    }

    /// Several Lua values as the host sees them.
    public List<Value> toHost(Multi values) {
        var all = new ArrayList<Value>(values.count);
        for (int i = 0; i < values.count; i++) {
            all.add(toHost(values.d[i], values.o[i]));
        }
        return all;
    }

    // ---- into Lua

    /// A value of the host in Lua: its number half; the object half is in `state().out`.
    public double toLua(Value value) {
        return toLua(value, 0);
    }

    private double toLua(Value value, int depth) {
        return switch (value) {
            case Value.Nil _ -> s.nil();
            case Value.Bool b -> s.ret(b.truthy());
            case Value.Num number -> {
                s.out = LuaNil.NIL;
                yield LuaValues.number(number.value());
            }
            case Text text -> s.ret(text(text, depth));
            case LiveTable table when table.border() == this -> s.ret(table.table());
            case Value.Table table -> s.ret(copy(table, depth));
            case LiveFunction function when function.border() == this -> s.ret(function.function());
            case Value.Callable callable ->
                    s.ret(twins.of(callable, () -> new Foreign(this, callable)));
            case Value.Handle handle -> s.ret(handle(handle));
        };
    }

    private LuaString text(Text text, int depth) {
        s.charge(bytes(text));
        var plain = LuaString.ofBytes(text.bytes());
        if (text.fields().isEmpty()) {
            return plain;
        }
        return new LuaText(plain, filled(text.fields(), depth));
    }

    private LuaTable copy(Value.Table table, int depth) {
        if (depth >= Data.DEPTH_MAX) {
            throw new CallFailure(
                    "a table nests deeper than " + Data.DEPTH_MAX + " tables, or contains itself");
        }
        return filled(table.entries(), depth);
    }

    private LuaTable filled(List<Value.Entry> entries, int depth) {
        s.charge(TableSize.of(0, 0));
        var table = new LuaTable(0, 0);
        making.push(table);
        try {
            for (var entry : entries) {
                double k = toLua(entry.key(), depth + 1);
                Object ko = s.out;
                double v = toLua(entry.value(), depth + 1);
                table.set(s, k, ko, v, s.out);
            }
        } finally {
            making.pop();
        }
        return table;
    }

    /// A handle in Lua: one and the same for one and the same target.
    public Object handle(Value.Handle handle) {
        if (handle.target() instanceof LuaCoroutine || handle.target() instanceof LuaHandle) {
            return handle.target();
        }
        return handle.target() instanceof Sole sole
                ? sole.twin(() -> twin(handle))
                : twins.of(handle.target(), () -> twin(handle));
    }

    private LuaHandle twin(Value.Handle handle) {
        s.charge(BYTES_PER_HANDLE);
        return new LuaHandle(handle, metatable(handle.typeName()));
    }

    /// Values of the host as the arguments or results of a Lua call.
    public Multi toLua(List<Value> values) {
        int n = values.size();
        if (n == 0) {
            return Multi.NONE;
        }
        s.charge(BYTES_PER_VALUE * n);
        var all = new Multi(new double[n], new Object[n], n);
        Arrays.fill(all.o, LuaNil.NIL);
        making.push(all);
        try {
            for (int i = 0; i < n; i++) {
                all.d[i] = toLua(values.get(i));
                all.o[i] = s.out;
            }
        } finally {
            making.pop();
        }
        return all;
    }

    /// Gives results back from a host function.
    double results(List<Value> values) {
        if (values.size() == 1) {
            return toLua(values.getFirst());
        }
        s.out = toLua(values);
        return LuaValues.TAG;
    }
}
