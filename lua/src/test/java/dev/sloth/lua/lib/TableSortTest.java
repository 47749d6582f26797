package dev.sloth.lua.lib;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sloth.lua.value.LuaTable;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class TableSortTest {
    private final Lab lab = new Lab();

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
}
