package dev.sloth.lua.value;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/// Contents that many tables of many states begin with. Nothing of it ever changes: a table has
/// what its pattern has until it is first written to, and then gets all of it for itself. Safe for
/// use by many threads at once.
///
/// What a pattern holds belongs to no state: texts, numbers, functions of the host. Where the table
/// it was made of had other tables, it has open places, at which each table of it gets its own.
public final class TablePattern {
    private final Object[] keys;
    private final double[] numbers;
    private final Object[] objects;
    private final int[] index;
    private final int used;
    private final int[] open;
    private final List<LuaTable> opened = new ArrayList<>();
    private final boolean constant;

    private TablePattern(LuaTable filled) {
        this.keys = filled.keys.clone();
        this.numbers = filled.numbers.clone();
        this.objects = filled.objects.clone();
        this.index = filled.index.clone();
        this.used = filled.used;
        boolean constants = true;
        for (int e = 0; e < used; e++) {
            check(keys[e]);
            constants &= takes(objects[e]);
        }
        this.constant = constants;
        this.open = new int[opened.size()];
        int places = 0;
        for (int e = 0; e < used; e++) {
            if (objects[e] instanceof LuaTable) {
                open[places++] = e;
                objects[e] = LuaNil.NIL;
            }
        }
    }

    /// The pattern of tables with the fields that this one has now. It has no list part and no
    /// metatable, and nothing in it but texts, numbers, booleans, tables, and functions of the host
    /// that keep no values of scripts alive.
    public static TablePattern of(LuaTable filled) {
        if (filled.n > 0 || filled.metatable != null) {
            throw new IllegalArgumentException("a pattern has fields only");
        }
        return new TablePattern(filled);
    }

    private static void check(Object key) {
        if (!(key instanceof LuaString || key instanceof Double || key instanceof Boolean)) {
            throw new IllegalArgumentException("a key of a pattern is " + key);
        }
    }

    /// Whether the value never changes; notes those that tables have of their own.
    private boolean takes(Object value) {
        return switch (value) {
            case LuaTable table -> opened.add(table);
            case LuaString text when !(text instanceof LuaText) -> true;
            case Boolean _, LuaNil _ -> true;
            case HostFunction function when !(function instanceof MemoryWalk.Visited) ->
                    function instanceof Imprint.Constant;
            default ->
                    throw new IllegalArgumentException(
                            "a state's own value in a pattern: " + value);
        };
    }

    /// The tables for which there are open places, in their order.
    public List<LuaTable> open() {
        return List.copyOf(opened);
    }

    /// Whether nothing that scripts could tell ever changes in what it holds.
    boolean isConstant() {
        return constant;
    }

    /// A table of this pattern.
    ///
    /// @param own what it gets at the open places, in their order
    public LuaTable table(LuaTable... own) {
        var table = new LuaTable();
        fill(table, own);
        return table;
    }

    /// Makes an empty table one of this pattern.
    ///
    /// @param own what it gets at the open places, in their order
    /// @throws IllegalStateException when the table is not empty
    public void fill(LuaTable table, LuaTable... own) {
        if (table.n > 0 || table.used > 0) {
            throw new IllegalStateException("a table that is to have a pattern is not empty");
        }
        if (own.length != open.length) {
            throw new IllegalArgumentException(
                    "the pattern has %s open places, not %s".formatted(open.length, own.length));
        }
        table.keys = keys;
        table.numbers = numbers;
        table.objects = open.length == 0 ? objects : objects.clone();
        table.index = index;
        table.used = used;
        for (int i = 0; i < open.length; i++) {
            table.objects[open[i]] = own[i];
        }
        table.borrow(this);
    }

    // ---- for its tables

    /// The keys of a table of this pattern, as an array that may have other objects for the same
    /// keys.
    @SuppressWarnings("ReferenceEquality") // whose array it is
    Object[] ownKeys(LuaTable table) {
        return table.keys == keys ? keys.clone() : table.keys;
    }

    /// Gives a table of this pattern all of it for itself.
    void give(LuaTable table) {
        table.keys = table.keys.clone();
        table.numbers = numbers.clone();
        table.objects = table.objects.clone();
        table.index = index.clone();
        table.pattern = null;
    }

    /// What [#give] takes.
    long bytesOwned(LuaTable table) {
        return TableSize.bytes(0, false, keys.length) - bytesBeside(table);
    }

    /// What a table of this pattern takes beside it.
    @SuppressWarnings("ReferenceEquality") // whose array it is
    long bytesBeside(LuaTable table) {
        int arrays = (table.keys == keys ? 0 : 1) + (table.objects == objects ? 0 : 1);
        return TableSize.borrowed(keys.length, arrays);
    }

    /// Shows what a table of this pattern has of its own.
    @SuppressWarnings("ReferenceEquality") // other objects for the same keys
    void differences(LuaTable table, Consumer<Object> walk) {
        for (int e = 0; e < used; e++) {
            if (table.keys[e] != keys[e]) {
                walk.accept(table.keys[e]);
            }
            if (table.objects[e] != objects[e]) {
                walk.accept(table.objects[e]);
            }
        }
    }
}
