package dev.sloth.core.security.authn;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sloth.api.workflow.Problems;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

/// Addresses that are held off.
class RefusedJoinsTest {
    private final AtomicReference<Instant> now = new AtomicReference<>(Instant.EPOCH);
    private final RefusedJoins joins = new RefusedJoins(2, now::get);

    private void after(int seconds, String address) {
        now.set(Instant.EPOCH.plus(Duration.ofSeconds(seconds)));
        joins.note(address);
    }

    private void waits(String address) {
        assertThatThrownBy(() -> joins.check(address))
                .isInstanceOf(Problems.class)
                .hasMessageContaining("SLOTH-4728");
    }

    private void may(String address) {
        assertThatCode(() -> joins.check(address)).doesNotThrowAnyException();
    }

    @Test
    void an_address_waits_until_fewer_than_that_were_refused_within_a_minute() {
        after(0, "10.0.0.1");
        may("10.0.0.1");
        after(30, "10.0.0.1");
        waits("10.0.0.1");
        may("10.0.0.2");
        now.set(Instant.EPOCH.plusSeconds(60));
        may("10.0.0.1");
        after(61, "10.0.0.1");
        waits("10.0.0.1");
        now.set(Instant.EPOCH.plusSeconds(90));
        may("10.0.0.1");
    }

    @Test
    void addresses_of_one_network_of_version_6_count_together() {
        after(0, "2001:db8:0:1:0:0:0:1");
        after(0, "2001:db8:0:1:0:0:0:2");
        waits("2001:db8:0:1:a:b:c:d");
        may("2001:db8:0:2:0:0:0:1");
    }
}
