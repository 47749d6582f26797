package dev.sloth.drive;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sloth.core.journal.StoredJournal;
import dev.sloth.core.run.Conductor;
import dev.sloth.core.store.Claim;
import dev.sloth.core.store.Claiming;
import dev.sloth.core.store.Owner;
import dev.sloth.core.store.RequestStore.Request;
import dev.sloth.core.store.RunStore.Fate.Verdict;
import dev.sloth.core.store.Store;
import dev.sloth.core.store.StoreFailure;
import dev.sloth.testkit.store.MemoryDisk;
import dev.sloth.testkit.store.MemoryStore;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// A run whose owner's clock jumps.
final class ClockJumpTest {
    private static final Owner FIRST = new Owner("here", "boot", 1, 1);
    private static final Owner SECOND = new Owner("here", "boot", 2, 2);

    private final Store store = MemoryStore.open(new MemoryDisk());
    private final JumpingClock clock = new JumpingClock();
    private Claim claim = new Claim(SmallRun.RUN, 0);
    private Tenancy tenancy = Tenancy.ALONE;

    private static final class JumpingClock implements InstantSource {
        private Instant now = Instant.parse("2026-11-25T12:00:00Z");

        @Override
        public Instant instant() {
            return now;
        }

        void jump(Duration by) {
            now = now.plus(by);
        }
    }

    @BeforeEach
    void a_run_that_is_driven() {
        var journal = StoredJournal.submitting(store.runs(), SmallRun.kept(FIRST, clock));
        new Conductor(journal).accept(SmallRun.submission(clock, "a"));
        claim = journal.claim();
        tenancy = new StoreTenancy(store, claim, new Lease(store.runs(), claim, clock), clock);
    }

    private Claiming claimed(Verdict ofFirst) {
        return store.runs().claim(SmallRun.RUN, SECOND, clock.instant(), Lease.TTL, _ -> ofFirst);
    }

    private Instant leaseUntil() {
        return store.runs().find(SmallRun.RUN).orElseThrow().leaseUntil();
    }

    @ParameterizedTest
    @ValueSource(ints = {-3_600, 3_600})
    void no_run_is_taken_from_a_process_that_lives_when_the_clock_jumps(int seconds) {
        clock.jump(Duration.ofSeconds(seconds));
        assertThat(claimed(Verdict.ALIVE)).isInstanceOf(Claiming.Held.class);
        assertThat(tenancy.look()).isEmpty();
        assertThat(claimed(Verdict.ALIVE)).isInstanceOf(Claiming.Held.class);
    }

    @ParameterizedTest
    @ValueSource(ints = {-3_600, 3_600})
    void a_lease_is_renewed_at_once_when_the_clock_has_jumped(int seconds) {
        clock.jump(Duration.ofSeconds(seconds));
        assertThat(tenancy.look()).isEmpty();
        assertThat(leaseUntil()).isEqualTo(clock.instant().plus(Lease.TTL));
        assertThat(claimed(Verdict.UNKNOWN)).isInstanceOf(Claiming.Held.class);
    }

    @ParameterizedTest
    @ValueSource(ints = {-3_600, 3_600})
    void requests_are_still_heard_when_the_clock_has_jumped(int seconds) {
        assertThat(tenancy.look()).isEmpty();
        clock.jump(Duration.ofSeconds(seconds));
        assertThat(
                        store.requests()
                                .ask(
                                        SmallRun.RUN,
                                        Request.Kind.CANCEL,
                                        "why",
                                        "me",
                                        clock.instant()))
                .isTrue();
        assertThat(tenancy.look()).hasSize(1);
    }

    @Test
    void a_run_whose_owner_cannot_be_seen_is_taken_after_a_jump_and_the_owner_is_told() {
        clock.jump(Duration.ofHours(1));
        assertThat(claimed(Verdict.UNKNOWN)).isInstanceOf(Claiming.Granted.class);
        assertThatThrownBy(() -> tenancy.look())
                .isInstanceOfSatisfying(
                        StoreFailure.class,
                        e -> assertThat(e.reason()).isEqualTo(StoreFailure.Reason.FENCED));
    }
}
