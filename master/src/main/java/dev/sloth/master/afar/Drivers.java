package dev.sloth.master.afar;

import dev.sloth.core.store.Owner;
import dev.sloth.core.store.RunRow;
import dev.sloth.core.store.RunStore.Fate;
import dev.sloth.wire.proto.RunSeen;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/// Which of those who drive runs live, as the master said it last: it can look at its own
/// processes, and leases are compared with its clock.
final class Drivers implements Fate {
    private final MasterClock clock;
    private final Map<Owner, Verdict> known = new ConcurrentHashMap<>();

    Drivers(MasterClock clock) {
        this.clock = clock;
    }

    RunRow row(RunSeen seen) {
        clock.heard(seen);
        var row = RunMessages.row(seen);
        row.drivenBy()
                .ifPresent(
                        owner -> known.put(owner, seen.getDriven() ? Verdict.ALIVE : Verdict.GONE));
        return row;
    }

    @Override
    public Verdict of(Owner owner) {
        return known.getOrDefault(owner, Verdict.UNKNOWN);
    }
}
