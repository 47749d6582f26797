package dev.sloth.master.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sloth.api.workflow.Problem;
import dev.sloth.api.workflow.Problems;
import dev.sloth.core.balance.Host;
import dev.sloth.core.dispatch.Act;
import dev.sloth.core.security.audit.Deed;
import dev.sloth.core.security.authn.Agents;
import dev.sloth.core.store.Store;
import dev.sloth.core.store.cluster.AgentRow;
import dev.sloth.core.store.cluster.AgentStanding;
import dev.sloth.testkit.store.MemoryDisk;
import dev.sloth.testkit.store.MemoryStore;
import dev.sloth.wire.ClockOffset;
import dev.sloth.wire.Figures;
import dev.sloth.wire.RecentLines;
import dev.sloth.wire.WatcherPage;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// Sessions that begin, go on and end.
class RosterTest {
    private static final Instant NOW = Instant.parse("2026-03-29T01:30:00Z");
    private static final Deed ANN = new Deed("spiffe://x/user/ann", "10.0.0.9", "test");
    private static final Duration SILENCE = Duration.ofSeconds(30);

    private final AtomicReference<Instant> now = new AtomicReference<>(NOW);
    private final Store store = MemoryStore.open(new MemoryDisk());
    private final Agents agents = new Agents(store.cluster(), () -> "unused", now::get);
    private final List<MasterEvent> told = new ArrayList<>();
    private final Roster roster =
            new Roster(agents, "main", SILENCE, now::get, told::add, new Attending());
    private final List<Host> known = new ArrayList<>();

    /// Remembers what it is told of agents.
    private final class Attending implements Attendance {
        @Override
        public void known(Host host) {
            known.add(host);
        }

        @Override
        public void removed(String agent, AgentStanding as) {}

        @Override
        public void came(String agent, long epoch, Map<String, Boolean> held) {}

        @Override
        public void left(String agent, long epoch, Duration unheard) {}
    }

    @BeforeEach
    void knowOneAgent() {
        boolean _ =
                store.cluster()
                        .write(t -> {
                            t.putAgent(
                                    new AgentRow(
                                            "a1",
                                            "default",
                                            "web1",
                                            List.of(),
                                            "",
                                            1,
                                            new byte[] {1},
                                            "t",
                                            NOW,
                                            NOW.plusSeconds(86_400),
                                            NOW,
                                            AgentStanding.WORKING));
                            return true;
                        });
    }

    /// A line that remembers what was done with it.
    private final class Heard implements Line {
        private final List<String> words = new ArrayList<>();

        @Override
        public void send(Act.Message message) {}

        @Override
        public void ask(long question, long after) {
            words.add("lines after " + after);
            var line = new RecentLines.Line(8, NOW, "told");
            var lines = new RecentLines(NOW, List.of(line));
            roster.answered("a2", question, new RecentLines(NOW, List.of()));
            roster.answered("a1", question + 1, new RecentLines(NOW, List.of()));
            roster.answered("a1", question, lines);
        }

        @Override
        public void askWatchers(long question, String after, List<String> remove) {
            words.add("watchers after '%s' without %s".formatted(after, remove));
            var none = new WatcherPage(List.of(), false, List.of());
            roster.answered("a2", question, none);
            roster.answered("a1", question + 1, none);
            roster.answered("a1", question, new WatcherPage(List.of(), false, List.of("cpu")));
        }

        @Override
        public void goAway() {
            words.add("go away");
        }

        @Override
        public void clock(ClockOffset offset) {
            words.add(offset.toString());
        }

        @Override
        public void displaced(Displacement by) {
            words.add(by.twice().code());
        }

        @Override
        public void refuse(Problem problem) {
            words.add(problem.code());
        }
    }

    private long arrive(Heard line, Duration certificate) {
        var offer = offer(line, certificate);
        roster.answered(offer);
        return offer.epoch();
    }

    private Roster.Offer offer(Heard line, Duration certificate) {
        return roster.arrived(
                new Arrival(
                        "a1",
                        "1.0",
                        "boot",
                        "host",
                        "linux",
                        "10.0.0.1",
                        1,
                        now.get().plus(certificate),
                        ClockOffset.NONE),
                Map.of(),
                line);
    }

    private void wait(Duration time) {
        now.updateAndGet(before -> before.plus(time));
    }

