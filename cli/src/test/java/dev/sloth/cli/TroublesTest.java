package dev.sloth.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sloth.api.workflow.Problem;
import dev.sloth.api.workflow.Span;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

/// What does not work for long is told now and then.
final class TroublesTest {
    private final AtomicReference<Instant> now =
            new AtomicReference<>(Instant.parse("2026-03-29T01:30:00Z"));
    private final List<Problem> told = new ArrayList<>();
    private final Troubles troubles = new Troubles(now::get, told::add);

    private static Problem problem(String message) {
        return new Problem("SLOTH-4745", message, Span.NOWHERE, "make room");
    }

    @Test
    void what_is_tried_again_each_second_is_told_once_a_minute() {
        for (int second = 0; second < 90; second++) {
            troubles.tell(problem("the disk is full"));
            var _ = now.updateAndGet(at -> at.plusSeconds(1));
        }
        assertThat(told).hasSize(2);
    }

    @Test
    void another_trouble_is_told_at_once_and_never_too_many_of_them() {
        for (int kind = 0; kind < 500; kind++) {
            troubles.tell(problem("file " + kind));
        }
        assertThat(told).hasSize(100);
    }
}
