package dev.sloth.testkit.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sloth.core.store.Claim;
import dev.sloth.core.store.Claiming;
import dev.sloth.core.store.RunStore.Fate;
import dev.sloth.core.store.RunStore.Fate.Verdict;
import dev.sloth.core.store.Store;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

/// Who may drive a run, and from when on.
abstract class ClaimContract extends Opened {
    private static final Instant LEASE_END = Samples.NOW.plus(Samples.TTL);

    ClaimContract(Supplier<Store> opening) {
        super(opening);
    }

    private Claiming claim(Instant now, Verdict verdict) {
        return store.runs().claim(Samples.RUN, Samples.SECOND, now, Samples.TTL, _ -> verdict);
    }

    private static final Claiming SECOND_CLAIM = new Claiming.Granted(new Claim(Samples.RUN, 2));

    private static final Claiming HELD = new Claiming.Held(Samples.FIRST, LEASE_END);

    @Test
    void a_run_that_was_released_is_anybodys() {
        var claim = submit(Samples.RUN);
        store.runs().release(claim);

        assertThat(store.runs().find(Samples.RUN).orElseThrow().drivenBy()).isEmpty();
        assertThat(claim(Samples.NOW, Verdict.ALIVE)).isEqualTo(SECOND_CLAIM);
    }

    @Test
    void a_run_whose_owner_is_gone_is_anybodys_at_once() {
        submit(Samples.RUN);

        assertThat(claim(Samples.NOW, Verdict.GONE)).isEqualTo(SECOND_CLAIM);
    }

    @Test
    void a_living_owner_keeps_its_run_however_late_it_is() {
        submit(Samples.RUN);

        assertThat(claim(LEASE_END.plusSeconds(3_600), Verdict.ALIVE)).isEqualTo(HELD);
    }

    @Test
    void an_owner_that_nobody_knows_keeps_its_run_until_the_lease_runs_out() {
        submit(Samples.RUN);

        assertThat(claim(LEASE_END.minusNanos(1), Verdict.UNKNOWN)).isEqualTo(HELD);
        assertThat(claim(LEASE_END, Verdict.UNKNOWN)).isEqualTo(SECOND_CLAIM);
    }

    @Test
    void a_renewed_lease_lasts_longer() {
        var claim = submit(Samples.RUN);
        store.runs().renew(claim, LEASE_END.plusSeconds(5));

        assertThat(claim(LEASE_END, Verdict.UNKNOWN))
                .isEqualTo(new Claiming.Held(Samples.FIRST, LEASE_END.plusSeconds(5)));
        assertThat(claim(LEASE_END.plusSeconds(5), Verdict.UNKNOWN)).isEqualTo(SECOND_CLAIM);
    }

    @Test
    void the_judge_is_asked_about_the_owner_of_the_run() {
        submit(Samples.RUN);
        var asked = new ArrayList<Object>();
        store.runs()
                .claim(
                        Samples.RUN,
                        Samples.SECOND,
                        Samples.NOW,
                        Samples.TTL,
                        owner -> {
                            asked.add(owner);
                            return Verdict.ALIVE;
                        });

        assertThat(asked).containsExactly(Samples.FIRST);
    }

    @Test
    void whoever_is_granted_a_run_is_its_owner_with_a_lease() {
        submit(Samples.RUN);
        claim(LEASE_END, Verdict.UNKNOWN);

        var row = store.runs().find(Samples.RUN).orElseThrow();
        assertThat(row.drivenBy()).contains(Samples.SECOND);
        assertThat(row.leaseUntil()).isEqualTo(LEASE_END.plus(Samples.TTL));
        assertThat(row.epoch()).isEqualTo(2);
    }

    @Test
    void an_ended_run_is_over() {
        var claim = submit(Samples.RUN);
        end(claim, 3);
        store.runs().release(claim);

        assertThat(claim(Samples.NOW, Verdict.GONE)).isEqualTo(new Claiming.Over());
    }

    @Test
    void a_run_that_is_not_there_is_unknown() {
        assertThat(claim(Samples.NOW, Verdict.GONE)).isEqualTo(new Claiming.Unknown());
    }

    @Test
    void every_claim_has_a_number_of_its_own() {
        var first = submit(Samples.RUN);
        var second = handedOver(first);
        var third = handedOver(second);

        assertThat(List.of(first.epoch(), second.epoch(), third.epoch()))
                .containsExactly(1L, 2L, 3L);
    }

    @Test
    void never_are_two_of_many_that_ask_at_once_granted_the_run() {
        store.runs().release(submit(Samples.RUN));
        var other = another();
        Fate unknown = _ -> Verdict.UNKNOWN;
        var answers =
                Together.all(
                        16,
                        i ->
                                (i % 2 == 0 ? store : other)
                                        .runs()
                                        .claim(
                                                Samples.RUN,
                                                Samples.SECOND,
                                                Samples.NOW,
                                                Samples.TTL,
                                                unknown));

        assertThat(answers).filteredOn(Claiming.Granted.class::isInstance).hasSize(1);
        assertThat(answers).filteredOn(Claiming.Held.class::isInstance).hasSize(15);
    }
}
