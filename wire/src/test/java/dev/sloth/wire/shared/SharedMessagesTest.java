package dev.sloth.wire.shared;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.sloth.api.event.EventRefusal;
import dev.sloth.api.event.Fact;
import dev.sloth.api.event.Hook;
import dev.sloth.api.event.HookBook;
import dev.sloth.api.event.HookWish;
import dev.sloth.api.event.Watcher;
import dev.sloth.api.state.Answer;
import dev.sloth.api.state.StateChange;
import dev.sloth.api.state.StateCommand;
import dev.sloth.api.state.StateCommand.End;
import dev.sloth.api.state.StateRefusal;
import dev.sloth.api.value.Data;
import dev.sloth.api.value.DataTable;
import dev.sloth.api.value.Text;
import dev.sloth.api.value.Value;
import dev.sloth.api.workflow.Problems;
import dev.sloth.testkit.Gen;
import dev.sloth.testkit.Samples;
import dev.sloth.wire.Protocol;
import dev.sloth.wire.WatcherPage;
import dev.sloth.wire.WatcherSight;
import dev.sloth.wire.WireProblems;
import dev.sloth.wire.proto.SharedPart;
import dev.sloth.wire.shared.HookAsk.Wish;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/// What travels of shared state and events comes back as it was.
final class SharedMessagesTest {
    private static final Asking ASKING = new Asking("order-1", List.of("a", "b"));
    private static final Numbered FIRST = new Numbered(-7, 1, List.of(2L, 3L));

    /// Draws any command there is.
    private record Commands(Gen gen, Samples samples) {
        private String key() {
            return "k" + gen.string("ab/\u00e9");
        }

        /// Of values that are data.
        private Value value() {
            while (true) {
                try {
                    return Data.copyOf(samples.value(), "a sample");
                } catch (IllegalArgumentException e) {
                    assertThat(e).hasMessageContaining("has a table as a key");
                }
            }
        }

        private Duration time() {
            return Duration.ofNanos(gen.random().nextLong());
        }

        private Optional<Duration> ttl() {
            return gen.yes() ? Optional.empty() : Optional.of(time());
        }

        StateCommand draw() {
            return gen.yes() ? look() : act();
        }

        private StateCommand.Look look() {
            return switch (gen.below(16)) {
                case 0 ->
                        new StateCommand.Get(
                                key(),
                                gen.yes()
                                        ? Optional.empty()
                                        : Optional.of(gen.oneOf(Instant.MAX, Instant.MIN)));
                case 1 -> new StateCommand.GetMany(gen.list(this::key));
                case 2 -> new StateCommand.Exists(key());
                case 3 -> new StateCommand.Ttl(key());
                case 4 -> new StateCommand.Type(key());
                case 5 -> new StateCommand.Size(key());
                case 6 -> new StateCommand.Keys("*", key(), gen.between(-1, 9));
                case 7 -> new StateCommand.Stats();
                case 8 -> new StateCommand.Length(key());
                case 9 -> new StateCommand.Range(key(), gen.between(-9, 9), Long.MIN_VALUE);
                case 10 -> new StateCommand.GetField(key(), key());
                case 11 -> new StateCommand.Fields(key());
                case 12 -> new StateCommand.HasMember(key(), value());
                case 13 -> new StateCommand.Members(key());
                case 14 -> new StateCommand.LockStanding(key());
                default -> new StateCommand.Locks("*");
            };
        }

        private StateCommand.Act act() {
            return switch (gen.below(22)) {
                case 0 -> new StateCommand.Fenced(gen.random().nextLong(), act());
                case 1 -> new StateCommand.Put(key(), value(), ttl(), gen.yes());
                case 2 -> new StateCommand.PutMany(Map.of("a", value(), "b", value()), ttl());
                case 3 -> new StateCommand.Swap(key(), value(), value());
                case 4 -> new StateCommand.Delete(key());
                case 5 -> new StateCommand.DeleteMany(gen.list(this::key));
                case 6 -> new StateCommand.Clear("*");
                case 7 -> new StateCommand.Expire(key(), ttl());
                case 8 -> new StateCommand.Add(key(), gen.oneOf(0.1, -0.0, Double.NaN));
                case 9 -> new StateCommand.Append(key(), Text.ofBytes(new byte[] {-1, 0}));
                case 10 -> new StateCommand.Rename(key(), key());
                case 11 -> new StateCommand.CleanUp();
                case 12 -> new StateCommand.Push(key(), value(), gen.oneOf(End.FRONT, End.BACK));
                case 13 -> new StateCommand.Pop(key(), gen.oneOf(End.FRONT, End.BACK));
                case 14 -> new StateCommand.RemoveItem(key(), value());
                case 15 -> new StateCommand.PutField(key(), key(), value());
                case 16 -> new StateCommand.DropField(key(), key());
                case 17 -> new StateCommand.AddMember(key(), value());
                case 18 -> new StateCommand.DropMember(key(), value());
                case 19 -> new StateCommand.Lock(key(), "me", time());
                case 20 -> new StateCommand.Unlock(key(), gen.random().nextLong());
                default ->
                        gen.yes()
                                ? new StateCommand.Break(key())
                                : new StateCommand.Renew(key(), 3, time());
            };
        }
    }

