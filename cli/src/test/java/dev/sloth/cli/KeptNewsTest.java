package dev.sloth.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sloth.wire.RecentLines;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class KeptNewsTest {
    private final KeptNews news = new KeptNews(() -> Instant.EPOCH);

    @Test
    void the_last_lines_are_told_in_parts_that_follow_one_another() {
        for (int i = 1; i <= KeptNews.LINES_MAX + 5; i++) {
            news.add("line " + i);
        }
        var first = news.after(0).lines();
        assertThat(first).hasSize(RecentLines.TOLD_MAX);
        assertThat(first.getFirst().text()).isEqualTo("line 6");
        assertThat(news.after(first.getLast().number()).lines().getFirst().number())
                .isEqualTo(first.getLast().number() + 1);
        assertThat(news.after(KeptNews.LINES_MAX + 5).lines()).isEmpty();
    }

    @Test
    void a_long_line_is_cut() {
        news.add("x".repeat(5_000));
        assertThat(news.after(0).lines().getFirst().text()).hasSize(RecentLines.LENGTH_MAX);
    }
}
