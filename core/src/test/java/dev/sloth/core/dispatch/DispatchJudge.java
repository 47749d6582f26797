package dev.sloth.core.dispatch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sloth.core.store.cluster.OrderRow;
import dev.sloth.core.store.cluster.OrderRow.State;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// Watches what is kept, said and done, and complains when a promise is broken.
final class DispatchJudge {
    private static final Duration SLACK = Duration.ofMinutes(2);

    private final DispatchWorld world;
    private final Map<String, String> begun = new HashMap<>();
    private final Map<String, String> ends = new HashMap<>();
    private final Map<String, Act.End> kept = new HashMap<>();
    private final Set<String> settled = new HashSet<>();

    // what those have heard who decide now
    private final Map<String, Integer> asked = new HashMap<>();
    private final Map<String, Integer> answered = new HashMap<>();
    private final Set<String> withdrawn = new HashSet<>();

    private PlacementJudge placement = new PlacementJudge(Duration.ZERO, List.of(), List.of());
    private Optional<Instant> healedAt = Optional.empty();

    DispatchJudge(DispatchWorld world) {
        this.world = world;
    }

    // ---- what agents do

    void begins(String id, String agent) {
        var before = Optional.ofNullable(begun.put(id, agent));
        assertThat(before).as("%s is begun once, on one agent", id).isEmpty();
        Optional.ofNullable(kept.get(id))
                .ifPresent(end ->
                        assertThat(saysNotBegun(end)).as("%s was kept as not begun", id).isFalse());
    }

    void ended(String id, String end) {
        assertThat(ends.put(id, end)).as("%s ends once", id).isNull();
    }

    void taken(String id, boolean held) {
        if (held) {
            assertThat(ends).as("%s is taken when it has ended", id).containsKey(id);
        }
    }

    // ---- what the master keeps

    void begunAnew() {
        asked.clear();
        answered.clear();
        withdrawn.clear();
        placement = new PlacementJudge(world.limits.rest(), world.disk.rows(), world.disk.hosts());
    }

    /// What happened, and what was decided to do about it.
    void decides(Input input, List<Act> acts) {
        if (input instanceof Input.Wanted(var order)) {
            asked.merge(order.id(), 1, Integer::sum);
        } else if (input instanceof Input.Withdrawn(var id) && asked.containsKey(id)) {
            withdrawn.add(id);
        }
        placement.decides(world.time.instant(), input, acts);
        for (var act : acts) {
            if (act instanceof Act.Keep(var row) && row.state() == State.GIVEN) {
                assertThat(withdrawn)
                        .as("%s is given though withdrawn", row.id())
                        .doesNotContain(row.id());
            }
        }
    }

    /// A step is about to be kept.
    void keeps(List<Act> acts) {
        var rows = new HashMap<String, OrderRow>();
        world.disk.rows().forEach(row -> rows.put(row.id(), row));
        for (var act : acts) {
            switch (act) {
                case Act.Keep(var row) -> keeps(Optional.ofNullable(rows.put(row.id(), row)), row);
                case Act.Drop(var id) -> drops(id, Optional.ofNullable(rows.remove(id)));
                case Act.Message _, Act.Answer _ -> {}
            }
        }
    }

    private void keeps(Optional<OrderRow> before, OrderRow row) {
        var id = row.id();
        if (before.isEmpty()) {
            assertThat(row.state()).as("the first row of %s", id).isEqualTo(State.GIVEN);
            assertThat(world.holders(id)).as("%s is given while somebody has it", id).isEmpty();
            return;
        }
        var old = before.get();
        assertThat(row.agent()).as("%s stays with its agent", id).isEqualTo(old.agent());
        switch (old.state()) {
            case GIVEN -> assertThat(row.state()).isNotEqualTo(State.GIVEN);
            case ACCEPTED -> assertThat(row.state()).isIn(State.ENDED, State.GIVEN_UP);
            case ENDED, GIVEN_UP -> throw new AssertionError("%s changes at its end".formatted(id));
        }
        if (row.state() == State.ENDED) {
            assertThat(text(row.result())).as("the end of %s", id).isEqualTo(ends.get(id));
        }
    }

