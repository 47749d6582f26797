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
        return problem(code, "why of " + code);
    }

    private static Problem problem(String code, String why) {
        return WireProblems.problem(code, why, "what helps");
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
    void another_cause_is_told_though_it_has_the_same_code() {
        for (int i = 0; i < 3; i++) {
            for (var why : List.of("too old", "too new")) {
                refusals.tell("HELLO", "a", problem("X", why));
            }
        }
        assertThat(told)
                .containsExactly(
                        new MasterEvent.Refused("HELLO", "a", problem("X", "too old")),
                        new MasterEvent.Refused("HELLO", "a", problem("X", "too new")));
        now.set(START.plus(AGAIN));
        refusals.settle();
        assertThat(told.subList(2, told.size()))
                .containsExactlyInAnyOrder(
                        new MasterEvent.RefusedAgain(
                                (MasterEvent.Refused) told.getFirst(), 2, AGAIN),
                        new MasterEvent.RefusedAgain((MasterEvent.Refused) told.get(1), 2, AGAIN));
    }

    @Test
    void one_place_with_ever_more_causes_hides_nothing_of_others() {
        var many = new RefusalNews(new RefusalLimits(AGAIN, 100, 1), now::get, told::add);
        for (int i = 0; i < 1_000; i++) {
            many.tell("HELLO", "a", problem("X", "why " + i));
        }
        assertThat(told).as("a tenth of what is told, and that there is more").hasSize(11);
        many.tell("HELLO", "b", problem("X"));
        assertThat(told.getLast()).isEqualTo(new MasterEvent.Refused("HELLO", "b", problem("X")));
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
