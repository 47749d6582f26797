package dev.sloth.testkit.store;

import dev.sloth.api.workflow.AttemptId;
import dev.sloth.api.workflow.RunId;
import dev.sloth.core.store.AttemptRow;
import dev.sloth.core.store.AttemptStore;
import dev.sloth.core.store.Claim;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// Attempts that have begun, in memory.
final class MemoryAttempts implements AttemptStore {
    private final Tables tables;

    MemoryAttempts(Tables tables) {
        this.tables = tables;
    }

    @Override
    public boolean begin(Claim claim, AttemptId id, String boot, Instant at) {
        return tables.write(edit -> {
            var run = tables.claimed(claim, id);
            if (run.attempts.containsKey(id)) {
                return false;
            }
            var row = new AttemptRow(id, boot, claim.epoch(), AttemptRow.RUNNING, at, Instant.MAX);
            edit.put("begin attempt", run.attempts, id, row);
            return true;
        });
    }

    @Override
    public Optional<AttemptRow> find(AttemptId id) {
        return tables.read(
                "find attempt",
                _ -> tables.find(id.run()).map(run -> run.attempts).map(rows -> rows.get(id)));
    }

    @Override
    public List<AttemptRow> of(RunId run) {
        return tables.read(
                "list attempts",
                _ -> tables.find(run).map(r -> List.copyOf(r.attempts.values())).orElse(List.of()));
    }
}
