package dev.sloth.core.schedule;

import dev.sloth.api.workflow.RunId;
import dev.sloth.core.store.FireRow;
import dev.sloth.core.store.RequestStore;
import dev.sloth.core.store.RequestStore.Request;
import dev.sloth.core.store.ScheduleRow;
import dev.sloth.core.store.ScheduleStore;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/// Decides what is due, and writes it down; others start the runs. Several of these may look at one
/// store. Used by one thread at a time.
public final class Scheduler {
    /// How often one schedule is looked at again because others changed it at the same time; after
    /// that the next tick does it.
    private static final int LOOKS_MAX = 8;

    private static final String BY = "schedule";
    private static final String OVERTAKEN = "overtaken by the next fire of its schedule";

    private final ScheduleStore schedules;
    private final RequestStore requests;
    private final InstantSource time;

    /// What was read of definitions so far, by their text.
    private Map<String, Rules> known = Map.of();

    /// Runs whose cancelling was asked for.
    private Set<RunId> cancelled = Set.of();

    public Scheduler(ScheduleStore schedules, RequestStore requests, InstantSource time) {
        this.schedules = schedules;
        this.requests = requests;
        this.time = time;
    }

    /// Decides all that is due.
    ///
    /// @return when there is more to decide, as far as can be known now; nothing when there will
    ///   not be
    public Optional<Instant> tick() {
        var rows = schedules.list();
        var open = open();
        read(rows);
        var cancels = new HashSet<RunId>();
        Optional<Instant> wake = Optional.empty();
        for (var row : rows) {
            var next = decide(row, open.getOrDefault(row.number(), List.of()), cancels);
            wake = sooner(wake, next);
        }
        cancel(cancels);
        return wake;
    }

    private Map<Long, List<FireRow>> open() {
        return schedules.open().stream().collect(Collectors.groupingBy(FireRow::schedule));
    }

    /// Reads each definition once, and forgets those that are gone.
    private void read(List<ScheduleRow> rows) {
        var read = new HashMap<String, Rules>();
        for (var row : rows) {
            var text = row.definition();
            var rules = known.get(text);
            read.put(text, rules == null ? rules(row) : rules);
        }
        known = read;
    }

    /// What a schedule says of its times.
    public static Rules rules(ScheduleRow row) {
        var words = Definition.parse(row.definition()).words();
        // Of when it was added: what could be read then can be read for ever.
        return Rules.read(words, row.addedAt(), ZoneOffset.UTC);
    }

    private static Optional<Instant> sooner(Optional<Instant> one, Optional<Instant> other) {
        return one.isEmpty() || other.filter(at -> at.isBefore(one.get())).isPresent()
                ? other
                : one;
    }

    private Optional<Instant> decide(ScheduleRow first, List<FireRow> fires, Set<RunId> cancels) {
        var row = first;
        var open = fires;
        for (int look = 0; look < LOOKS_MAX; look++) {
            var rules = known.getOrDefault(row.definition(), rules(row));
            var plan = Planner.plan(rules, row, open, time.instant());
            if (plan.turn().isEmpty()) {
                cancels.addAll(plan.cancels());
                return Planner.wake(rules, row);
            }
            // When it was written, the next look finds nothing to write.
            schedules.turn(row, plan.turn().get());
            var again = schedules.find(row.name());
            if (again.isEmpty()) {
                return Optional.empty();
            }
            row = again.get();
            open = open().getOrDefault(row.number(), List.of());
        }
        return Optional.of(time.instant());
    }

    /// Each is asked once, by whoever else asks too.
    private void cancel(Set<RunId> wanted) {
        var asked = new HashSet<RunId>();
        for (var run : wanted) {
            if (!cancelled.contains(run) && !isAsked(run)) {
                requests.ask(run, Request.Kind.CANCEL, OVERTAKEN, BY, time.instant());
            }
            asked.add(run);
        }
        cancelled = asked;
    }

    private boolean isAsked(RunId run) {
        return requests.of(run).stream().anyMatch(r -> r.kind() == Request.Kind.CANCEL);
    }
}
