package dev.sloth.core.schedule;

import dev.sloth.api.workflow.RunId;
import dev.sloth.api.workflow.TimeText;
import dev.sloth.core.store.FireRow;
import dev.sloth.core.store.FireStatus;
import dev.sloth.core.store.ScheduleRow;
import dev.sloth.core.store.ScheduleTurn;
import dev.sloth.core.store.ScheduleTurn.Move;
import dev.sloth.core.store.ScheduleTurn.Planned;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Decides what becomes of a schedule at a moment.
public final class Planner {
    private final Rules rules;
    private final ScheduleRow row;
    private final Instant now;
    private final List<Move> moves = new ArrayList<>();
    private final List<Planned> fires = new ArrayList<>();

    /// Fires that are open, the oldest first; those of this turn behind those that were there.
    private final List<Open> open = new ArrayList<>();

    /// @param kept as the store has it; nothing when it is of this turn
    private record Open(Instant at, FireStatus status, Optional<FireRow> kept) {
        Open as(FireStatus other) {
            return new Open(at, other, kept);
        }

        boolean runs() {
            return status == FireStatus.READY || status == FireStatus.STARTED;
        }

        boolean startable() {
            return status == FireStatus.READY
                    && kept.map(fire -> fire.owner().isEmpty()).orElse(true);
        }
    }

    private Planner(Rules rules, ScheduleRow row, Instant now) {
        this.rules = rules;
        this.row = row;
        this.now = now;
    }

    /// What is to be written and done.
    ///
    /// @param turn to be written, unless it is empty
    /// @param cancels runs that are to be cancelled, once the turn is written; named again as long
    ///   as they go on
    public record Plan(Optional<ScheduleTurn> turn, List<RunId> cancels) {
        public Plan {
            cancels = List.copyOf(cancels);
        }
    }

    /// @param open the fires of this schedule that are open, the oldest first
    public static Plan plan(Rules rules, ScheduleRow row, List<FireRow> open, Instant now) {
        return new Planner(rules, row, now).plan(open);
    }

    /// When a schedule is to be looked at next, unless one of its runs ends before; nothing when it
    /// has no instant left, or is paused.
    public static Optional<Instant> wake(Rules rules, ScheduleRow row) {
        return row.paused()
                ? Optional.empty()
                : rules.timing().next(begin(row)).map(at -> at.plus(rules.splay(row.name())));
    }

    /// Where the instants begin that may fire: none of a pause does.
    private static Instant begin(ScheduleRow row) {
        return later(row.considered(), row.resumedAt());
    }

    private static Instant later(Instant one, Instant other) {
        return one.isAfter(other) ? one : other;
    }

    /// So many times at which a schedule fires from now on, or all there are; none while it is
    /// paused.
    public static List<Instant> fires(Rules rules, ScheduleRow row, Instant now, int count) {
        if (row.paused()) {
            return List.of();
        }
        var splay = rules.splay(row.name());
        return rules.timing().next(later(begin(row), now.minus(splay)), count).stream()
                .map(at -> at.plus(splay))
                .toList();
    }

    private Plan plan(List<FireRow> kept) {
        kept.forEach(this::settle);
        var considered = row.considered();
        if (!row.paused()) {
            var dues = Dues.of(rules, row, now.minus(rules.splay(row.name())));
            dues.skipped().forEach(this::skipped);
            dues.fires().forEach(this::fire);
            considered = dues.considered();
        }
        promote();
        open.stream()
                .filter(one -> one.kept().isEmpty())
                .forEach(one -> fires.add(Planned.one(one.at(), one.status(), "")));
        boolean idle = moves.isEmpty() && fires.isEmpty() && considered.equals(row.considered());
        var turn = new ScheduleTurn(considered, fires, moves, now);
        return new Plan(idle ? Optional.empty() : Optional.of(turn), cancels());
    }

    /// Looks at what is open.
    private void settle(FireRow fire) {
        if (fire.status() == FireStatus.STARTED && fire.runEnded()) {
            var ended = fire.runStatus().isEmpty() ? "its run was deleted" : fire.runStatus();
            moves.add(move(fire, FireStatus.OVER, ended));
            return;
        }
        if (fire.status() == FireStatus.QUEUED && rules.tooLate(fire.at(), now)) {
            moves.add(move(fire, FireStatus.SKIPPED, "waited for longer than the deadline"));
            return;
        }
        open.add(new Open(fire.at(), fire.status(), Optional.of(fire)));
    }

    private static Move move(FireRow fire, FireStatus to, String why) {
        return new Move(fire.number(), fire.status(), fire.epoch(), to, why);
    }

    private void skipped(Dues.Skipped range) {
        fires.add(
                new Planned(
                        range.first(),
                        range.last(),
                        range.count(),
                        FireStatus.SKIPPED,
                        range.why()));
    }

    private void fire(Instant at) {
        var policy = rules.policy();
        switch (policy.overlap()) {
            case ALLOW -> {
                long waiting = open.stream().filter(Open::startable).count();
                boolean full = waiting >= policy.queueMax();
                add(at, FireStatus.READY, full ? waiting + " fires wait to be started" : "");
            }
            case SKIP ->
                    add(
                            at,
                            FireStatus.READY,
                            open.isEmpty()
                                    ? ""
                                    : "the fire of %s goes on"
                                            .formatted(TimeText.of(open.getFirst().at())));
            case QUEUE -> {
                long queued = open.stream().filter(o -> o.status() == FireStatus.QUEUED).count();
                add(
                        at,
                        FireStatus.QUEUED,
                        queued >= policy.queueMax() ? queued + " fires wait already" : "");
            }
            case CANCEL -> {
                overtake(at);
                add(at, FireStatus.QUEUED, "");
            }
        }
    }

    private void add(Instant at, FireStatus status, String refused) {
        if (refused.isEmpty()) {
            open.add(new Open(at, status, Optional.empty()));
        } else {
            fires.add(Planned.one(at, FireStatus.SKIPPED, refused));
        }
    }

    /// What has no run yet gets none.
    private void overtake(Instant by) {
        var why = "overtaken by the fire of " + by;
        open.removeIf(one -> {
            boolean goes = one.status() == FireStatus.QUEUED || one.startable();
            if (goes) {
                one.kept()
                        .ifPresentOrElse(
                                fire -> moves.add(move(fire, FireStatus.SKIPPED, why)),
                                () -> fires.add(Planned.one(one.at(), FireStatus.SKIPPED, why)));
            }
            return goes;
        });
    }

    /// The next one that waits may start, once nothing runs.
    private void promote() {
        boolean side = rules.policy().overlap() == Policy.Overlap.ALLOW;
        for (int i = 0; i < open.size(); i++) {
            var one = open.get(i);
            if (one.status() == FireStatus.QUEUED
                    && (side || open.stream().noneMatch(Open::runs))) {
                one.kept().ifPresent(fire -> moves.add(move(fire, FireStatus.READY, "")));
                open.set(i, one.as(FireStatus.READY));
            }
        }
    }

    private List<RunId> cancels() {
        if (rules.policy().overlap() != Policy.Overlap.CANCEL
                || open.stream().noneMatch(one -> one.status() == FireStatus.QUEUED)) {
            return List.of();
        }
        return open.stream()
                .filter(one -> one.status() == FireStatus.STARTED)
                .flatMap(one -> one.kept().flatMap(FireRow::runId).stream())
                .toList();
    }

    /// How late an instant is.
    static Duration lateness(Instant at, Instant now) {
        return Duration.between(at, now);
    }
}
