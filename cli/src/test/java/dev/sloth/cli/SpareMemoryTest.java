package dev.sloth.cli;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class SpareMemoryTest {
    private static final long MIB = 1 << 20;

    private long used = 20 * MIB;
    private int collected;
    private boolean idle = true;

    private final SpareMemory spare =
            new SpareMemory(
                    () -> idle,
                    new SpareMemory.Heap() {
                        @Override
                        public long used() {
                            return used;
                        }

                        @Override
                        public void collect() {
                            collected++;
                            used = 10 * MIB;
                        }
                    });

    @Test
    void what_a_start_left_behind_is_collected_once() {
        spare.look();
        spare.look();
        assertThat(collected).isEqualTo(1);
    }

    @Test
    void it_is_collected_again_when_as_much_has_come_that_it_is_worth_while() {
        spare.look();
        used += 3 * MIB;
        spare.look();
        assertThat(collected).isEqualTo(1);
        used += MIB;
        spare.look();
        assertThat(collected).isEqualTo(2);
    }

    @Test
    void who_works_is_left_alone() {
        idle = false;
        spare.look();
        assertThat(collected).isZero();
    }
}
