package dev.sloth.agent.link;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sloth.api.workflow.Problem;
import dev.sloth.wire.WireProblems;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import org.junit.jupiter.api.Test;

class AbsencesTest {
    private static final Duration PAUSE = Duration.ofSeconds(3);
    private static final Problem REFUSED = problem("refused");
    private static final Problem BROKEN = problem("broken");

    private final ArrayList<LinkEvent> told = new ArrayList<>();
    private Instant now = Instant.EPOCH;
    private final Absences absences = new Absences(() -> now, told::add, Link.ABSENCES_AGAIN);

    private static Problem problem(String why) {
        return WireProblems.problem(WireProblems.UNREACHABLE, why, "wait");
    }

    @Test
    void the_same_is_told_at_once_and_then_once_a_minute_by_how_often() {
        for (int i = 0; i < 41; i++) {
            absences.tell(REFUSED, PAUSE);
            now = now.plus(PAUSE);
        }
        assertThat(told)
                .containsExactly(
                        new LinkEvent.Away(REFUSED, PAUSE),
                        new LinkEvent.AwayAgain(REFUSED, 20, Link.ABSENCES_AGAIN),
                        new LinkEvent.AwayAgain(REFUSED, 20, Link.ABSENCES_AGAIN));
    }

    @Test
    void what_is_new_is_told_at_once() {
        absences.tell(REFUSED, PAUSE);
        absences.tell(BROKEN, PAUSE);
        absences.over();
        absences.tell(BROKEN, PAUSE);
        assertThat(told)
                .containsExactly(
                        new LinkEvent.Away(REFUSED, PAUSE),
                        new LinkEvent.Away(BROKEN, PAUSE),
                        new LinkEvent.Away(BROKEN, PAUSE));
    }

    @Test
    void a_clock_that_was_set_back_does_not_hold_it_up() {
        now = Instant.EPOCH.plus(Duration.ofDays(1));
        absences.tell(REFUSED, PAUSE);
        now = Instant.EPOCH;
        absences.tell(REFUSED, PAUSE);
        assertThat(told).last().isEqualTo(new LinkEvent.AwayAgain(REFUSED, 1, Link.ABSENCES_AGAIN));
    }
}
