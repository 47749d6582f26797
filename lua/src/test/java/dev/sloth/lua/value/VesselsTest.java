package dev.sloth.lua.value;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class VesselsTest {
    @Test
    void coroutines_are_continuations_where_these_are_open_and_not_switched_off() {
        boolean off = System.getProperty("sloth.lua.continuations", "").equals("off");
        assertThat(Continuations.OPEN.isEmpty()).isEqualTo(off);
    }
}
