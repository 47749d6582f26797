package dev.sloth.cli.serve;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sloth.api.event.EventRefusal;
import dev.sloth.api.event.EventRefusal.Reason;
import dev.sloth.api.event.Fact;
import dev.sloth.api.value.DataTable;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
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
