package dev.sloth.cli.serve;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sloth.api.event.EventRefusal;
import dev.sloth.api.event.EventRefusal.Reason;
import dev.sloth.api.event.Fact;
import dev.sloth.api.value.DataTable;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class FactResidentTest {
    private static final int MANY = 20_005;

    private final List<String> kept = new CopyOnWriteArrayList<>();
    private final List<String> notes = new CopyOnWriteArrayList<>();

    private final FactResident resident =
            new FactResident(
                    facts -> {
                        if (facts.stream().anyMatch(fact -> fact.subject().equals("refused"))) {
                            throw new EventRefusal(Reason.QUOTA, "no room");
                        }
                        facts.forEach(fact -> kept.add(fact.subject()));
                    },
                    notes::add);

    private void tell(String subject) {
        resident.tell(new Fact("agent.left", subject, new DataTable()));
    }

    private void serve() throws InterruptedException {
        resident.start(fault -> notes.add("fault: " + fault));
        resident.stop(Duration.ofSeconds(20));
    }

    @Test
    void what_was_told_before_the_end_is_kept_in_its_order_and_what_is_not_kept_is_said()
            throws Exception {
        List.of("a1", "refused", "a2").forEach(this::tell);
        serve();
        assertThat(kept).containsExactly("a1", "a2");
        assertThat(notes).containsExactly("the event agent.left of refused is not kept: no room");
    }

    /// Some facts that were kept at once.
    private record Go(long at, int facts) {}

    /// Tells one fact, and so many others while that is kept.
    private List<Go> goes(int others) throws Exception {
        var goes = new CopyOnWriteArrayList<Go>();
        var reached = new CountDownLatch(1);
        var open = new CountDownLatch(1);
        var left = new CountDownLatch(1 + others);
        var paced =
                new FactResident(
                        facts -> {
                            goes.add(new Go(System.nanoTime(), facts.size()));
                            reached.countDown();
                            await(open);
                            facts.forEach(_ -> left.countDown());
                        },
                        notes::add);
        paced.start(fault -> notes.add("fault: " + fault));
        for (int i = 0; i <= others; i++) {
            paced.tell(new Fact("agent.left", "a" + i, new DataTable()));
            await(reached);
        }
        open.countDown();
        await(left);
        paced.stop(Duration.ofSeconds(20));
        return goes;
    }

    private static void await(CountDownLatch latch) {
        try {
            assertThat(latch.await(20, TimeUnit.SECONDS)).as("in time").isTrue();
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    private static Duration between(Go first, Go second) {
        return Duration.ofNanos(second.at() - first.at());
    }

    @Test
    void one_fact_is_kept_at_once_and_those_that_follow_wait_for_company() throws Exception {
        var goes = goes(100);
        assertThat(goes).extracting(Go::facts).containsExactly(1, 100);
        assertThat(between(goes.getFirst(), goes.getLast()))
                .isGreaterThanOrEqualTo(FactResident.PACE);
    }

    @Test
    void when_as_many_wait_as_fit_into_one_go_there_is_no_pause() throws Exception {
        int full = 40;
        var goes = goes(full * FactResident.BATCH_MAX);
        assertThat(goes).extracting(Go::facts).startsWith(1).endsWith(FactResident.BATCH_MAX);
        assertThat(goes).hasSize(1 + full);
        assertThat(between(goes.get(1), goes.getLast()))
                .isLessThan(FactResident.PACE.multipliedBy(full - 1));
    }

    @Test
    void more_than_can_wait_is_left_out_and_counted() throws Exception {
        for (int i = 0; i < MANY; i++) {
            tell("refused");
        }
        serve();
        assertThat(notes)
                .contains("5 events are not kept, since more than 20000 wait to be")
                .hasSize(20_001);
    }
}
