package dev.sloth.core.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sloth.testkit.Gen;
import java.util.ArrayList;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

class StructuresTest {
    @Test
    void a_set_of_numbers_agrees_with_a_plain_one() {
        Gen.forAll(
                200,
                gen -> {
                    int bound = gen.oneOf(4, 70, 5_000, IntSet.LIMIT);
                    var plain = new TreeSet<Integer>();
                    var set = IntSet.empty();
                    for (int i = 0; i < gen.size() * 4; i++) {
                        int value = gen.below(bound);
                        if (gen.chance(60)) {
                            plain.add(value);
                            set = set.with(value);
                        } else {
                            plain.remove(value);
                            set = set.without(value);
                        }
                        assertThat(set.contains(value)).isEqualTo(plain.contains(value));
                        assertThat(set.size()).isEqualTo(plain.size());
                        if (!plain.isEmpty()) {
                            assertThat(set.first()).isEqualTo(plain.first());
                        }
                    }
                    assertThat(set.toArray())
                            .containsExactly(plain.stream().mapToInt(n -> n).toArray());
                });
    }

    @Test
    void a_row_of_items_agrees_with_a_plain_list_and_leaves_older_versions_alone() {
        Gen.forAll(
                100,
                gen -> {
                    int size = gen.oneOf(1, 31, 32, 33, 1_024, 1_025, 40_000);
                    var before = IntTree.of(size, i -> "item " + i);
                    var plain = new ArrayList<String>();
                    for (int i = 0; i < size; i++) {
                        plain.add("item " + i);
                    }
                    var tree = before;
                    for (int i = 0; i < gen.size(); i++) {
                        int index = gen.below(size);
                        plain.set(index, "changed " + i);
                        tree = tree.with(index, "changed " + i);
                    }
                    for (int i = 0; i < size; i++) {
                        assertThat(tree.at(i).equals(plain.get(i))).isTrue();
                        assertThat(before.at(i).equals("item " + i)).isTrue();
                    }
                    assertThat(tree).isEqualTo(IntTree.of(size, plain::get));
                });
    }
}
