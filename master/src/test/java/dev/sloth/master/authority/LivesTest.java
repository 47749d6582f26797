package dev.sloth.master.authority;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sloth.wire.Credentials;
import dev.sloth.wire.Keys;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// How long certificates hold.
class LivesTest {
    private static final Instant NOW = Instant.parse("2026-03-29T01:30:00Z");

    @TempDir private Path folder;

    private Credentials agent(Duration life) {
        var random = new SecureRandom();
        var lives = Lives.DEFAULT.withAgent(life);
        var authority = Authority.open(folder.resolve(life + ".pem"), lives, random, () -> NOW);
        var pair = Keys.make(random);
        return new Credentials(
                pair.getPrivate(), authority.agent(pair.getPublic(), "default", "a1"));
    }

    @Test
    void one_that_holds_for_seconds_is_not_due_to_be_renewed_when_it_is_made() {
        for (var life : new Duration[] {Duration.ofSeconds(10), Duration.ofMinutes(5)}) {
            var own = agent(life);
            assertThat(own.until()).isEqualTo(NOW.plus(life));
            assertThat(own.renewAt()).isBetween(NOW.plus(life.dividedBy(3)), own.until());
        }
    }

    @Test
    void one_that_holds_for_a_day_is_good_on_a_machine_whose_clock_is_minutes_late() {
        var own = agent(Duration.ofDays(1));
        assertThat(own.own().getNotBefore().toInstant()).isEqualTo(NOW.minusSeconds(300));
        assertThat(own.renewAt()).isAfter(NOW.plus(Duration.ofHours(15)));
    }
}
