package dev.sloth.plugins.goroutine;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/// Contexts, of which there may be many.
class ScopeTest {
    private static final Instant LATER = Instant.ofEpochSecond(100);
    private static final int MANY = 10_000;

    private final AtomicInteger looks = new AtomicInteger();
    private Instant now = Instant.EPOCH;
    private final InstantSource time =
            () -> {
                looks.incrementAndGet();
                return now;
            };

    @Test
    void each_of_many_contexts_with_a_deadline_costs_the_same() {
        var root = Scope.root(time);
        List<Scope> all = new ArrayList<>();
        for (int i = 0; i < MANY; i++) {
            all.add(root.child(Optional.of(LATER)));
        }
        assertThat(looks.get()).isLessThan(10 * MANY);
        root.cancel();
        assertThat(all).allMatch(scope -> scope.error().equals(Optional.of(Scope.CANCELLED)));
    }

    @Test
    void contexts_that_have_ended_are_let_go_and_those_that_have_not_end_with_their_parent() {
        var root = Scope.root(time);
        List<Scope> alive = new ArrayList<>();
        for (int i = 0; i < MANY; i++) {
            now = now.plusSeconds(1);
            var _ = root.child(Optional.of(now));
            if (i % 1000 == 0) {
                alive.add(root.child(Optional.empty()));
            }
        }
        looks.set(0);
        root.cancel();
        assertThat(looks.get()).isLessThan(MANY / 10);
        assertThat(alive).allMatch(scope -> scope.error().equals(Optional.of(Scope.CANCELLED)));
    }
}
