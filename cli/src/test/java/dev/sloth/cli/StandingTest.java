package dev.sloth.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sloth.api.workflow.RunId;
import dev.sloth.core.store.Owner;
import dev.sloth.core.store.Progress;
import dev.sloth.core.store.RunRow;
import dev.sloth.core.store.RunStore.Fate.Verdict;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class StandingTest {
    private static final Instant LEASE = Instant.ofEpochSecond(100);
    private static final Owner SOMEBODY = new Owner("host", "boot", 7, 9);

    private static RunRow row(String status, boolean ended, String owner) {
        return new RunRow(
                new RunId("r"),
                "w",
                "s",
                Instant.EPOCH,
                Map.of(),
                List.of(),
                new Progress(status, ended, "", Instant.EPOCH, 1, 0, 0, 0),
                1,
                owner,
                LEASE,
                1);
    }

    private static String running(Verdict fate, long now) {
        var row = row("running", false, SOMEBODY.text());
        return Standing.of(row, Instant.ofEpochSecond(now), _ -> fate).word();
    }

    @Test
    void a_run_is_interrupted_once_its_owner_is_gone_whatever_its_lease_says() {
        assertThat(running(Verdict.GONE, 0)).isEqualTo("interrupted");
        assertThat(running(Verdict.GONE, 200)).isEqualTo("interrupted");
    }

    @Test
    void an_owner_that_lives_drives_its_run_even_when_its_lease_is_over() {
        assertThat(running(Verdict.ALIVE, 200)).isEqualTo("running");
    }

    @Test
    void of_an_owner_that_nobody_can_look_at_the_lease_decides() {
        assertThat(running(Verdict.UNKNOWN, 99)).isEqualTo("running");
        assertThat(running(Verdict.UNKNOWN, 100)).isEqualTo("interrupted");
    }

    @Test
    void a_run_that_was_given_back_is_interrupted_and_one_that_has_ended_is_not() {
        var now = Instant.EPOCH;
        assertThat(Standing.of(row("running", false, ""), now, _ -> Verdict.ALIVE).remedy())
                .isEqualTo("`sloth-runner resume r`");
        assertThat(Standing.of(row("failed", true, ""), now, _ -> Verdict.GONE))
                .isEqualTo(new Standing("failed", false, ""));
        assertThat(Standing.of(row("waiting", false, ""), now, _ -> Verdict.GONE).remedy())
                .contains("runs decide r");
    }
}
