package dev.sloth.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import org.junit.jupiter.api.Test;

class GenTest {
    @Test
    void one_seed_gives_the_same_input_again() {
        var first = new Gen(7, 20).list(() -> 1);
        var texts = new Gen(7, 20).string("abc");
        assertThat(new Gen(7, 20).list(() -> 1)).isEqualTo(first);
        assertThat(new Gen(7, 20).string("abc")).isEqualTo(texts);
    }

    @Test
    void no_case_draws_what_another_draws_a_little_later() {
        var seen = new HashSet<Integer>();
        Gen.forAll(
                100,
                gen -> {
                    for (int i = 0; i < 100; i++) {
                        assertThat(seen.add(gen.random().nextInt())).isTrue();
                    }
                });
    }

    @Test
    void a_failure_names_its_seed_and_the_smallest_size_that_fails() {
        assertThatThrownBy(() -> Gen.forAll(40, gen -> assertThat(gen.size()).isLessThan(5)))
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("-Dsloth.seed=")
                .hasMessageContaining(":5: ");
    }

    @Test
    void the_exhaustive_mode_makes_every_input_once() {
        var seen = new ArrayList<List<Integer>>();
        long cases = Gen.exhaustively(100, 2, gen -> seen.add(gen.list(() -> gen.between(1, 3))));
        assertThat(cases).isEqualTo(1 + 3 + 9);
        assertThat(seen).hasSize(13).doesNotHaveDuplicates();
    }

    @Test
    void never_more_cases_than_allowed() {
        assertThatThrownBy(() -> Gen.exhaustively(3, 1, gen -> gen.below(4)))
                .isInstanceOf(IllegalStateException.class);
    }
}
