package dev.sloth.testkit.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sloth.core.store.Store;
import dev.sloth.core.store.event.EventRow;
import dev.sloth.core.store.event.WatcherRow;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/// Facts that were told, and what is watched.
abstract class EventContract extends Opened {
    private static final int ALL = 100;

    EventContract(Supplier<Store> opening) {
        super(opening);
    }

    private long add(String space, String type, Instant at) {
        return store.events()
                .add(
                        new EventRow(
                                0, space, type, "subject", "cli", at, "one\ntwo", new byte[] {7}));
    }

    private static List<String> types(List<EventRow> events) {
        return events.stream().map(EventRow::type).toList();
    }

    @Test
    void events_are_found_as_they_were_told_in_their_order() {
        assertThat(store.events().last()).isZero();
        long first = add("a", "one", Samples.NOW);
        long other = add("b", "else", Samples.NOW);
        long second = add("a", "two", Samples.NOW.minusSeconds(9));

        assertThat(first).isPositive().isLessThan(other);
        assertThat(other).isLessThan(second);
        assertThat(store.events().last()).isEqualTo(second);
        var found = another().events().behind("a", 0, ALL);
        assertThat(types(found)).containsExactly("one", "two");
        assertThat(found.getFirst())
                .usingRecursiveComparison()
                .isEqualTo(
                        new EventRow(
                                first,
                                "a",
                                "one",
                                "subject",
                                "cli",
                                Samples.NOW,
                                "one\ntwo",
                                new byte[] {7}));
        assertThat(types(store.events().behind("a", first, ALL))).containsExactly("two");
        assertThat(types(store.events().behind("a", 0, 1))).containsExactly("one");
        assertThat(types(store.events().before("a", Long.MAX_VALUE, ALL)))
                .containsExactly("two", "one");
        assertThat(types(store.events().before("a", second, ALL))).containsExactly("one");
    }

    @Test
    void several_facts_are_kept_in_their_order_after_those_before() {
        long first = add("a", "one", Samples.NOW);
        var rows =
                Stream.of("two", "three")
                        .map(type ->
                                new EventRow(
                                        0, "a", type, "s", "cli", Samples.NOW, "", new byte[] {1}))
                        .toList();
        store.events().addAll(rows);
        store.events().addAll(List.of());
        assertThat(types(store.events().behind("a", first, ALL))).containsExactly("two", "three");
        assertThat(store.events().last()).isGreaterThan(first + 1);
    }

    @Test
    void what_is_old_or_too_much_is_forgotten_and_its_number_is_not_used_again() {
        add("a", "one", Samples.NOW.minusSeconds(10));
        add("a", "two", Samples.NOW);
        long last = add("a", "three", Samples.NOW);

        assertThat(store.events().forget(Samples.NOW, ALL, ALL)).isEqualTo(1);
        assertThat(types(store.events().behind("a", 0, ALL))).containsExactly("two", "three");
        assertThat(store.events().forget(Instant.MIN, 1, ALL)).isEqualTo(1);
        assertThat(types(store.events().behind("a", 0, ALL))).containsExactly("three");
        assertThat(store.events().forget(Instant.MIN, 0, ALL)).isEqualTo(1);
        assertThat(store.events().last()).isEqualTo(last);
        assertThat(add("a", "four", Samples.NOW)).isGreaterThan(last);
    }

    @Test
    void no_more_is_forgotten_at_once_than_is_said() {
        add("a", "one", Samples.NOW);
        add("a", "two", Samples.NOW);

        assertThat(store.events().forget(Instant.MAX, 0, 1)).isEqualTo(1);
        assertThat(types(store.events().behind("a", 0, ALL))).containsExactly("two");
        assertThat(store.events().forget(Instant.MIN, 5, ALL)).isZero();
    }

    @Test
    void who_listens_is_told_of_events() throws InterruptedException {
        var told = new Semaphore(0);
        try (var _ = another().events().listen(told::release)) {
            add("a", "one", Samples.NOW);
            assertThat(told.tryAcquire(10, TimeUnit.SECONDS)).isTrue();
        }
    }

    private static WatcherRow watcher(String space, String name, int setting) {
        return new WatcherRow(
                space, name, new byte[] {(byte) setting}, "run 1", Samples.NOW.plusSeconds(1));
    }

    private List<String> watchers(String space) {
        return store.watchers().list(space).stream()
                .map(watcher -> watcher.name() + watcher.settings()[0])
                .toList();
    }

    @Test
    void a_watcher_takes_the_place_of_one_of_its_name_within_the_limit() {
        assertThat(store.watchers().put(watcher("a", "x", 1), 2)).isTrue();
        assertThat(store.watchers().put(watcher("a", "b", 2), 2)).isTrue();
        assertThat(store.watchers().put(watcher("a", "x", 3), 2)).isTrue();
        assertThat(store.watchers().put(watcher("a", "c", 4), 2)).isFalse();
        assertThat(store.watchers().put(watcher("other", "c", 5), 2)).isTrue();

        assertThat(watchers("a")).containsExactly("b2", "x3");
        assertThat(another().watchers().list("other").getFirst())
                .usingRecursiveComparison()
                .isEqualTo(watcher("other", "c", 5));
        assertThat(store.watchers().remove("a", List.of("b"))).isEmpty();
        assertThat(watchers("a")).containsExactly("x3");
    }

    @Test
    void watchers_are_removed_all_of_them_or_none() {
        store.watchers().put(watcher("a", "x", 1), 9);
        store.watchers().put(watcher("a", "y", 2), 9);
        store.watchers().put(watcher("b", "z", 3), 9);

        assertThat(store.watchers().remove("a", List.of("x", "z", "none")))
                .containsExactly("z", "none");
        assertThat(watchers("a")).containsExactly("x1", "y2");
        assertThat(store.watchers().remove("a", List.of("x", "y"))).isEmpty();
        assertThat(watchers("a")).isEmpty();
        assertThat(watchers("b")).containsExactly("z3");
    }
}