    private String state() {
        return roster.named("default", "web1").state();
    }

    @Test
    void what_an_agent_has_told_is_asked_of_it_and_answered_by_nobody_else() {
        var line = new Heard();
        var _ = arrive(line, Duration.ofDays(1));
        assertThat(roster.lines("default", "web1", 7).lines())
                .containsExactly(new RecentLines.Line(8, NOW, "told"));
        assertThat(line.words).containsExactly("lines after 7");
        assertThat(roster.watchers("default", "web1", "a", List.of("cpu")).missing())
                .containsExactly("cpu");
        assertThat(line.words).last().isEqualTo("watchers after 'a' without [cpu]");
    }

    @Test
    void a_hello_of_a_connection_that_is_given_up_ends_no_newer_session() {
        var late = new Heard();
        var newer = new Heard();
        long epoch = arrive(newer, Duration.ofDays(1));
        var offer = offer(late, Duration.ofDays(1));
        assertThat(offer.epoch()).isGreaterThan(epoch);
        assertThat(newer.words).isEmpty();
        assertThat(roster.named("default", "web1").sessionEpoch()).isEqualTo(epoch);
        roster.left("a1", offer.epoch(), "the connection broke");
        assertThat(state()).isEqualTo("connected");
        assertThat(roster.beat("a1", epoch, beat(ClockOffset.NONE, Duration.ZERO))).isTrue();

        roster.answered(offer);
        assertThat(newer.words).containsExactly("SLOTH-4722");
    }

    @Test
    void an_agent_that_is_silent_for_too_long_is_away() {
        var line = new Heard();
        long epoch = arrive(line, Duration.ofHours(1));
        wait(Duration.ofSeconds(29));
        roster.sweep();
        assertThat(state()).isEqualTo("connected");
        assertThat(roster.beat("a1", epoch, beat(ClockOffset.NONE, Duration.ZERO))).isTrue();
        wait(Duration.ofSeconds(29));
        roster.sweep();
        assertThat(line.words).isEmpty();
        wait(Duration.ofSeconds(2));
        roster.sweep();
        assertThat(line.words).containsExactly("go away");
        assertThat(state()).isEqualTo("away");
        assertThat(roster.beat("a1", epoch, beat(ClockOffset.NONE, Duration.ZERO))).isFalse();
    }

    @Test
    void no_session_outlives_its_certificate() {
        var line = new Heard();
        long epoch = arrive(line, Duration.ofSeconds(10));
        wait(Duration.ofSeconds(10));
        assertThat(roster.beat("a1", epoch, beat(ClockOffset.NONE, Duration.ZERO))).isTrue();
        roster.sweep();
        assertThat(line.words).containsExactly("go away");
        assertThat(state()).isEqualTo("away");
    }

    private void heardNextWithin(long epoch, Duration next) {
        assertThat(roster.beat("a1", epoch, beat(ClockOffset.NONE, next))).isTrue();
    }

    private void passes(int seconds) {
        for (int i = 0; i < seconds; i++) {
            wait(Duration.ofSeconds(1));
            roster.sweep();
        }
    }

    @Test
    void an_agent_that_says_when_it_is_heard_next_is_away_soon_after_that() {
        long epoch = arrive(new Heard(), Duration.ofHours(1));
        heardNextWithin(epoch, Duration.ofSeconds(1));
        passes(3);
        assertThat(state()).isEqualTo("connected");
        passes(1);
        assertThat(state()).isEqualTo("away");
    }

    @Test
    void an_agent_cannot_say_that_it_will_be_silent_for_longer_than_others() {
        long epoch = arrive(new Heard(), Duration.ofHours(1));
        heardNextWithin(epoch, Duration.ofHours(1));
        passes(31);
        assertThat(state()).isEqualTo("away");
    }

    @Test
    void a_master_that_was_held_up_does_not_take_that_for_the_silence_of_agents() {
        long epoch = arrive(new Heard(), Duration.ofHours(1));
        heardNextWithin(epoch, Duration.ofSeconds(1));
        passes(1);
        wait(Duration.ofSeconds(10));
        roster.sweep();
        assertThat(state()).isEqualTo("connected");
        passes(1);
        assertThat(state()).isEqualTo("away");
    }

