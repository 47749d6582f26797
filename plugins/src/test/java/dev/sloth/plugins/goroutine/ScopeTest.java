package dev.sloth.plugins.goroutine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sloth.api.plugin.CallFailure;
import java.lang.ref.WeakReference;
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
    private static final int COLLECTIONS_MAX = 50;

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

    @Test
    void contexts_that_nobody_holds_cost_nothing_though_they_have_not_ended() {
        var root = Scope.root(time);
        var let = new WeakReference<>(root.child(Optional.of(LATER)).child(Optional.empty()));
        for (int i = 0; i < COLLECTIONS_MAX && !let.refersTo(null); i++) {
            System.gc();
        }
        assertThat(let.refersTo(null)).isTrue();
        assertThat(root.error()).isEmpty();
    }

    @Test
    void a_context_that_is_held_ends_with_those_above_though_nobody_holds_the_ones_between() {
        var root = Scope.root(time);
        var last = root.child(Optional.empty()).child(Optional.empty());
        root.cancel();
        assertThat(last.error()).contains(Scope.CANCELLED);
    }

    @Test
    void what_ended_a_context_first_is_said_of_it_ever_after() {
        var root = Scope.root(time);
        var cancelled = root.child(Optional.of(now.plusSeconds(2)));
        var expired = root.child(Optional.of(now.plusSeconds(1)));
        now = now.plusSeconds(1);
        root.cancel();
        now = LATER;
        assertThat(cancelled.error()).contains(Scope.CANCELLED);
        assertThat(expired.error()).contains(Scope.EXPIRED);
        expired.cancel();
        assertThat(expired.error()).contains(Scope.EXPIRED);
        assertThat(root.child(Optional.of(now)).error()).contains(Scope.CANCELLED);
    }

    @Test
    void contexts_lie_in_each_other_only_so_deep() {
        var root = Scope.root(time);
        var deepest = root;
        for (int i = 0; i < Scope.DEPTH_MAX; i++) {
            deepest = deepest.child(Optional.empty());
        }
        var full = deepest;
        assertThatThrownBy(() -> full.child(Optional.empty()))
                .isInstanceOf(CallFailure.class)
                .hasMessage("contexts lie in each other at most 10000 deep");
        root.cancel();
        assertThat(full.error()).contains(Scope.CANCELLED);
        assertThat(full.child(Optional.empty()).error()).contains(Scope.CANCELLED);
    }
}
