package dev.sloth.testkit.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sloth.core.store.Store;
import dev.sloth.core.store.event.DeliveryRow;
import dev.sloth.core.store.event.DeliveryRow.State;
import dev.sloth.core.store.event.HookRow;
import dev.sloth.core.store.event.HookStore.Added;
import dev.sloth.core.store.event.Position;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

/// Hooks and what they are to be told.
abstract class HookContract extends Opened {
    private static final int ALL = 100;
    private static final String SPACE = Samples.SPACE;
    private static final Instant NOW = Samples.NOW;
    private static final Instant UNTIL = NOW.plusSeconds(60);

    HookContract(Supplier<Store> opening) {
        super(opening);
    }

    private static HookRow hook(String name) {
        return new HookRow(
                0,
                SPACE,
                name,
                "/hooks/" + name + ".lua",
                List.of("task.*", "custom"),
                "event.data.x > 1",
                "what it does",
                true,
                Duration.ofMillis(1_500),
                3,
                NOW,
                new Position(1, 2, 3));
    }

    private HookRow added(String name) {
        assertThat(store.hooks().add(hook(name), ALL)).isEqualTo(Added.ADDED);
        return store.hooks().find(SPACE, name).orElseThrow();
    }

    private static DeliveryRow delivery(HookRow hook, String event, String subject, Instant due) {
        return new DeliveryRow(
                0,
                hook.number(),
                event,
                "task.failed",
                subject,
                "runner",
                NOW,
                "cause",
                new byte[] {1, 2},
                State.PENDING,
                0,
                due,
                "",
                Instant.MIN,
                "",
                "");
    }

    /// Reads on and owes one delivery after the other.
    private HookRow owing(HookRow hook, DeliveryRow... deliveries) {
        var next = new Position(hook.position().runs() + 1, 2, 3);
        assertThat(store.hooks().advance(hook, next, Arrays.asList(deliveries))).isTrue();
        return hook.at(next);
    }

    private List<DeliveryRow> take(String by, Instant now) {
        return take(by, now, UNTIL, ALL);
    }

    /// Of all hooks, in the order of their names.
    private List<DeliveryRow> take(String by, Instant now, Instant until, int limit) {
        return store.hooks().list(SPACE).stream()
                .flatMap(hook -> store.hooks().take(hook.number(), by, now, until, limit).stream())
                .toList();
    }

    private Instant nextDue() {
        return store.hooks().list(SPACE).stream()
                .map(hook -> store.hooks().nextDue(hook.number()))
                .min(Comparator.naturalOrder())
                .orElse(Instant.MAX);
    }

    private static List<String> events(List<DeliveryRow> deliveries) {
        return deliveries.stream().map(DeliveryRow::event).toList();
    }

    private List<String> standing(HookRow hook, State state) {
        return events(store.hooks().deliveries(hook.number(), Set.of(state), ALL));
    }

    @Test
    void a_hook_is_found_as_it_was_added_and_its_name_is_its_own() {
        var added = added("b");
        added("a");

        assertThat(store.hooks().add(hook("b"), ALL)).isEqualTo(Added.TAKEN);
        assertThat(added.number()).isPositive();
        assertThat(another().hooks().find(SPACE, "b")).contains(hook("b").numbered(added.number()));
        assertThat(store.hooks().list(SPACE)).extracting(HookRow::name).containsExactly("a", "b");
        assertThat(store.hooks().list("other")).isEmpty();
        assertThat(store.hooks().find("other", "b")).isEmpty();
    }

    @Test
    void a_namespace_has_no_more_hooks_than_it_may_have() {
        added("a");
        added("b");

        assertThat(store.hooks().add(hook("c"), 2)).isEqualTo(Added.FULL);
        assertThat(store.hooks().add(hook("b"), 2)).isEqualTo(Added.TAKEN);
        assertThat(store.hooks().list(SPACE)).extracting(HookRow::name).containsExactly("a", "b");

        store.hooks().remove(SPACE, "a");
        assertThat(store.hooks().add(hook("c"), 2)).isEqualTo(Added.ADDED);
    }

    @Test
    void a_hook_goes_with_its_deliveries_and_another_of_its_name_has_another_number() {
        var first = added("a");
        owing(first, delivery(first, "e1", "s", NOW));

        assertThat(store.hooks().remove(SPACE, "a")).isTrue();
        assertThat(store.hooks().remove(SPACE, "a")).isFalse();
        assertThat(take("me", NOW)).isEmpty();
        assertThat(added("a").number()).isGreaterThan(first.number());
    }

    private static HookRow wanted(HookRow before, boolean enabled) {
        return new HookRow(
                before.number(),
                SPACE,
                before.name(),
                "/other.lua",
                List.of("run.failed"),
                "",
                "other",
                enabled,
                Duration.ofSeconds(9),
                7,
                NOW.plusSeconds(5),
                new Position(7, 8, 9));
    }

