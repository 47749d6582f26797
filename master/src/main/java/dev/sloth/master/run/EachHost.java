package dev.sloth.master.run;

import dev.sloth.api.value.DataTable;
import dev.sloth.api.workflow.Outcome;
import dev.sloth.api.workflow.Outcome.Status;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// What an attempt on several agents ended with: well, when it did so on each.
final class EachHost {
    /// How many agents are named in a message.
    private static final int NAMED_MAX = 10;

    /// The worst first: as it ended on one, it ended.
    private static final List<Status> WORST =
            List.of(
                    Status.UNKNOWN,
                    Status.ABORTED,
                    Status.FAILED,
                    Status.TIMED_OUT,
                    Status.CANCELLED,
                    Status.SUCCEEDED,
                    Status.SKIPPED);

    private EachHost() {}

    /// The outputs are by agent; what it ended with is that of the one with which it went worst.
    static Outcome together(Map<String, Outcome> outcomes) {
        var worst =
                outcomes.values().stream()
                        .map(Outcome::status)
                        .min((one, other) -> WORST.indexOf(one) - WORST.indexOf(other))
                        .orElse(Status.SKIPPED);
        var failure =
                outcomes.values().stream()
                        .filter(each -> each.status() == worst)
                        .map(Outcome::failure)
                        .findFirst()
                        .orElse(Outcome.Failure.NONE);
        boolean changed = outcomes.values().stream().anyMatch(Outcome::changed);
        return new Outcome(
                worst,
                message(outcomes),
                worst == Status.SUCCEEDED ? outputs(outcomes) : new DataTable(),
                changed,
                failure);
    }

    private static DataTable outputs(Map<String, Outcome> outcomes) {
        var all = new DataTable();
        outcomes.forEach((host, outcome) -> all.put(host, outcome.outputs()));
        return all;
    }

    private static String message(Map<String, Outcome> outcomes) {
        var said = new ArrayList<String>();
        int bad = 0;
        for (var each : outcomes.entrySet()) {
            var outcome = each.getValue();
            if (outcome.status() == Status.SUCCEEDED || outcome.status() == Status.SKIPPED) {
                continue;
            }
            bad++;
            if (said.size() < NAMED_MAX) {
                said.add(each.getKey() + ": " + outcome.message());
            }
        }
        if (bad == 0) {
            return "done on %d agents".formatted(outcomes.size());
        }
        var more = bad > said.size() ? "; and on %d more".formatted(bad - said.size()) : "";
        return "not done on %d of %d agents: %s%s"
                .formatted(bad, outcomes.size(), String.join("; ", said), more);
    }
}