    private static byte[] joined(List<SharedPart> parts) {
        var joining = new SharedParts(Long.MAX_VALUE);
        var found = parts.stream().flatMap(part -> joining.add(part).stream()).toList();
        assertThat(found).hasSize(1);
        return found.getFirst();
    }

    @Test
    void every_command_there_is_comes_back_as_it_was() {
        Set<Class<?>> drawn = new HashSet<>();
        Gen.forAll(
                3_000,
                gen -> {
                    var command = new Commands(gen, new Samples(gen)).draw();
                    drawn.add(command.getClass());
                    var ask = new Ask(ASKING, Optional.of(FIRST), command);
                    assertThat(Ask.of(joined(ask.parts()))).isEqualTo(ask);
                    var step = new Step.Do(command);
                    assertThat(Step.of(joined(step.parts()))).isEqualTo(step);
                });
        var all =
                Stream.of(StateCommand.Look.class, StateCommand.Act.class)
                        .flatMap(kind -> Arrays.stream(kind.getPermittedSubclasses()))
                        .toList();
        assertThat(all).hasSizeGreaterThan(30);
        assertThat(drawn).containsExactlyInAnyOrderElementsOf(all);
    }

    @Test
    void what_is_said_of_watchers_comes_back_as_it_was() throws Exception {
        for (var kind : Watcher.Kind.values()) {
            var watcher =
                    new Watcher(
                            "w",
                            kind,
                            "target",
                            kind.changes(),
                            Duration.ofMillis(250),
                            Map.of("a", "b", "c", "d"));
            var sight = Sights.of(watcher, "task t", Instant.ofEpochMilli(7));
            assertThat(Sights.watcher(sight)).isEqualTo(watcher);
            var agreeing = new Agreeing(ASKING, sight);
            assertThat(Agreeing.of(joined(agreeing.parts()))).isEqualTo(agreeing);
            var page = new WatcherPage(List.of(sight, sight), true, List.of("x"));
            assertThat(WatcherPage.read(page.bytes())).isEqualTo(page);
            assertThat(WatcherPage.of(page.message(3))).isEqualTo(page);
        }
        var fact = new Fact("file.created", "/a", new DataTable().with("path", "/a"));
        var seen = new SeenFact(FIRST, "w", Instant.ofEpochSecond(7, 8), fact);
        assertThat(SeenFact.of(joined(seen.parts()))).isEqualTo(seen);
        assertThat(SeenFact.of(seen.bytes())).isEqualTo(seen);
    }

    @Test
    void what_is_too_large_of_watchers_is_not_said_at_once() {
        var large =
                new Watcher(
                        "w",
                        Watcher.Kind.CUSTOM,
                        "x".repeat(WatcherSight.BYTES_MAX),
                        List.of("changed"),
                        Duration.ofSeconds(1),
                        Map.of());
        var sight = Sights.of(large, "task t", Instant.EPOCH);
        assertThatThrownBy(() -> new Agreeing(ASKING, sight))
                .isInstanceOf(IllegalArgumentException.class);
        var page = WatcherPage.of(Collections.nCopies(100, sight), List.of());
        assertThat(page.more()).isTrue();
        assertThat(page.message(1).getSerializedSize()).isLessThan(Protocol.MESSAGE_BYTES_MAX);
    }