    @Test
    void a_hook_with_other_settings_goes_on_from_where_it_was_and_is_owed_what_it_was() {
        var before = added("a");
        var read = owing(before, delivery(before, "e1", "s", NOW));

        assertThat(store.hooks().change(wanted(before, true))).isTrue();
        var after = another().hooks().find(SPACE, "a").orElseThrow();
        assertThat(after).isEqualTo(read.changed(wanted(before, true)));
        assertThat(after.position()).isEqualTo(read.position());
        assertThat(after.addedAt()).isEqualTo(NOW);
        assertThat(standing(after, State.PENDING)).containsExactly("e1");
        assertThat(store.hooks().change(wanted(before.numbered(99), true))).isFalse();
    }

    @Test
    void only_a_hook_that_other_settings_switch_on_goes_on_from_another_place() {
        var before = added("a");

        assertThat(store.hooks().change(wanted(before, false))).isTrue();
        assertThat(store.hooks().find(SPACE, "a").orElseThrow().position())
                .isEqualTo(before.position());
        assertThat(store.hooks().change(wanted(before, true))).isTrue();
        assertThat(store.hooks().find(SPACE, "a").orElseThrow())
                .extracting(HookRow::enabled, HookRow::position)
                .containsExactly(true, new Position(7, 8, 9));
    }

    @Test
    void who_reads_on_from_where_the_hook_is_no_longer_changes_nothing() {
        var hook = added("a");
        var next = owing(hook, delivery(hook, "e1", "s", NOW));

        var late = delivery(hook, "e1", "s", NOW);
        assertThat(store.hooks().advance(hook, new Position(9, 9, 9), List.of(late))).isFalse();
        assertThat(standing(hook, State.PENDING)).containsExactly("e1");
        assertThat(store.hooks().find(SPACE, "a").orElseThrow().position())
                .isEqualTo(next.position());
    }

    @Test
    void a_hook_that_is_off_reads_nothing_and_is_told_nothing() {
        var hook = added("a");
        var next = owing(hook, delivery(hook, "e1", "s", NOW));
        assertThat(store.hooks().enable(SPACE, "a", false, next.position())).isTrue();

        assertThat(store.hooks().advance(next, new Position(9, 9, 9), List.of())).isFalse();
        assertThat(take("me", NOW)).isEmpty();
        assertThat(nextDue()).isEqualTo(Instant.MAX);

        assertThat(store.hooks().enable(SPACE, "a", true, new Position(5, 6, 7))).isTrue();
        assertThat(store.hooks().find(SPACE, "a").orElseThrow().position())
                .isEqualTo(new Position(5, 6, 7));
        assertThat(events(take("me", NOW))).containsExactly("e1");
        assertThat(store.hooks().enable(SPACE, "none", true, Position.START)).isFalse();
    }

    @Test
    void deliveries_are_taken_once_until_their_time_is_up() {
        var hook = added("a");
        owing(hook, delivery(hook, "e1", "s1", NOW), delivery(hook, "e2", "s2", NOW));

        assertThat(nextDue()).isEqualTo(NOW);
        var taken = take("me", NOW, UNTIL, 1);
        assertThat(events(taken)).containsExactly("e1");
        assertThat(taken.getFirst())
                .usingRecursiveComparison()
                .isEqualTo(
                        delivery(hook, "e1", "s1", NOW)
                                .numbered(taken.getFirst().number())
                                .taken("me", UNTIL));
        assertThat(events(take("you", NOW))).containsExactly("e2");
        assertThat(nextDue()).isEqualTo(UNTIL);
        assertThat(take("me", NOW)).isEmpty();
        assertThat(store.hooks().owners()).containsExactlyInAnyOrder("me", "you");
        assertThat(events(take("she", UNTIL, Instant.MAX, ALL))).containsExactly("e1", "e2");
    }

    @Test
    void of_one_subject_the_next_waits_for_the_one_before() {
        var hook = added("a");
        var other = added("b");
        owing(
                hook,
                delivery(hook, "e1", "s", NOW.plusSeconds(5)),
                delivery(hook, "e2", "s", NOW),
                delivery(hook, "e3", "t", NOW));
        owing(other, delivery(other, "o1", "s", NOW));

        assertThat(events(take("me", NOW))).containsExactly("e3", "o1");
        assertThat(nextDue()).isEqualTo(NOW.plusSeconds(5));
        var first = take("me", NOW.plusSeconds(5));
        assertThat(events(first)).containsExactly("e1");
        store.hooks().tried(first.getFirst().tried(State.DONE, 1, NOW, "ok", "out"), "me");
        assertThat(events(take("me", NOW.plusSeconds(5)))).containsExactly("e2");
    }

