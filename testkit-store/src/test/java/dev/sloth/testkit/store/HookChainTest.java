package dev.sloth.testkit.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.sloth.api.event.EventRefusal;
import dev.sloth.api.event.HookWish.Power;
import dev.sloth.api.state.StateCommand;
import dev.sloth.api.value.Text;
import dev.sloth.core.event.EventLimits;
import dev.sloth.core.event.EventStream;
import dev.sloth.core.event.Types;
import dev.sloth.core.hook.Deliveries;
import dev.sloth.core.hook.Deliveries.Owed;
import dev.sloth.core.hook.Deliveries.Result;
import dev.sloth.core.hook.HookLimits;
import dev.sloth.core.hook.Hooks;
import dev.sloth.core.hook.Intake;
import dev.sloth.core.hook.NewHook;
import dev.sloth.core.state.LocalState;
import dev.sloth.core.state.StateLimits;
import dev.sloth.core.store.event.DeliveryRow;
import dev.sloth.core.store.event.DeliveryRow.State;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

/// Hooks that set off each other.
final class HookChainTest {
    private static final String SPACE = "a";
    private static final int CHAIN = HookLimits.DEFAULT.chainMax();
    private static final int HOOKS = 20;
    private static final int ROUNDS_MAX = 100;
    private static final int ALL = 1_000;

    private final MemoryStore store = MemoryStore.open(new MemoryDisk());
    private final EventStream stream = new EventStream(store, SPACE);
    private final InstantSource time = () -> Samples.NOW;
    private final Hooks hooks =
            new Hooks(store.hooks(), stream, SPACE, new EventLimits(1_000, CHAIN, 1, HOOKS), time);
    private final Intake intake =
            new Intake(store.hooks(), stream, SPACE, HookLimits.DEFAULT, time);
    private final Deliveries deliveries =
            new Deliveries(store.hooks(), SPACE, "me", HookLimits.DEFAULT, time);

    private static NewHook onChanges(String name) {
        return new NewHook(
                name,
                "/h.lua",
                new Types(List.of("state.*")),
                "",
                "",
                true,
                Duration.ofSeconds(1),
                1);
    }

    private void set(String value, List<String> causes) {
        try (var state =
                new LocalState(
                        store.state(), SPACE, StateLimits.DEFAULT, time, () -> Instant.EPOCH)) {
            var put = new StateCommand.Put("k", Text.of(value), Optional.empty(), false);
            assertThat(state.becauseOf(causes).ask(put).done()).isTrue();
        }
    }

    private List<DeliveryRow> dead(String name) {
        var hook = hooks.find(name).orElseThrow();
        return hooks.deliveries(hook, Set.of(State.DEAD), ALL);
    }

    private List<Owed> taken() {
        return deliveries.hooks().stream()
                .flatMap(hook -> deliveries.take(hook, ALL).stream())
                .toList();
    }

    @Test
    void a_hook_that_puts_others_in_its_place_comes_to_an_end_too() {
        assertThat(hooks.add(onChanges("hook-0"))).isTrue();
        set("0", List.of());
        int rounds = 0;
        while (intake.step().cut().isEmpty()) {
            assertThat(rounds++).isLessThan(ROUNDS_MAX);
            for (var owed : taken()) {
                hooks.add(onChanges("hook-" + rounds));
                set("" + rounds, owed.causes());
                hooks.remove(owed.hook().name());
            }
        }

        assertThat(rounds).isEqualTo(CHAIN + 1);
        assertThat(taken()).isEmpty();
        var last = stream.last(Types.ALL, _ -> true, 1, ALL).getFirst();
        assertThat(last.causes()).hasSize(CHAIN + 1);
        assertThat(dead("hook-" + rounds))
                .singleElement()
                .satisfies(row -> {
                    assertThat(row.event()).isEqualTo(last.id());
                    assertThat(row.message()).contains("a chain of more than 8 causes");
                });
    }

    @Test
    void what_ends_too_long_a_chain_is_noted_once_and_told_when_somebody_says_so() {
        hooks.add(onChanges("one"));
        hooks.add(onChanges("two"));
        set("1", Collections.nCopies(CHAIN, "cause"));
        set("2", Collections.nCopies(CHAIN + 1, "cause"));

        assertThat(intake.step().cut()).hasSize(1);
        var owed = taken();
        assertThat(owed).hasSize(2);
        owed.forEach(one -> deliveries.keep(one, new Result.Done("", "")));

        assertThat(hooks.retry(List.of(dead("two").getFirst().number()))).isEmpty();
        assertThat(taken())
                .singleElement()
                .satisfies(one -> {
                    assertThat(one.hook().name()).isEqualTo("two");
                    assertThat(one.event().causes()).hasSize(CHAIN + 1);
                });
    }

    @Test
    void hooks_that_add_hooks_add_no_more_than_there_may_be() {
        for (int i = 0; i < HOOKS; i++) {
            assertThat(hooks.add(onChanges("hook-" + i))).isTrue();
        }
        var refusal =
                catchThrowableOfType(
                        EventRefusal.class,
                        () -> hooks.put(onChanges("more"), Power.AS_IT_IS, true));
        assertThat(refusal.reason()).isEqualTo(EventRefusal.Reason.QUOTA);
        assertThat(refusal).hasMessageContaining("there are 20 hooks already");
        assertThat(hooks.put(onChanges("hook-1"), Power.OFF, true)).isNotNull();
    }
}