    @Test
    void the_next_session_ends_the_one_before_and_what_that_says_counts_no_more() {
        var first = new Heard();
        var second = new Heard();
        long old = arrive(first, Duration.ofHours(1));
        long young = arrive(second, Duration.ofHours(1));
        assertThat(young).isEqualTo(old + 1);
        assertThat(first.words).containsExactly("SLOTH-4722");
        assertThat(roster.beat("a1", old, beat(ClockOffset.NONE, Duration.ZERO))).isFalse();
        roster.left("a1", old, "late");
        assertThat(state()).isEqualTo("connected");
        assertThat(roster.beat("a1", young, beat(ClockOffset.NONE, Duration.ZERO))).isTrue();
        assertThat(second.words).isEmpty();
    }

    @Test
    void when_an_agent_was_last_heard_outlives_its_session() {
        long epoch = arrive(new Heard(), Duration.ofHours(1));
        wait(Duration.ofSeconds(7));
        assertThat(roster.beat("a1", epoch, beat(ClockOffset.NONE, Duration.ZERO))).isTrue();
        roster.left("a1", epoch, "on its own");
        assertThat(roster.named("default", "web1").seenAt()).isEqualTo(NOW.plusSeconds(7));
        roster.save();
        wait(Duration.ofSeconds(7));
        assertThat(roster.named("default", "web1").seenAt()).isEqualTo(NOW.plusSeconds(7));
    }

    @Test
    void when_a_revoked_agent_was_last_heard_is_known_too() {
        long epoch = arrive(new Heard(), Duration.ofHours(1));
        wait(Duration.ofSeconds(7));
        assertThat(roster.beat("a1", epoch, beat(ClockOffset.NONE, Duration.ZERO))).isTrue();
        wait(Duration.ofSeconds(7));
        assertThat(roster.revoke("default", "web1", ANN).seenAt()).isEqualTo(NOW.plusSeconds(7));
        roster.save();
        assertThat(roster.all(true).getFirst().seenAt()).isEqualTo(NOW.plusSeconds(7));
    }

    private Instant written() {
        return agents.live("a1").seenAt();
    }

    @Test
    void nothing_is_written_of_agents_that_are_here() {
        long epoch = arrive(new Heard(), Duration.ofHours(1));
        wait(Duration.ofSeconds(7));
        assertThat(roster.beat("a1", epoch, beat(ClockOffset.NONE, Duration.ZERO))).isTrue();
        roster.save();
        assertThat(written()).isEqualTo(NOW);
        assertThat(roster.named("default", "web1").seenAt()).isEqualTo(NOW.plusSeconds(7));
    }

    @Test
    void an_agent_that_was_here_when_its_master_was_killed_was_heard_of_until_then() {
        wait(Duration.ofSeconds(1));
        var _ = arrive(new Heard(), Duration.ofHours(1));
        agents.wereHere("another", NOW.plusSeconds(60));
        assertThat(written()).isEqualTo(NOW);
        agents.wereHere("main", NOW.plusSeconds(60));
        assertThat(written()).isEqualTo(NOW.plusSeconds(60));
    }

    @Test
    void an_agent_that_had_left_before_its_master_was_killed_was_heard_of_when_it_left() {
        wait(Duration.ofSeconds(1));
        long epoch = arrive(new Heard(), Duration.ofHours(1));
        wait(Duration.ofSeconds(1));
        assertThat(roster.beat("a1", epoch, beat(ClockOffset.NONE, Duration.ZERO))).isTrue();
        roster.left("a1", epoch, "on its own");
        roster.save();
        agents.wereHere("main", NOW.plusSeconds(60));
        assertThat(written()).isEqualTo(NOW.plusSeconds(2));
    }

    @Test
    void a_revoked_agent_is_sent_away_and_does_not_arrive_again() {
        var line = new Heard();
        var _ = arrive(line, Duration.ofHours(1));
        var _ = roster.revoke("default", "web1", ANN);
        assertThat(line.words).containsExactly("SLOTH-4711");
        assertThatThrownBy(() -> arrive(new Heard(), Duration.ofHours(1)))
                .isInstanceOf(Problems.class)
                .hasMessageContaining("SLOTH-4711");
        assertThat(told)
                .extracting(event -> event.getClass().getSimpleName())
                .containsExactly("Connected", "Revoked", "Left");
    }