    @Test
    void what_is_asked_and_answered_of_hooks_comes_back_as_it_was() {
        for (var power : HookWish.Power.values()) {
            for (var name : List.of(Optional.of("page"), Optional.<String>empty())) {
                var wish =
                        new HookWish(
                                name,
                                Path.of("hooks/page.lua"),
                                List.of("run.*", "a"),
                                "event.data.n > 1",
                                "tells",
                                power,
                                Duration.ofMillis(1),
                                7,
                                power == HookWish.Power.ON);
                var put = new HookAsk(ASKING, Optional.of(FIRST), new Wish.Put(wish, "abc"));
                assertThat(HookAsk.of(joined(put.parts()))).isEqualTo(put);
            }
        }
        for (var wish : List.of(new Wish.Remove("a"), new Wish.Switch("a", true))) {
            var ask = new HookAsk(ASKING, Optional.of(FIRST), wish);
            assertThat(HookAsk.of(joined(ask.parts()))).isEqualTo(ask);
            assertThatThrownBy(() -> new HookAsk(ASKING, Optional.empty(), wish))
                    .hasMessageContaining("has a number");
        }
        for (var wish : List.of(new Wish.Find("a"), new Wish.All())) {
            var ask = new HookAsk(ASKING, Optional.empty(), wish);
            assertThat(HookAsk.of(joined(ask.parts()))).isEqualTo(ask);
        }
        var hook =
                new Hook(
                        "page",
                        "/hooks/page.lua",
                        List.of("run.*"),
                        "true",
                        "tells",
                        false,
                        Duration.ofSeconds(3),
                        4,
                        Instant.EPOCH,
                        new Hook.Owed(1, 2, 3));
        for (var put : HookBook.Put.values()) {
            var kept = new HookSaid.ItIsKept(new HookBook.Kept("page", put));
            assertThat(HookSaid.of(joined(kept.parts()))).isEqualTo(kept);
        }
        for (var said :
                List.of(
                        new HookSaid.Changed(true),
                        new HookSaid.Changed(false),
                        new HookSaid.These(List.of()),
                        new HookSaid.These(List.of(hook, hook)),
                        new HookSaid.Refused(EventRefusal.Reason.QUOTA, "too many"),
                        new HookSaid.Refused(EventRefusal.Reason.TAKEN, "taken"),
                        new HookSaid.Refused(EventRefusal.Reason.MISSING, "none"),
                        new HookSaid.Refused(EventRefusal.Reason.UNFIT, "no"),
                        new HookSaid.Refused(EventRefusal.Reason.WRONG, "no"))) {
            assertThat(HookSaid.of(joined(said.parts()))).isEqualTo(said);
        }
    }

    @Test
    void whatever_else_is_asked_comes_back_as_it_was() {
        for (var step :
                List.of(new Step.Begin(ASKING, FIRST), new Step.Check(), new Step.Finish())) {
            assertThat(Step.of(joined(step.parts()))).isEqualTo(step);
        }
        var lock =
                new LockAsk(
                        ASKING,
                        FIRST,
                        new StateCommand.Lock("l", "me", Duration.ofMillis(7)),
                        Duration.ofSeconds(3));
        assertThat(LockAsk.of(lock.message())).isEqualTo(lock);
        for (var behind : List.of(OptionalLong.empty(), OptionalLong.of(0), OptionalLong.of(9))) {
            var look = new Look(ASKING, "a*", behind, Duration.ofMinutes(1));
            assertThat(Look.of(look.message())).isEqualTo(look);
        }
        var telling =
                new Telling(
                        ASKING, FIRST, "me", new Fact("a.b", "s", new DataTable().with("x", 1)));
        assertThat(Telling.of(joined(telling.parts()))).isEqualTo(telling);
        var settling = new Settling(ASKING, FIRST);
        assertThat(Settling.of(settling.message())).isEqualTo(settling);
        assertThat(Settling.of(Settling.terms(ASKING))).isEqualTo(ASKING);
        assertThat(Settling.transactionMax(Settling.terms(Duration.ofMillis(1_500))))
                .isEqualTo(Duration.ofMillis(1_500));
    }

    @Test
    void answers_and_changes_come_back_as_they_were() {
        Gen.forAll(
                1_000,
                gen -> {
                    var samples = new Samples(gen);
                    var answer = new Answer(gen.yes(), samples.value());
                    var outcome = Outcomes.of(answer);
                    assertThat(Outcomes.read(joined(Outcomes.parts(outcome)))).isEqualTo(answer);
                    assertThat(Outcomes.answer(Outcomes.last(outcome))).contains(answer);
                    var change =
                            new StateChange(
                                    gen.below(99),
                                    "k",
                                    samples.value(),
                                    samples.value(),
                                    samples.value(),
                                    Instant.ofEpochSecond(gen.below(99), gen.below(99)),
                                    gen.yes(),
                                    List.of("a", "b"));
                    var seen = new Seen.Changed(change);
                    assertThat(Seen.of(joined(seen.parts()))).isEqualTo(seen);
                });
        assertThat(Outcomes.answer(Outcomes.waiting())).isEmpty();
        for (var seen : List.of(new Seen.Begun(), new Seen.UpTo(0), new Seen.UpTo(7))) {
            assertThat(Seen.of(joined(seen.parts()))).isEqualTo(seen);
        }
    }

