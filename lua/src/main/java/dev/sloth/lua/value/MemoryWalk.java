package dev.sloth.lua.value;

import java.util.ArrayDeque;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// One walk over everything a state keeps alive. Of a host function's own variables only those are
/// seen that it tells of with [Args#keep].
public final class MemoryWalk {
    private static final int OBJECTS_BETWEEN_CHECKS = 4096;

    /// About what a state with its libraries has.
    private static final int OBJECTS_EXPECTED = 1024;

    private static final long BYTES_PER_STRING = 40;
    private static final long BYTES_PER_OBJECT = 48;

    private final LuaState state;
    private final int number;
    private final ArrayDeque<Object> open = new ArrayDeque<>();
    private final Set<Object> seen =
            Collections.newSetFromMap(new IdentityHashMap<>(OBJECTS_EXPECTED));
    private final Imprint.Observer observer;
    private final Guide guide;
    private long bytes;

    MemoryWalk(LuaState state, int number) {
        this(state, number, _ -> {});
    }

    MemoryWalk(LuaState state, int number, Imprint.Observer observer) {
        this.state = state;
        this.number = number;
        this.observer = observer;
        this.guide = state.attached() instanceof Guide known ? known : (_, _) -> 0;
    }

    /// Notes an object; null and values without a size are passed over.
    public void see(@Nullable Object o) {
        switch (o) {
            case null -> {}
            case LuaTable table -> {
                if (table.mark != number) {
                    table.mark = number;
                    open.add(table);
                }
            }
            case LuaString text -> {
                if (seen.add(text)) {
                    bytes += BYTES_PER_STRING + text.length();
                    if (text instanceof LuaText rich) {
                        see(rich.fields());
                    }
                }
            }
            case LuaNil _, Boolean _, Double _ -> {}
            default -> {
                if (seen.add(o)) {
                    open.add(o);
                }
            }
        }
    }

    void seeStack(Object[] stack, int depth) {
        for (int i = 0; i < depth && i < stack.length; i++) {
            see(stack[i]);
        }
    }

    /// Walks to the end and gives the bytes that are alive.
    long bytes() {
        int visited = 0;
        for (Object o = open.poll(); o != null; o = open.poll()) {
            if (++visited % OBJECTS_BETWEEN_CHECKS == 0) {
                state.fibers().throwIfKilled();
            }
            visit(o);
        }
        return bytes;
    }

    private void visit(Object o) {
        observer.sees(o);
        switch (o) {
            case LuaTable table -> add(table(table));
            case Visited reaching -> add(reaching.visit(this));
            case Activation a -> {
                bytes += BYTES_PER_OBJECT;
                see(a.function());
                a.visit(this::see);
            }
            case LuaHandle handle -> {
                bytes += BYTES_PER_OBJECT;
                see(handle.metatable());
                add(guide.lead(handle.held(), this));
            }
            case Multi m -> {
                bytes += BYTES_PER_OBJECT + 12L * m.count;
                for (int i = 0; i < m.count; i++) {
                    see(m.o[i]);
                }
            }
            default -> {
                bytes += BYTES_PER_OBJECT;
                add(guide.lead(o, this));
            }
        }
    }

    /// Not `bytes += ...visit(...)`: that forgets the strings that the visit itself has seen.
    private void add(long own) {
        bytes += own;
    }

    private long table(LuaTable table) {
        TablePattern pattern = table.pattern;
        if (pattern != null) {
            observer.sees(pattern);
            pattern.differences(table, this::see);
            see(table.metatable());
            return TableSize.of(table);
        }
        Object[] all = table.arrayObjects;
        if (all != null) {
            for (int i = 0; i < table.n; i++) {
                see(all[i]);
            }
        }
        for (int e = 0; e < table.used; e++) {
            Object key = table.keys[e];
            if (key instanceof Double) {
                bytes += TableSize.NUMBER_KEY;
            } else {
                see(key);
            }
            see(table.objects[e]);
        }
        see(table.metatable());
        return TableSize.of(table);
    }

    /// An object that keeps others alive: a closure, a captured variable, a coroutine.
    public interface Visited {
        /// Shows the walk what it refers to, and gives its own size in bytes.
        long visit(MemoryWalk walk);
    }

    /// Knows what objects of the host keep alive; who attaches to a state may be one.
    public interface Guide {
        /// Shows the walk what the object refers to, and gives the size of what it keeps beyond
        /// that.
        long lead(Object held, MemoryWalk walk);
    }
}
