package dev.sloth.cli;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class SizesTest {
    @Test
    void sizes_are_told_in_the_largest_unit_that_they_fill() {
        assertThat(Sizes.text(0)).isEqualTo("0 B");
        assertThat(Sizes.text(1_023)).isEqualTo("1023 B");
        assertThat(Sizes.text(1_536)).isEqualTo("1.5 KiB");
        assertThat(Sizes.text(10L << 30)).isEqualTo("10.0 GiB");
        assertThat(Sizes.text(Long.MAX_VALUE)).isEqualTo("8.0 EiB");
    }
}
