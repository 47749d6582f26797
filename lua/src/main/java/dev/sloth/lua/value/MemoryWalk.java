package dev.sloth.lua.value;

import java.util.ArrayDeque;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// One walk over everything a state keeps alive. What lies only in a host function's own variables
/// is not seen.
public final class MemoryWalk {
    private static final int OBJECTS_BETWEEN_CHECKS = 4096;
    private static final long BYTES_PER_STRING = 40;
    private static final long BYTES_PER_TABLE = 64;
    private static final long BYTES_PER_OBJECT = 48;

    private final LuaState state;
    private final int number;
    private final ArrayDeque<Object> open = new ArrayDeque<>();
    private final Set<Object> seen = Collections.newSetFromMap(new IdentityHashMap<>());
    private long bytes;

    MemoryWalk(LuaState state, int number) {
        this.state = state;
        this.number = number;
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

    /// The size is taken in a statement of its own: `bytes += size(o)` would read `bytes` first and
    /// lose what seeing the object's strings adds to it.
    private void visit(Object o) {
        long own = size(o);
        bytes += own;
    }

    /// Sees what the object refers to, and gives its own size.
    private long size(Object o) {
        return switch (o) {
            case LuaTable table -> table(table);
            case Visited reaching -> reaching.visit(this);
            case Activation a -> {
                see(a.function());
                a.visit(this::see);
                yield BYTES_PER_OBJECT;
            }
            case LuaHandle handle -> {
                see(handle.metatable());
                yield BYTES_PER_OBJECT;
            }
            case Multi m -> {
                for (int i = 0; i < m.count; i++) {
                    see(m.o[i]);
                }
                yield BYTES_PER_OBJECT + 12L * m.count;
            }
            default -> BYTES_PER_OBJECT;
        };
    }

    private long table(LuaTable table) {
        Object[] all = table.arrayObjects;
        if (all != null) {
            for (int i = 0; i < table.n; i++) {
                see(all[i]);
            }
        }
        for (int e = 0; e < table.used; e++) {
            see(table.keys[e]);
            see(table.objects[e]);
        }
        see(table.metatable());
        return BYTES_PER_TABLE
                + table.arrayNumbers.length * (all == null ? 8L : LuaTable.BYTES_PER_SLOT)
                + (long) table.keys.length * LuaTable.BYTES_PER_ENTRY;
    }

    /// An object that keeps others alive: a closure, a captured variable, a coroutine.
    public interface Visited {
        /// Shows the walk what it refers to, and gives its own size in bytes.
        long visit(MemoryWalk walk);
    }
}
