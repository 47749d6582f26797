package dev.sloth.lua.value;

import org.jspecify.annotations.Nullable;

/// The contents that a table had, to be put back.
final class TableContents {
    private final LuaTable table;
    private final double[] arrayNumbers;
    private final Object @Nullable [] arrayObjects;
    private final int n;
    private final Object[] keys;
    private final double[] numbers;
    private final Object[] objects;
    private final int[] index;
    private final int used;
    private final @Nullable LuaTable metatable;
    private final @Nullable TablePattern pattern;

    TableContents(LuaTable table) {
        Object[] all = table.arrayObjects;
        // one that is a pattern's leaves what it has behind at its first write
        boolean lent = table.pattern != null;
        this.table = table;
        this.arrayNumbers = table.arrayNumbers.clone();
        this.arrayObjects = all == null ? null : all.clone();
        this.n = table.n;
        this.keys = lent ? table.keys : table.keys.clone();
        this.numbers = lent ? table.numbers : table.numbers.clone();
        this.objects = lent ? table.objects : table.objects.clone();
        this.index = lent ? table.index : table.index.clone();
        this.used = table.used;
        this.metatable = table.metatable;
        this.pattern = table.pattern;
    }

    /// Once only: the table takes them over.
    void putBack() {
        table.arrayNumbers = arrayNumbers;
        table.arrayObjects = arrayObjects;
        table.n = n;
        table.keys = keys;
        table.numbers = numbers;
        table.objects = objects;
        table.index = index;
        table.used = used;
        table.metatable = metatable;
        table.pattern = pattern;
        table.keep();
    }
}