    private void drops(String id, Optional<OrderRow> before) {
        assertThat(before).as("the row of %s, which is dropped", id).isPresent();
        if (!settled.contains(id)) {
            assertThat(before.orElseThrow().state())
                    .as("%s is dropped before it is settled", id)
                    .isEqualTo(State.GIVEN);
            assertThat(world.holders(id)).as("%s is dropped and held", id).isEmpty();
        }
    }

    /// A step was kept.
    void looks() {
        for (var host : world.disk.hosts()) {
            long busy =
                    world.disk.rows().stream()
                            .filter(row -> row.agent().equals(host.id()))
                            .filter(row -> isOut(row) && !world.runs.isWeightless(row.id()))
                            .count();
            assertThat(busy).as("orders of %s", host.name()).isLessThanOrEqualTo(host.slots());
        }
    }

    private static boolean isOut(OrderRow row) {
        return row.state() == State.GIVEN || row.state() == State.ACCEPTED;
    }

    private static String text(byte[] result) {
        return new String(result, StandardCharsets.UTF_8);
    }

    // ---- what the master says

    void says(Act.Message message) {
        switch (message) {
            case Act.Message.Send(var host, _, var order) -> {
                if (!settled.contains(order.id())) {
                    assertThat(world.disk.row(order.id()).map(OrderRow::agent))
                            .as("the row of %s is kept before it is sent", order.id())
                            .contains(host);
                }
            }
            case Act.Message.Cancel _ -> {}
            case Act.Message.Taken(_, _, var id) ->
                    assertThat(state(id).orElse(State.ENDED))
                            .as("%s is taken", id)
                            .isEqualTo(State.ENDED);
            case Act.Message.Forget(var host, _, var id) -> {
                boolean wanted =
                        world.disk
                                .row(id)
                                .filter(row -> row.agent().equals(host))
                                .filter(row -> row.state() != State.GIVEN_UP)
                                .isPresent();
                assertThat(wanted).as("%s is wanted while it is to be forgotten", id).isFalse();
            }
        }
    }

    private Optional<State> state(String id) {
        return world.disk.row(id).map(OrderRow::state);
    }

    void answers(String id, Act.End end) {
        assertThat(answered.merge(id, 1, Integer::sum))
                .as("answers for %s", id)
                .isLessThanOrEqualTo(asked.getOrDefault(id, 0));
        if (saysNotBegun(end)) {
            assertThat(begun).as("%s was begun, but: %s", id, end).doesNotContainKey(id);
            assertThat(world.holders(id)).as("who has %s, but: %s", id, end).isEmpty();
        }
        if (end instanceof Act.End.Done(var host, var result) && !settled.contains(id)) {
            assertThat(text(result)).as("what came of %s", id).isEqualTo(ends.get(id));
            assertThat(state(id)).as("the row of %s, whose end is told", id).contains(State.ENDED);
            assertThat(world.disk.row(id).map(OrderRow::agent)).contains(host);
        }
        world.tally.count(end);
    }

    private static boolean saysNotBegun(Act.End end) {
        return switch (end) {
            case Act.End.NotBegun _ -> true;
            case Act.End.Cancelled(var why) -> why.contains("before");
            case Act.End.Done _, Act.End.Unknown _ -> false;
        };
    }

    // ---- those who want orders

    void kept(String id, Act.End end) {
        kept.put(id, end);
        healedAt.ifPresent(since ->
                assertThat(Duration.between(since, world.time.instant()))
                        .as("how long %s took once all was well", id)
                        .isLessThan(longest()));
    }

    /// Somebody declines, it is waited for another, who goes away, and works for long.
    private Duration longest() {
        return world.limits
                .placeMax()
                .multipliedBy(1L + world.agents.size())
                .plus(world.limits.lost())
                .plus(world.limits.cancelMax())
                .plus(DispatchWorld.LENGTH_MAX)
                .plus(SLACK);
    }

    void settles(String id) {
        settled.add(id);
    }

    void healed() {
        healedAt = Optional.of(world.time.instant());
    }

    void atTheEnd() {
        world.runs.atTheEnd();
        assertThat(world.disk.rows()).as("rows").isEmpty();
        for (var agent : world.agents) {
            if (!agent.isRefusedForEver()) {
                assertThat(agent.holds()).as("the journal of %s", agent.id()).isEmpty();
            }
        }
        world.master.atTheEnd();
    }
}
