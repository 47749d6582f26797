package dev.sloth.agent.work;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sloth.agent.link.Declining;
import dev.sloth.agent.spool.Accepting;
import dev.sloth.agent.work.Intake.Answer;
import dev.sloth.wire.WorkOrder;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class IntakeTest {
    private static final byte[] ORDER =
            new WorkOrder(
                            "run",
                            "workflow",
                            List.of(),
                            "",
                            Map.of(),
                            false,
                            List.of(),
                            new WorkOrder.Work.Attempt(new byte[] {1}))
                    .bytes();

    private final List<String> kept = new ArrayList<>();
    private final List<IOException> troubles = new ArrayList<>();
    private Optional<IOException> failure = Optional.empty();
    private Accepting says = new Accepting.New();
    private final Intake intake = new Intake("boot", this::keep, troubles::add);

    private Accepting keep(String id, byte[] order) throws IOException {
        if (failure.isPresent()) {
            throw failure.get();
        }
        assertThat(KeptOrder.of(order).boot()).isEqualTo("boot");
        kept.add(id);
        return says;
    }

    private Answer.Declined declined(byte[] order) {
        assertThat(intake.take("o1", order)).isInstanceOf(Answer.Declined.class);
        return (Answer.Declined) intake.take("o1", order);
    }

    @Test
    void an_order_is_taken_when_it_is_kept() {
        assertThat(intake.take("o1", ORDER)).isInstanceOf(Answer.Taken.class);
        assertThat(kept).containsExactly("o1");
        assertThat(troubles).isEmpty();
    }

    @Test
    void an_order_that_was_taken_before_is_known() {
        says = new Accepting.Known(Optional.empty());
        assertThat(intake.take("o1", ORDER)).isEqualTo(new Answer.Known(Optional.empty()));
    }

    @Test
    void what_the_disk_does_not_keep_is_declined_for_now_and_taken_when_it_does() {
        var full = new IOException("the journal cannot be written: No space left on device");
        failure = Optional.of(full);
        assertThat(intake.take("o1", ORDER))
                .isEqualTo(
                        new Answer.Declined(
                                "its disk does not keep it: the journal cannot be written: No space"
                                        + " left on device",
                                Declining.FOR_NOW));
        assertThat(troubles).containsExactly(full);
        failure = Optional.empty();
        assertThat(intake.take("o1", ORDER)).isInstanceOf(Answer.Taken.class);
    }

    @Test
    void what_there_is_no_room_for_is_declined_for_now() {
        says = new Accepting.Full(10, 10);
        assertThat(declined(ORDER))
                .isEqualTo(
                        new Answer.Declined("it has 10 of 10 orders already", Declining.FOR_NOW));
        assertThat(troubles).isEmpty();
    }

    @Test
    void what_this_version_does_not_know_is_declined_for_ever_and_not_kept() {
        assertThat(declined("what is this".getBytes(StandardCharsets.UTF_8)).how())
                .isEqualTo(Declining.NEVER);
        assertThat(declined(new byte[0]).how()).isEqualTo(Declining.NEVER);
        assertThat(kept).isEmpty();
    }
}
