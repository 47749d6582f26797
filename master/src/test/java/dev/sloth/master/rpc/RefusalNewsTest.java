package dev.sloth.master.rpc;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sloth.api.workflow.Problem;
import dev.sloth.master.session.MasterEvent;
import dev.sloth.wire.WireProblems;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

/// Nobody fills the output of a master by being refused.
class RefusalNewsTest {
    private static final Duration AGAIN = Duration.ofSeconds(30);
    private static final Instant START = Instant.parse("2026-03-29T01:30:00Z");

    private final AtomicReference<Instant> now = new AtomicReference<>(START);
    private final List<MasterEvent> told = new ArrayList<>();
    private final RefusalNews refusals =
            new RefusalNews(new RefusalLimits(AGAIN, 2, 1), now::get, told::add);

    private static Problem problem(String code) {
        return WireProblems.problem(code, "why of " + code, "what helps");
    }

    private static MasterEvent.Refused refused(String address, String code) {
        return new MasterEvent.Refused("TLS", address, problem(code));
    }

    private void tell(String address, String code) {
        refusals.tell("TLS", address, problem(code));
    }

    @Test
    void the_same_from_the_same_place_is_told_once_and_then_how_often() {
        for (int i = 0; i < 1_000; i++) {
            tell("a", "X");
        }
        assertThat(told).containsExactly(refused("a", "X"));
        refusals.settle();
        assertThat(told).hasSize(1);
        now.set(START.plus(AGAIN));
        refusals.settle();
        assertThat(told.removeLast())
                .isEqualTo(new MasterEvent.RefusedAgain(refused("a", "X"), 999, AGAIN));
        refusals.settle();
        assertThat(told).hasSize(1);
        tell("a", "X");
        assertThat(told).containsExactly(refused("a", "X"), refused("a", "X"));
    }

    @Test
    void what_was_refused_once_is_not_told_again() {
        tell("a", "X");
        now.set(START.plus(AGAIN));
        refusals.settle();
        assertThat(told).containsExactly(refused("a", "X"));
    }

    @Test
    void from_ever_more_places_it_is_told_that_there_are_more() {
        for (int i = 0; i < 1_000; i++) {
            tell("place" + i, "X");
        }
        assertThat(told).hasSize(3).contains(refused("place0", "X"), refused("place1", "X"));
        assertThat(told.getLast())
                .isInstanceOfSatisfying(
                        MasterEvent.Refused.class,
                        more -> assertThat(more.problem().code()).isEqualTo("SLOTH-4737"));
        now.set(START.plus(AGAIN));
        refusals.settle();
        assertThat(told).hasSize(4);
        assertThat(told.getLast())
                .isInstanceOfSatisfying(
                        MasterEvent.RefusedAgain.class,
                        again -> assertThat(again.more()).isEqualTo(997));
    }
}