    @Test
    void what_came_of_a_try_is_kept_by_who_has_it() {
        var hook = added("a");
        owing(hook, delivery(hook, "e1", "s", NOW));
        var taken = take("me", NOW).getFirst();
        var failed = taken.tried(State.PENDING, 1, NOW.plusSeconds(3), "it broke", "said");

        assertThat(store.hooks().tried(failed, "you")).isFalse();
        assertThat(store.hooks().tried(failed, "me")).isTrue();
        assertThat(store.hooks().tried(failed, "me")).isFalse();
        assertThat(nextDue()).isEqualTo(NOW.plusSeconds(3));
        assertThat(take("you", NOW.plusSeconds(2))).isEmpty();
        var again = take("you", NOW.plusSeconds(3)).getFirst();
        assertThat(again.attempts()).isEqualTo(1);
        assertThat(again.message()).isEqualTo("it broke");
        assertThat(again.output()).isEqualTo("said");
    }

    @Test
    void what_was_not_wanted_goes_without_a_trace() {
        var hook = added("a");
        owing(hook, delivery(hook, "e1", "s", NOW));
        var taken = take("me", NOW).getFirst();

        store.hooks().passOver(taken, "you");
        assertThat(standing(hook, State.PENDING)).containsExactly("e1");
        store.hooks().passOver(taken, "me");
        assertThat(store.hooks().deliveries(hook.number(), Set.of(State.values()), ALL)).isEmpty();
    }

    @Test
    void what_somebody_had_who_is_gone_is_taken_at_once() {
        var hook = added("a");
        owing(hook, delivery(hook, "e1", "s", NOW), delivery(hook, "e2", "t", NOW));
        take("gone", NOW);

        assertThat(store.hooks().release("nobody")).isZero();
        assertThat(store.hooks().release("gone")).isEqualTo(2);
        assertThat(store.hooks().owners()).isEmpty();
        assertThat(events(take("me", NOW))).containsExactly("e1", "e2");
    }

    private DeliveryRow dead(HookRow hook, String event) {
        owing(
                store.hooks().find(SPACE, hook.name()).orElseThrow(),
                delivery(hook, event, "s", NOW));
        var taken = take("me", NOW).getFirst();
        store.hooks().tried(taken.tried(State.DEAD, 3, NOW, "it broke", ""), "me");
        return taken;
    }

    @Test
    void a_dead_delivery_waits_for_somebody_who_retries_or_drops_it() {
        var hook = added("a");
        var one = dead(hook, "e1");
        var two = dead(hook, "e2");
        assertThat(store.hooks().count(hook.number(), State.DEAD)).isEqualTo(2);
        assertThat(standing(hook, State.DEAD)).containsExactly("e2", "e1");

        assertThat(store.hooks().retry(SPACE, List.of(one.number()), NOW)).isEmpty();
        assertThat(store.hooks().retry(SPACE, List.of(one.number()), NOW))
                .containsExactly(one.number());
        assertThat(store.hooks().drop(SPACE, List.of(one.number()))).containsExactly(one.number());
        assertThat(store.hooks().drop(SPACE, List.of(two.number()))).isEmpty();
        var again = take("me", NOW);
        assertThat(events(again)).containsExactly("e1");
        assertThat(again.getFirst().attempts()).isZero();
        assertThat(store.hooks().count(hook.number(), State.DEAD)).isZero();
    }

    @Test
    void dead_deliveries_are_retried_or_dropped_all_of_them_or_none() {
        var hook = added("a");
        var one = dead(hook, "e1").number();
        var two = dead(hook, "e2").number();

        assertThat(store.hooks().retry(SPACE, List.of(one, 0L, 999L), NOW))
                .containsExactly(0L, 999L);
        assertThat(store.hooks().drop(SPACE, List.of(999L, two))).containsExactly(999L);
        assertThat(store.hooks().drop("other", List.of(one))).containsExactly(one);
        assertThat(standing(hook, State.DEAD)).containsExactly("e2", "e1");

        assertThat(store.hooks().retry(SPACE, List.of(one, two), NOW)).isEmpty();
        assertThat(standing(hook, State.DEAD)).isEmpty();
    }

    @Test
    void a_sweep_leaves_the_last_ones_and_tells_of_dead_ones_that_went() {
        var hook = added("a");
        for (var event : List.of("e1", "e2", "e3")) {
            dead(hook, event);
        }
        owing(
                store.hooks().find(SPACE, "a").orElseThrow(),
                delivery(hook, "d1", "s", NOW),
                delivery(hook, "d2", "t", NOW));
        for (var taken : take("me", NOW)) {
            store.hooks().tried(taken.tried(State.DONE, 1, NOW, "", ""), "me");
        }

        assertThat(store.hooks().sweep(hook.number(), 1, 2)).isEqualTo(1);
        assertThat(standing(hook, State.DONE)).containsExactly("d2");
        assertThat(standing(hook, State.DEAD)).containsExactly("e3", "e2");
        assertThat(store.hooks().sweep(hook.number(), 1, 2)).isZero();
        assertThat(store.hooks().deliveries(hook.number(), Set.of(State.values()), 2)).hasSize(2);
    }
}