    @Test
    void refusals_come_back_with_their_reason_and_message() {
        for (var reason : StateRefusal.Reason.values()) {
            if (reason == StateRefusal.Reason.AWAY) {
                continue;
            }
            var refusal = new StateRefusal(reason, "because");
            var read =
                    catchThrowableOfType(
                            StateRefusal.class, () -> Outcomes.read(Outcomes.of(refusal)));
            assertThat(read.reason()).isEqualTo(reason);
            assertThat(read).hasMessage("because");
            var seen =
                    catchThrowableOfType(
                            StateRefusal.class, () -> Seen.of(joined(Seen.refused(refusal))));
            assertThat(seen.reason()).isEqualTo(reason);
        }
        for (var reason :
                List.of(
                        EventRefusal.Reason.WRONG,
                        EventRefusal.Reason.LARGE,
                        EventRefusal.Reason.CHAIN,
                        EventRefusal.Reason.QUOTA)) {
            var outcome =
                    Outcomes.told(() -> {
                        throw new EventRefusal(reason, "because");
                    });
            assertThat(
                            catchThrowableOfType(EventRefusal.class, () -> Outcomes.event(outcome))
                                    .reason())
                    .isEqualTo(reason);
        }
        assertThat(Outcomes.event(Outcomes.told(() -> "e-1"))).isEqualTo("e-1");
    }

    @Test
    void what_is_large_travels_in_parts_and_what_is_too_large_is_refused() {
        var text = Text.of("x".repeat(3 << 20));
        var ask =
                new Ask(
                        ASKING,
                        Optional.of(FIRST),
                        new StateCommand.Put("k", text, Optional.empty(), false));
        var parts = ask.parts();
        assertThat(parts)
                .hasSizeGreaterThan(5)
                .allMatch(part -> SharedParts.size(part) <= 512 << 10);
        assertThat(Ask.of(joined(parts))).isEqualTo(ask);
        var joining = new SharedParts(2 << 20);
        assertThatThrownBy(() ->
                        parts.forEach(part -> {
                            var _ = joining.add(part);
                        }))
                .isInstanceOfSatisfying(
                        Problems.class,
                        e ->
                                assertThat(e.list().getFirst().code())
                                        .isEqualTo(WireProblems.TOO_LARGE));
    }

    @Test
    void what_is_no_data_is_refused_before_it_travels() {
        var handle = new Value.Handle("file", new Object());
        var table = new DataTable().with("h", handle);
        var put = new StateCommand.Put("k", table, Optional.empty(), false);
        assertThatThrownBy(() -> new Ask(ASKING, Optional.of(FIRST), put).parts())
                .isInstanceOfSatisfying(
                        StateRefusal.class,
                        e -> assertThat(e.reason()).isEqualTo(StateRefusal.Reason.WRONG))
                .hasMessage("'k'.h is a file, which cannot be kept as data");
        var telling = new Telling(ASKING, FIRST, "me", new Fact("a", "s", handle));
        assertThatThrownBy(telling::parts).isInstanceOf(EventRefusal.class);
    }

    @Test
    void bytes_that_are_no_message_are_a_problem_of_whoever_sent_them() {
        int[] refused = {0};
        Gen.forAll(
                3_000,
                gen -> {
                    var command = new Commands(gen, new Samples(gen)).draw();
                    byte[] bytes = joined(new Ask(ASKING, Optional.of(FIRST), command).parts());
                    bytes[gen.below(bytes.length)] ^= (byte) (1 + gen.below(255));
                    try {
                        var _ = Ask.of(bytes);
                    } catch (Problems e) {
                        assertThat(e.list().getFirst().code()).isEqualTo(WireProblems.UNREADABLE);
                        refused[0]++;
                    }
                });
        assertThat(refused[0]).isBetween(100, 2_999);
        assertThatThrownBy(() -> Step.of(new byte[0])).isInstanceOf(Problems.class);
        assertThatThrownBy(() -> Seen.of(new byte[0])).isInstanceOf(Problems.class);
        assertThatThrownBy(() -> Outcomes.read(new byte[0])).isInstanceOf(Problems.class);
    }
}
