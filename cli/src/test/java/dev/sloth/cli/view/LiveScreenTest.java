package dev.sloth.cli.view;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sloth.agent.process.TerminalSize;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class LiveScreenTest {
    @Test
    void a_screen_follows_its_window_and_keeps_its_size_while_nobody_answers() {
        var answers =
                new ArrayDeque<Optional<TerminalSize>>(
                        List.of(
                                Optional.empty(),
                                Optional.of(new TerminalSize(100, 30)),
                                Optional.empty(),
                                Optional.of(new TerminalSize(60, 20))));
        var drawn = new ByteArrayOutputStream();
        var out = new PrintStream(drawn, false, StandardCharsets.UTF_8);
        try (var screen = LiveScreen.open(out, answers::remove)) {
            var widths = IntStream.range(0, 40).map(_ -> screen.size().width()).distinct();
            assertThat(widths.toArray()).containsExactly(80, 100, 60);
        }
        assertThat(answers).isEmpty();
        assertThat(drawn.toString(StandardCharsets.UTF_8))
                .isEqualTo("\u001b[?25l\r\u001b[J\u001b[?25h");
    }
}