    @Test
    void a_clock_that_goes_wrong_and_right_is_told_once_each_time() {
        var line = new Heard();
        long epoch = arrive(line, Duration.ofHours(1));
        for (int seconds : new int[] {60, -60, 61, 3_600, -61, 5, 0}) {
            var offset = new ClockOffset(Duration.ofSeconds(seconds));
            assertThat(roster.beat("a1", epoch, beat(offset, Duration.ZERO))).isTrue();
            var shown = roster.named("default", "web1").clockAhead();
            assertThat(shown.toSeconds()).isEqualTo(Math.abs(seconds) > 60 ? seconds : 0);
        }
        assertThat(line.words).containsExactly("1 min 1 s ahead", "5 s ahead");
        assertThat(told)
                .extracting(event -> event.getClass().getSimpleName())
                .containsExactly("Connected", "Clock", "Clock");
    }

    @Test
    void only_an_agent_that_is_connected_right_and_not_draining_gets_work() {
        assertThat(roster.readiness("a1")).isEqualTo(Readiness.AWAY);
        long epoch = arrive(new Heard(), Duration.ofHours(1));
        assertThat(roster.accepts("a1")).isTrue();
        var late = new ClockOffset(Duration.ofSeconds(-61));
        assertThat(roster.beat("a1", epoch, beat(late, Duration.ZERO))).isTrue();
        assertThat(roster.readiness("a1")).isEqualTo(Readiness.CLOCK_OFF);
        assertThat(roster.beat("a1", epoch, beat(ClockOffset.NONE, Duration.ZERO))).isTrue();
        assertThat(roster.drain("default", "web1", true, ANN).work()).isEqualTo("draining");
        assertThat(roster.readiness("a1")).isEqualTo(Readiness.DRAINING);
        roster.left("a1", epoch, "on its own");
        assertThat(roster.readiness("a1")).isEqualTo(Readiness.AWAY);
        assertThat(roster.named("default", "web1").work()).isEqualTo("draining");

        var _ = arrive(new Heard(), Duration.ofHours(1));
        assertThat(roster.accepts("a1")).isFalse();
        assertThat(roster.drain("default", "web1", false, ANN).work()).isEqualTo("ready");
        assertThat(roster.accepts("a1")).isTrue();
    }

    @Test
    void a_connected_agent_is_removed_only_by_force_and_is_as_revoked_then() {
        var line = new Heard();
        var _ = arrive(line, Duration.ofHours(1));
        assertThatThrownBy(() -> roster.remove("default", "web1", false, ANN))
                .hasMessageContaining("SLOTH-4734");
        assertThat(state()).isEqualTo("connected");
        assertThat(roster.remove("default", "web1", true, ANN).state()).isEqualTo("removed");
        assertThat(line.words).containsExactly("SLOTH-4711");
        assertThatThrownBy(() -> arrive(new Heard(), Duration.ofHours(1)))
                .hasMessageContaining("was removed");
        assertThat(roster.all(false)).isEmpty();
        assertThat(roster.all(true)).hasSize(1);
    }

    private static Roster.Beat beat(ClockOffset clock, Duration next) {
        return new Roster.Beat(Figures.UNKNOWN, clock, next, false);
    }

    @Test
    void an_agent_that_is_ending_gets_nothing_new() {
        long epoch = arrive(new Heard(), Duration.ofHours(1));
        assertThat(roster.readiness("a1")).isEqualTo(Readiness.READY);
        var ending = new Roster.Beat(Figures.UNKNOWN, ClockOffset.NONE, Duration.ZERO, true);
        assertThat(roster.beat("a1", epoch, ending)).isTrue();
        assertThat(roster.readiness("a1")).isEqualTo(Readiness.DRAINING);
        assertThat(roster.accepts("a1")).isFalse();
    }

    @Test
    void of_an_agent_of_which_two_things_change_at_once_it_is_told_once() {
        var line = new Heard();
        long epoch = arrive(line, Duration.ofHours(1));
        known.clear();
        var wrong = new ClockOffset(Duration.ofHours(1));
        var both = new Roster.Beat(Figures.UNKNOWN, wrong, Duration.ZERO, true);
        assertThat(roster.beat("a1", epoch, both)).isTrue();
        assertThat(known).extracting(Host::accepts).containsExactly(false);
        assertThat(line.words).containsExactly(wrong.toString());
        assertThat(roster.beat("a1", epoch, both)).isTrue();
        assertThat(known).hasSize(1);
    }
}
