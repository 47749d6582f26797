package dev.sloth.testkit.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sloth.core.store.Store;
import dev.sloth.core.store.state.StateEntry;
import dev.sloth.core.store.state.StateEntry.Kind;
import dev.sloth.core.store.state.StateFact;
import dev.sloth.core.store.state.StateItem;
import dev.sloth.core.store.state.StateLock;
import dev.sloth.core.store.state.StateMemory;
import dev.sloth.core.store.state.StateUsage;
import dev.sloth.core.store.state.StateView;
import dev.sloth.core.store.state.StateWaiter;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

/// The state that scripts share.
abstract class StateContract extends Opened {
    private static final int ALL = 1_000;
    private static final byte[] NONE = new byte[0];

    StateContract(Supplier<Store> opening) {
        super(opening);
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static StateEntry entry(String space, String key, Kind kind, Instant expiresAt) {
        return new StateEntry(
                0, space, key, kind, bytes(key), 0, key.length(), -3, expiresAt, Samples.NOW);
    }

    private StateEntry added(String space, String key) {
        return store.state().write(e -> e.add(entry(space, key, Kind.VALUE, Instant.MAX)));
    }

    private List<String> keys(String space, String from, int limit) {
        return store.state()
                .read(v -> v.outlines(space, from, limit).stream().map(StateEntry::key).toList());
    }

    private static void same(StateEntry one, StateEntry other) {
        assertThat(one).usingRecursiveComparison().isEqualTo(other);
    }

    @Test
    void an_entry_is_found_as_it_was_added_under_a_number_of_its_own() {
        var first = added("one", "a");
        var second = added("two", "a");

        assertThat(first.number()).isPositive().isNotEqualTo(second.number());
        same(another().state().read(v -> v.entry("one", "a")).orElseThrow(), first);
        same(store.state().read(v -> v.entry("two", "a")).orElseThrow(), second);
        assertThat(store.state().<Optional<StateEntry>>read(v -> v.entry("one", "b"))).isEmpty();
    }

    @Test
    void entries_are_listed_by_the_bytes_of_their_keys() {
        var keys = List.of("a", "a/1", "b", "ä", "\uFFFD", "\uD83E\uDDA5");
        keys.reversed().forEach(key -> added("one", key));
        added("two", "a");

        assertThat(keys("one", "", ALL)).isEqualTo(keys);
        assertThat(keys("one", "a/1", 2)).containsExactly("a/1", "b");
        assertThat(keys("one", "a/1\0", 2)).containsExactly("b", "ä");
        assertThat(keys("none", "", ALL)).isEmpty();
    }

    @Test
    void an_entry_is_replaced_and_keeps_its_items() {
        var added = added("one", "a");
        store.state()
                .write(e -> {
                    e.putItem(added, new StateItem(bytes("x"), bytes("1")));
                    return true;
                });
        var next =
                new StateEntry(
                        added.number(),
                        "one",
                        "a",
                        Kind.HASH,
                        NONE,
                        7,
                        8,
                        9,
                        Samples.NOW,
                        Samples.NOW.plusSeconds(1));
        store.state()
                .write(e -> {
                    e.replace(next);
                    return true;
                });

        same(store.state().read(v -> v.entry("one", "a")).orElseThrow(), next);
        assertThat(places(next, NONE, ALL)).containsExactly("x=1");
    }

    private List<String> places(StateEntry entry, byte[] from, int limit) {
        return store.state()
                .read(v ->
                        v.items(entry, from, limit).stream()
                                .map(i -> text(i.place()) + "=" + text(i.value()))
                                .toList());
    }

    private static String text(byte[] bytes) {
        return new String(bytes, StandardCharsets.ISO_8859_1);
    }

    @Test
    void items_are_listed_by_the_bytes_of_their_places() {
        var entry = added("one", "a");
        var other = added("one", "b");
        store.state()
                .write(e -> {
                    for (var place : List.of("\u00ff", "b", "a", "ab")) {
                        var bytes = place.getBytes(StandardCharsets.ISO_8859_1);
                        e.putItem(entry, new StateItem(bytes, bytes("1")));
                    }
                    e.putItem(entry, new StateItem(bytes("b"), NONE));
                    e.putItem(other, new StateItem(bytes("z"), NONE));
                    return true;
                });

        assertThat(places(entry, NONE, ALL)).containsExactly("a=1", "ab=1", "b=", "\u00ff=1");
        assertThat(places(entry, bytes("ab"), 2)).containsExactly("ab=1", "b=");
        assertThat(store.state().<Optional<byte[]>>read(v -> v.item(entry, bytes("b"))))
                .contains(NONE);
        assertThat(store.state().<Optional<byte[]>>read(v -> v.item(entry, bytes("c")))).isEmpty();
    }

    @Test
    void what_is_removed_is_gone_with_its_items() {
        var entry = added("one", "a");
        store.state()
                .write(e -> {
                    e.putItem(entry, new StateItem(bytes("x"), NONE));
                    e.putItem(entry, new StateItem(bytes("y"), NONE));
                    e.removeItem(entry, bytes("x"));
                    return true;
                });
        assertThat(places(entry, NONE, ALL)).containsExactly("y=");
        store.state()
                .write(e -> {
                    e.remove(entry);
                    return true;
                });

        assertThat(keys("one", "", ALL)).isEmpty();
        assertThat(places(entry, NONE, ALL)).isEmpty();
        assertThat(added("one", "a").number()).isGreaterThan(entry.number());
    }

    @Test
    void entries_whose_time_is_up_come_soonest_first() {
        store.state()
                .write(e -> {
                    e.add(entry("one", "never", Kind.VALUE, Instant.MAX));
                    e.add(entry("one", "late", Kind.VALUE, Samples.NOW.plusSeconds(9)));
                    e.add(entry("one", "now", Kind.VALUE, Samples.NOW));
                    e.add(entry("two", "past", Kind.VALUE, Samples.NOW.minusSeconds(1)));
                    return true;
                });

        assertThat(expired(Samples.NOW)).containsExactly("past", "now");
        assertThat(expired(Instant.MAX)).containsExactly("past", "now", "late");
    }

    @Test
    void entries_of_one_namespace_whose_time_is_up_are_found_behind_those_of_others() {
        store.state()
                .write(e -> {
                    for (int i = 0; i < 20; i++) {
                        e.add(entry("one", "k" + i, Kind.VALUE, Samples.NOW.minusSeconds(9)));
                    }
                    e.add(entry("two", "late", Kind.VALUE, Samples.NOW.plusSeconds(9)));
                    e.add(entry("two", "b", Kind.VALUE, Samples.NOW));
                    e.add(entry("two", "a", Kind.VALUE, Samples.NOW.minusSeconds(1)));
                    e.add(entry("two", "never", Kind.VALUE, Instant.MAX));
                    return true;
                });

        List<String> found =
                store.state()
                        .read(v ->
                                v.expired("two", Samples.NOW, 2).stream()
                                        .map(StateEntry::key)
                                        .toList());
        assertThat(found).containsExactly("a", "b");
    }

    private List<String> expired(Instant until) {
        return store.state()
                .read(v -> v.expired(until, ALL).stream().map(StateEntry::key).toList());
    }

    @Test
    void a_work_sees_its_own_changes_and_leaves_none_when_it_fails() {
        var usage = new StateUsage(1, 2, 3, Samples.NOW);
        assertThatThrownBy(() ->
                        store.state()
                                .write(e -> {
                                    e.add(entry("one", "a", Kind.VALUE, Instant.MAX));
                                    e.use("one", usage);
                                    e.record(fact("a", Samples.NOW));
                                    e.token();
                                    assertThat(e.entry("one", "a")).isPresent();
                                    assertThat(e.usage("one")).isEqualTo(usage);
                                    throw new IllegalArgumentException("no");
                                }))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("no");

        assertThat(keys("one", "", ALL)).isEmpty();
        assertThat(store.state().<StateUsage>read(v -> v.usage("one")))
                .isEqualTo(StateUsage.NOTHING);
        assertThat(store.state().<StateMemory>read(StateView::memory).last()).isZero();
        store.state()
                .write(e -> {
                    e.use("one", usage);
                    return true;
                });
        assertThat(store.state().<StateUsage>read(v -> v.usage("one"))).isEqualTo(usage);
    }

    private static StateFact fact(String key, Instant at) {
        return new StateFact(
                0,
                "one",
                key,
                Kind.HASH,
                bytes("place"),
                NONE,
                bytes("now"),
                Instant.MAX,
                true,
                at,
                "one\ntwo");
    }

    private void record(String key, Instant at) {
        store.state()
                .write(e -> {
                    e.record(fact(key, at));
                    return true;
                });
    }

    @Test
    void changes_come_in_the_order_in_which_they_were_recorded() {
        record("a", Samples.NOW);
        record("b", Samples.NOW.minusSeconds(5));
        record("a", Samples.NOW.plusSeconds(5));

        var all = store.state().read(v -> v.changes("one", 0, ALL));
        assertThat(all).extracting(StateFact::key).containsExactly("a", "b", "a");
        assertThat(all.getFirst())
                .usingRecursiveComparison()
                .ignoringFields("number")
                .isEqualTo(fact("a", Samples.NOW));
        long second = all.get(1).number();
        assertThat(store.state().<List<StateFact>>read(v -> v.changesBefore("one", second, ALL)))
                .extracting(StateFact::number)
                .containsExactly(all.getFirst().number());
        assertThat(store.state().<List<StateFact>>read(v -> v.changes("one", second, ALL)))
                .hasSize(1);
        assertThat(store.state().<List<StateFact>>read(v -> v.changes("one", 0, 2))).hasSize(2);
        assertThat(store.state().<List<StateFact>>read(v -> v.changes("two", 0, ALL))).isEmpty();
        assertThat(
                        store.state()
                                .<List<StateFact>>read(
                                        v -> v.changesSince("one", "a", Samples.NOW, ALL)))
                .extracting(StateFact::number)
                .containsExactly(all.getLast().number());
        assertThat(
                        store.state()
                                .<List<StateFact>>read(
                                        v -> v.changesSince("one", "a", Instant.EPOCH, ALL)))
                .extracting(StateFact::number)
                .containsExactly(all.getLast().number(), all.getFirst().number());
    }

    @Test
    void the_oldest_change_is_the_first_of_all_namespaces() {
        assertThat(store.state().<Optional<StateFact>>read(StateView::oldest)).isEmpty();
        record("b", Samples.NOW);
        record("a", Samples.NOW.minusSeconds(5));

        var oldest = store.state().read(StateView::oldest).orElseThrow();
        assertThat(oldest.key()).isEqualTo("b");
        store.state().write(e -> e.forget(Instant.MAX, 1));
        assertThat(store.state().read(StateView::oldest).orElseThrow().key()).isEqualTo("a");
    }

    @Test
    void forgotten_changes_leave_a_note_of_how_far_memory_reaches() {
        assertThat(store.state().<StateMemory>read(StateView::memory))
                .isEqualTo(new StateMemory(0, 0, Instant.MIN, 0));
        record("a", Samples.NOW.plusSeconds(3));
        record("b", Samples.NOW);
        record("c", Samples.NOW.plusSeconds(9));
        var all = store.state().read(v -> v.changes("one", 0, ALL));

        int forgotten = store.state().write(e -> e.forget(Samples.NOW.plusSeconds(1), ALL));

        // The clock was set back between the first and the second one.
        assertThat(forgotten).isEqualTo(2);
        assertThat(store.state().<StateMemory>read(StateView::memory))
                .isEqualTo(
                        new StateMemory(
                                all.getLast().number(),
                                all.get(1).number(),
                                Samples.NOW.plusSeconds(3).plusNanos(1),
                                0));
        assertThat(store.state().<Integer>write(e -> e.forget(Instant.MAX, ALL))).isEqualTo(1);
        assertThat(store.state().<StateMemory>read(StateView::memory).last())
                .isEqualTo(all.getLast().number());
        record("d", Samples.NOW);
        assertThat(store.state().<StateMemory>read(StateView::memory).last())
                .isGreaterThan(all.getLast().number());
    }

    @Test
    void tokens_are_greater_than_all_before_also_for_another_process() {
        long first = store.state().write(e -> e.token());
        long second = another().state().write(e -> e.token());
        long third = store.state().write(e -> e.token());

        assertThat(first).isPositive();
        assertThat(second).isGreaterThan(first);
        assertThat(third).isGreaterThan(second);
    }

    private static StateLock lock(String name, long token, Instant until) {
        return new StateLock("one", name, "ann", token, Samples.NOW, until);
    }

    @Test
    void locks_are_found_by_name_and_by_token() {
        store.state()
                .write(e -> {
                    e.putLock(lock("b", 1, Samples.NOW));
                    e.putLock(lock("a", 2, Samples.NOW));
                    e.putLock(lock("b", 3, Instant.MIN));
                    return true;
                });

        var b = lock("b", 3, Instant.MIN);
        assertThat(store.state().<Optional<StateLock>>read(v -> v.lock("one", "b"))).contains(b);
        assertThat(store.state().<Optional<StateLock>>read(v -> v.lock("two", "b"))).isEmpty();
        assertThat(store.state().<Optional<StateLock>>read(v -> v.lockOf("one", 3))).contains(b);
        assertThat(store.state().<Optional<StateLock>>read(v -> v.lockOf("one", 1))).isEmpty();
        assertThat(store.state().<List<StateLock>>read(v -> v.locks("one", "", ALL)))
                .containsExactly(lock("a", 2, Samples.NOW), b);
        assertThat(store.state().<List<StateLock>>read(v -> v.locks("one", "a\0", ALL)))
                .containsExactly(b);
    }

    @Test
    void locks_that_are_not_held_any_more_are_found_and_removed() {
        var other = new StateLock("two", "c", "bob", 4, Samples.NOW, Samples.NOW);
        store.state()
                .write(e -> {
                    e.putLock(lock("a", 1, Samples.NOW.plusSeconds(1)));
                    e.putLock(lock("b", 2, Instant.MIN));
                    e.putLock(other);
                    return true;
                });

        assertThat(store.state().<List<StateLock>>read(v -> v.ended(Samples.NOW, ALL)))
                .containsExactlyInAnyOrder(lock("b", 2, Instant.MIN), other);
        assertThat(store.state().<List<StateLock>>read(v -> v.ended(Samples.NOW, 1))).hasSize(1);
        store.state()
                .write(e -> {
                    e.removeLock(other);
                    return true;
                });
        assertThat(store.state().<Optional<StateLock>>read(v -> v.lock("two", "c"))).isEmpty();
        assertThat(store.state().<Optional<StateLock>>read(v -> v.lock("one", "b"))).isPresent();
    }

    @Test
    void who_does_not_count_any_more_is_found_in_all_namespaces() {
        var late = Samples.NOW.plusSeconds(1);
        store.state()
                .write(e -> {
                    e.enqueue(new StateWaiter(0, "two", "x", "bob", Samples.NOW, Samples.NOW));
                    e.enqueue(new StateWaiter(0, "one", "y", "ann", Samples.NOW, late));
                    e.enqueue(new StateWaiter(0, "one", "x", "eve", Samples.NOW, Instant.MIN));
                    return true;
                });

        assertThat(store.state().<List<StateWaiter>>read(v -> v.lost(Samples.NOW, ALL)))
                .extracting(StateWaiter::holder)
                .containsExactly("bob", "eve");
        assertThat(store.state().<List<StateWaiter>>read(v -> v.lost(late, 2))).hasSize(2);
    }

    @Test
    void who_waits_stands_in_a_row() {
        var waiter = new StateWaiter(0, "one", "a", "ann", Samples.NOW, Samples.NOW.plusSeconds(1));
        long first = store.state().write(e -> e.enqueue(waiter));
        long second = another().state().write(e -> e.enqueue(waiter));
        assertThat(second).isGreaterThan(first);
        store.state()
                .write(e -> {
                    e.wait(first, Instant.MAX);
                    e.wait(12_345, Instant.MAX);
                    return true;
                });

        var row = store.state().read(v -> v.waiters("one", "a"));
        assertThat(row).extracting(StateWaiter::number).containsExactly(first, second);
        assertThat(row).extracting(StateWaiter::until).containsExactly(Instant.MAX, waiter.until());
        assertThat(store.state().<List<StateWaiter>>read(v -> v.waiters("one", "b"))).isEmpty();
        store.state()
                .write(e -> {
                    e.dequeue(first);
                    return true;
                });
        assertThat(store.state().<List<StateWaiter>>read(v -> v.waiters("one", "a")))
                .extracting(StateWaiter::number)
                .containsExactly(second);
    }

    @Test
    void who_listens_is_told_of_what_others_write() throws InterruptedException {
        var rings = new Semaphore(0);
        var other = another();
        try (var _ = store.state().listen(rings::release)) {
            // Once it was told of this, it listens; changes before that it may miss.
            do {
                other.state().write(e -> e.token());
            } while (!rings.tryAcquire(50, TimeUnit.MILLISECONDS));
            rings.drainPermits();
            other.state().write(e -> e.token());
            assertThat(rings.tryAcquire(10, TimeUnit.SECONDS)).isTrue();
            rings.drainPermits();
            store.state().write(e -> e.token());
            assertThat(rings.tryAcquire(10, TimeUnit.SECONDS)).isTrue();
        }
    }

    @Test
    void counting_together_loses_nothing() {
        var other = another();
        Together.all(
                16,
                number -> {
                    var mine = number % 2 == 0 ? store : other;
                    for (int i = 0; i < 25; i++) {
                        mine.state()
                                .write(e -> {
                                    long keys = e.usage("one").keys();
                                    e.use("one", new StateUsage(keys + 1, 0, 0, Samples.NOW));
                                    return true;
                                });
                    }
                    return true;
                });

        assertThat(store.state().<StateUsage>read(v -> v.usage("one")).keys()).isEqualTo(400);
    }
}
