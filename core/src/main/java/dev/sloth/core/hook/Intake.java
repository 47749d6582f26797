package dev.sloth.core.hook;

import dev.sloth.api.event.Event;
import dev.sloth.core.event.EventStream;
import dev.sloth.core.event.Types;
import dev.sloth.core.journal.DataBytes;
import dev.sloth.core.store.event.DeliveryRow;
import dev.sloth.core.store.event.DeliveryRow.State;
import dev.sloth.core.store.event.HookRow;
import dev.sloth.core.store.event.HookStore;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/// Reads the stream for each hook, and owes it what it wants. Several may read for the same hooks:
/// each step counts once.
public final class Intake {
    private final HookStore store;
    private final EventStream stream;
    private final String space;
    private final HookLimits limits;
    private final InstantSource time;

    public Intake(
            HookStore store,
            EventStream stream,
            String space,
            HookLimits limits,
            InstantSource time) {
        this.store = store;
        this.stream = stream;
        this.space = space;
        this.limits = limits;
        this.time = time;
    }

    /// What one step found.
    ///
    /// @param more whether there may be more to read at once
    /// @param full hooks that are owed as much as they may be
    /// @param missed hooks for which facts of shared state were forgotten before they were read
    /// @param cut ids of events that hooks are not told of, since they end too long a chain of
    ///   causes; they are among what failed for good
    public record Step(boolean more, List<String> full, List<String> missed, List<String> cut) {
        public Step {
            full = List.copyOf(full);
            missed = List.copyOf(missed);
            cut = List.copyOf(cut);
        }
    }

    /// Reads one page for each hook that is on.
    public Step step() {
        boolean more = false;
        var full = new ArrayList<String>();
        var missed = new ArrayList<String>();
        var cut = new LinkedHashSet<String>();
        for (var hook : store.list(space)) {
            if (!hook.enabled()) {
                continue;
            }
            if (store.count(hook.number(), State.PENDING) >= limits.pendingMax()) {
                full.add(hook.name());
                continue;
            }
            var read = stream.behind(hook.position(), new Types(hook.types()));
            advance(hook, read, cut);
            more |= read.more();
            if (read.missed()) {
                missed.add(hook.name());
            }
        }
        return new Step(more, full, missed, List.copyOf(cut));
    }

    private void advance(HookRow hook, EventStream.Read read, Set<String> cut) {
        if (!read.next().equals(hook.position())) {
            var now = time.instant();
            var owed = new ArrayList<DeliveryRow>();
            for (var event : read.events()) {
                var row = owed(hook, event, now);
                if (event.causes().size() > limits.chainMax()) {
                    cut.add(event.id());
                    row = cut(row, now);
                }
                owed.add(row);
            }
            // Who was quicker owes the same.
            boolean _ = store.advance(hook, read.next(), owed);
        }
    }

    /// Whoever is told of the end of a chain can make it longer, whatever the hooks are called: so
    /// nobody is, until somebody has looked at it.
    private DeliveryRow cut(DeliveryRow row, Instant now) {
        var why =
                "not told: this ends a chain of more than %d causes, as of hooks that set off each other"
                        .formatted(limits.chainMax());
        return row.tried(State.DEAD, 0, now, why, "");
    }

    private static DeliveryRow owed(HookRow hook, Event event, Instant now) {
        return new DeliveryRow(
                0,
                hook.number(),
                event.id(),
                event.type(),
                event.subject(),
                event.source(),
                event.at(),
                String.join("\n", event.causes()),
                DataBytes.of(event.data()),
                State.PENDING,
                0,
                now,
                "",
                Instant.MIN,
                "",
                "");
    }
}
