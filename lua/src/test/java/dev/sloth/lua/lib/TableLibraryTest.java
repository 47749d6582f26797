package dev.sloth.lua.lib;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sloth.lua.value.LuaNil;
import dev.sloth.lua.value.LuaTable;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class TableLibraryTest {
    private final Lab lab = new Lab();

    @Test
    void insert_appends_or_shifts() {
        LuaTable table = lab.table(1, 2);
        lab.call("table.insert", table, 3);
        lab.call("table.insert", table, 1, "first");
        lab.call("table.insert", table, 5, "last");
        assertThat(lab.listed(table)).containsExactly("first", 1.0, 2.0, 3.0, "last");
        assertThat(lab.error("table.insert", table))
                .isEqualTo("wrong number of arguments to 'insert'");
    }

    @Test
    void remove_takes_the_last_or_shifts() {
        LuaTable table = lab.table(1, 2, 3);
        assertThat(lab.one("table.remove", table, 1)).isEqualTo(1.0);
        assertThat(lab.one("table.remove", table)).isEqualTo(3.0);
        assertThat(lab.listed(table)).containsExactly(2.0);
        assertThat(lab.call("table.remove", table, 9)).isEmpty();
        assertThat(lab.call("table.remove", new LuaTable())).isEmpty();
    }

    @Test
    void concat_joins_strings_and_numbers() {
        assertThat(lab.one("table.concat", lab.table("a", 1, "b"), ", ")).isEqualTo("a, 1, b");
        assertThat(lab.one("table.concat", lab.table("a", "b", "c"), "", 2, 3)).isEqualTo("bc");
        assertThat(lab.one("table.concat", new LuaTable())).isEqualTo("");
        assertThat(lab.error("table.concat", lab.table("a", true)))
                .isEqualTo("invalid value (boolean) at index 2 in table for 'concat'");
    }

    @Test
    void pack_unpack_and_move() {
        LuaTable packed = (LuaTable) lab.one("table.pack", 1, LuaNil.NIL, 3);
        assertThat(lab.field(packed, "n")).isEqualTo(3.0);
        assertThat(lab.call("unpack", packed, 1, 3)).containsExactly(1.0, LuaNil.NIL, 3.0);
        assertThat(lab.call("table.unpack", lab.table("a", "b"))).containsExactly("a", "b");
        LuaTable table = lab.table(1, 2, 3);
        lab.call("table.move", table, 1, 3, 2);
        assertThat(lab.listed(table)).containsExactly(1.0, 1.0, 2.0, 3.0);
    }

    @Test
    void the_old_functions_are_kept() {
        assertThat(lab.one("table.getn", lab.table(1, 2))).isEqualTo(2.0);
        assertThat(lab.one("table.maxn", lab.table(1, 2))).isEqualTo(2.0);
        List<Object> seen = new ArrayList<>();
        lab.call(
                "table.foreachi",
                lab.table("x", "y"),
                Lab.function(values -> {
                    seen.addAll(values);
                    return LuaNil.NIL;
                }));
        assertThat(seen).containsExactly(1.0, "x", 2.0, "y");
        assertThat(lab.one("table.foreach", lab.table("x"), Lab.function(List::getLast)))
                .isEqualTo("x");
    }

    @Test
    void sort_orders_numbers_strings_and_by_function() {
        for (int size : new int[] {0, 1, 2, 9, 100, 40_000}) {
            long seed = 20261123L + size;
            List<Object> values = new ArrayList<>();
            for (int i = 0; i < size; i++) {
                values.add((double) i);
            }
            List<Object> mixed = new ArrayList<>(values);
            Collections.shuffle(mixed, new Random(seed));
            LuaTable numbers = lab.table(mixed.toArray());
            lab.call("table.sort", numbers);
            assertThat(lab.listed(numbers)).as("seed %d", seed).isEqualTo(values);
            lab.call(
                    "table.sort",
                    numbers,
                    Lab.function(two -> (Double) two.get(0) > (Double) two.get(1)));
            assertThat(lab.listed(numbers)).isEqualTo(values.reversed());
        }
        LuaTable words = lab.table("pear", "apple", "fig", "", "apples");
        lab.call("table.sort", words);
        assertThat(lab.listed(words)).containsExactly("", "apple", "apples", "fig", "pear");
    }

    @Test
    void sort_survives_orders_that_make_no_sense() {
        Random random = new Random(7);
        for (int size = 0; size < 200; size++) {
            Object[] values = new Object[size];
            for (int i = 0; i < size; i++) {
                values[i] = (double) random.nextInt(50);
            }
            LuaTable table = lab.table(values);
            lab.call("table.sort", table, Lab.function(_ -> random.nextBoolean()));
            assertThat(lab.listed(table)).containsExactlyInAnyOrder(values);
        }
    }

    @Test
    void sort_names_what_cannot_be_compared() {
        assertThat(lab.error("table.sort", lab.table(1, "x"))).startsWith("attempt to compare ");
        assertThat(lab.error("table.sort", lab.table(1, 2), 5))
                .isEqualTo("bad argument #2 to '?' (function expected, got number)");
    }
}
