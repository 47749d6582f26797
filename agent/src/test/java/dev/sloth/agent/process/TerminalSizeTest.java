package dev.sloth.agent.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class TerminalSizeTest {
    @Test
    void the_system_tells_lines_before_columns() {
        assertThat(TerminalSize.parse("50 132\n")).contains(new TerminalSize(132, 50));
    }

    @Test
    void a_size_that_is_not_known_is_no_size() {
        assertThat(List.of("0 0\n", "24 0\n", "", "stty: no\n"))
                .allSatisfy(answer -> assertThat(TerminalSize.parse(answer)).isEmpty());
    }
}
