package dev.sloth.testkit.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.sloth.api.event.Event;
import dev.sloth.api.event.EventRefusal;
import dev.sloth.api.event.Fact;
import dev.sloth.api.event.Watcher;
import dev.sloth.api.state.StateCommand;
import dev.sloth.api.value.DataTable;
import dev.sloth.api.value.Text;
import dev.sloth.core.event.EventLimits;
import dev.sloth.core.event.EventStream;
import dev.sloth.core.event.LocalEvents;
import dev.sloth.core.event.Types;
import dev.sloth.core.event.WatcherFormat;
import dev.sloth.core.state.LocalState;
import dev.sloth.core.state.StateLimits;
import dev.sloth.core.store.event.Position;
import dev.sloth.testkit.Gen;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class EventStreamTest {
    private static final int ALL = 100;
    private final MemoryStore store = MemoryStore.open(new MemoryDisk());
    private final EventStream stream = new EventStream(store, "a");

    private LocalEvents door(EventLimits limits) {
        return new LocalEvents(store.events(), store.watchers(), "a", limits, () -> Samples.NOW);
    }

    private String tell(String type) {
        var data = new DataTable().with("x", 1);
        return door(EventLimits.DEFAULT)
                .as("test", List.of("first", "second"))
                .dispatch(new Fact(type, "subject", data));
    }

    private void set(String key, String value) {
        try (var state = state()) {
            assertThat(state.ask(put(key, value)).done()).isTrue();
        }
    }

    private LocalState state() {
        return new LocalState(
                store.state(),
                "a",
                StateLimits.DEFAULT,
                () -> Samples.NOW.plusSeconds(1),
                () -> Instant.EPOCH);
    }

    private static StateCommand put(String key, String value) {
        return new StateCommand.Put(key, Text.of(value), Optional.empty(), false);
    }

    private static List<String> types(List<Event> events) {
        return events.stream().map(Event::type).toList();
    }

    @Test
    void what_was_told_and_what_changed_are_one_stream() {
        var begin = stream.end();
        var id = tell("deploy.finished");
        set("k", "1");
        set("k", "2");

        var read = stream.behind(begin, Types.ALL);
        assertThat(types(read.events()))
                .containsExactly("state.created", "state.changed", "deploy.finished");
        assertThat(read.events().getLast())
                .isEqualTo(
                        new Event(
                                id,
                                "deploy.finished",
                                "subject",
                                "test",
                                Samples.NOW,
                                new DataTable().with("x", 1),
                                List.of("first", "second")));
        assertThat(stream.behind(read.next(), Types.ALL).events()).isEmpty();
        assertThat(types(stream.last(Types.ALL, _ -> true, 2, ALL)))
                .containsExactly("state.changed", "state.created");
        for (var event : read.events()) {
            assertThat(stream.find(event.id())).contains(event);
        }
        assertThat(stream.find("e999")).isEmpty();
        assertThat(stream.find("nonsense")).isEmpty();
    }

    @Test
    void a_change_of_state_tells_what_led_to_it() {
        var causes = List.of("one", "two");
        try (var state = state()) {
            state.becauseOf(causes).ask(put("k", "1"));
            var transaction = state.becauseOf(causes).begin();
            transaction.ask(put("k", "2"));
            assertThat(transaction.commit()).isTrue();
            state.ask(put("k", "3"));
        }
        assertThat(stream.behind(Position.START, Types.ALL).events())
                .extracting(Event::causes)
                .containsExactly(causes, causes, List.of());
    }

    @Test
    void only_what_is_wanted_is_read_and_the_rest_is_passed() {
        tell("deploy.finished");
        tell("deploy.failed");
        set("k", "1");

        var read = stream.behind(Position.START, new Types(List.of("*.failed")));
        assertThat(types(read.events())).containsExactly("deploy.failed");
        assertThat(read.next()).isEqualTo(stream.end());
    }

    @Test
    void where_nothing_can_be_wanted_the_position_stays() {
        set("k", "1");
        var types = new Types(List.of("deploy.*"));
        assertThat(stream.behind(Position.START, types).next()).isEqualTo(Position.START);
        tell("deploy.finished");
        assertThat(stream.behind(Position.START, types).next()).isEqualTo(new Position(0, 0, 1));
    }

    @Test
    void scripts_may_call_runs_workflows() {
        assertThat(new Types(List.of("workflow.failed")).want("run.failed")).isTrue();
    }

    @Test
    void a_pattern_of_types_matches_as_the_naive_one_does() {
        Gen.forAll(
                2_000,
                gen -> {
                    var pattern = gen.string("ab.*");
                    var type = gen.string("ab.");
                    if (!pattern.isEmpty() && pattern.length() <= Fact.TYPE_MAX) {
                        assertThat(new Types(List.of(pattern)).want(type))
                                .as("%s %s", pattern, type)
                                .isEqualTo(naive(pattern, type));
                    }
                });
    }

    private static boolean naive(String pattern, String type) {
        if (pattern.isEmpty()) {
            return type.isEmpty();
        }
        if (pattern.charAt(0) == '*') {
            return naive(pattern.substring(1), type)
                    || (!type.isEmpty() && naive(pattern, type.substring(1)));
        }
        return !type.isEmpty()
                && pattern.charAt(0) == type.charAt(0)
                && naive(pattern.substring(1), type.substring(1));
    }

    private static EventRefusal.Reason refused(Runnable act) {
        var refusal = catchThrowableOfType(EventRefusal.class, act::run);
        assertThat(refusal).isNotNull();
        assertThat(refusal).hasMessageMatching("(?s).{10,}");
        return refusal.reason();
    }

    @Test
    void what_is_no_fact_is_refused() {
        var none = new DataTable();
        for (var type : List.of("", "a b", "a..b", ".a", "a.", "a\n", "x".repeat(200), "a.*")) {
            assertThat(refused(() -> new Fact(type, "s", none)))
                    .isEqualTo(EventRefusal.Reason.WRONG);
        }
        assertThat(refused(() -> new Fact("a", "", none))).isEqualTo(EventRefusal.Reason.WRONG);
        assertThat(refused(() -> new Fact("a", "a\nb", none))).isEqualTo(EventRefusal.Reason.WRONG);
        assertThat(refused(() -> new Types(List.of("a b")))).isEqualTo(EventRefusal.Reason.WRONG);
    }

    @Test
    void a_chain_of_causes_has_an_end_that_tells_the_chain() {
        var limits = new EventLimits(1_000, 2, 1, 1);
        var events = door(limits).as("test", List.of("one", "two", "three"));
        var fact = new Fact("a", "a", new DataTable());

        var refusal = catchThrowableOfType(EventRefusal.class, () -> events.dispatch(fact));
        assertThat(refusal.reason()).isEqualTo(EventRefusal.Reason.CHAIN);
        assertThat(refusal).hasMessageContaining("one > two > three");
        assertThat(store.events().last()).isZero();
    }

    @Test
    void what_is_too_large_or_no_data_is_refused() {
        var events = door(new EventLimits(100, 8, 1, 1)).as("test", List.of());
        var large = new DataTable().with("x", "y".repeat(200));
        assertThat(refused(() -> events.dispatch(new Fact("a", "a", large))))
                .isEqualTo(EventRefusal.Reason.LARGE);
        assertThat(store.events().last()).isZero();
    }

    private static Watcher watcher(String name) {
        return new Watcher(
                name,
                Watcher.Kind.FILE,
                "/etc/hosts",
                List.of("changed", "deleted"),
                Duration.ofSeconds(5),
                Map.of("recursive", "true"));
    }

    @Test
    void a_watcher_is_kept_as_it_was_asked_for_up_to_the_limit() {
        var events = door(new EventLimits(100, 8, 1, 1)).as("run 1", List.of());
        assertThat(events.watch(watcher("hosts"))).isEqualTo("hosts");

        var row = store.watchers().list("a").getFirst();
        assertThat(row.by()).isEqualTo("run 1");
        assertThat(WatcherFormat.watcher(row)).isEqualTo(watcher("hosts"));
        assertThat(refused(() -> events.watch(watcher("other"))))
                .isEqualTo(EventRefusal.Reason.QUOTA);
    }
}
