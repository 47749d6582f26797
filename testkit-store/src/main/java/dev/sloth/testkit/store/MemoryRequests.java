package dev.sloth.testkit.store;

import dev.sloth.api.workflow.RunId;
import dev.sloth.core.store.Claim;
import dev.sloth.core.store.RequestStore;
import java.time.Instant;
import java.util.List;

/// Requests in memory.
final class MemoryRequests implements RequestStore {
    private final Tables tables;

    MemoryRequests(Tables tables) {
        this.tables = tables;
    }

    @Override
    public boolean ask(RunId id, Request.Kind kind, String body, String by, Instant at) {
        return tables.write(edit -> {
            var run = tables.find(id).filter(found -> !found.ended());
            if (run.isEmpty()) {
                return false;
            }
            long number = tables.disk().nextNumber();
            var request = new Request(number, kind, body, by, at);
            edit.put("ask", run.get().requests, number, request);
            return true;
        });
    }

    @Override
    public List<Request> of(RunId run) {
        return tables.read(
                "list requests",
                _ -> tables.find(run).map(r -> List.copyOf(r.requests.values())).orElse(List.of()));
    }

    @Override
    public void answered(Claim claim, long number) {
        tables.write(edit -> {
            edit.remove("answer request", tables.claimed(claim).requests, number);
            return true;
        });
    }
}
