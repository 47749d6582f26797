package dev.sloth.master.run;

import dev.sloth.api.value.DataTable;
import dev.sloth.api.workflow.Outcome;
import dev.sloth.api.workflow.Outcome.Status;
import dev.sloth.wire.WireProblems;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

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

    /// Of an attempt that is done nowhere, since some of its agents are none.
    static Outcome notBegun(List<String> strangers, int others) {
        var named =
                strangers.stream()
                        .limit(NAMED_MAX)
                        .map(name -> "'" + name + "'")
                        .collect(Collectors.joining(", nor "));
        var more =
                strangers.size() > NAMED_MAX
                        ? ", nor %d more".formatted(strangers.size() - NAMED_MAX)
                        : "";
        return Outcome.failed(
                "there is no agent %s%s; nothing was done on the other %d [%s]"
                        .formatted(named, more, others, WireProblems.NOBODY_SELECTED),
                Outcome.Failure.NONE);
    }

    /// The outputs are by agent, of those on which it went well and, so that a script may look into
    /// them, of those that skipped it when it went well in all; what it ended with is that of the
    /// one with which it went worst.
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
        return new Outcome(worst, message(outcomes), outputs(outcomes, worst), changed, failure);
    }

    private static DataTable outputs(Map<String, Outcome> outcomes, Status worst) {
        var all = new DataTable();
        outcomes.forEach((host, outcome) -> {
            if (worst == Status.SUCCEEDED || outcome.status() == Status.SUCCEEDED) {
                all.put(host, outcome.outputs());
            }
        });
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
