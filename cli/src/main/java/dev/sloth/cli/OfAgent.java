package dev.sloth.cli;

import dev.sloth.wire.WatcherSight;
import java.util.List;

/// What commands of watchers do when an agent is meant.
final class OfAgent {
    private static final String AGENT = "--agent";

    private OfAgent() {}

    static void add(Spec spec) {
        spec.addOption(
                Specs.text("NAME", "What this agent watches, instead of this machine.", AGENT));
        MasterOptions.add(spec, "The master of the agent; localhost unless said.");
    }

    /// Whether an agent is meant.
    ///
    /// @throws dev.sloth.api.workflow.Problems when a master is named and no agent
    static boolean chosen(Given given) {
        boolean master = given.has(MasterOptions.MASTER) || given.has(MasterOptions.CREDENTIALS);
        if (master && !given.has(AGENT)) {
            throw StateFamily.wrong(
                    "say which agent of the master", "add %s NAME".formatted(AGENT));
        }
        if (given.has(AGENT) && given.has(EventsFamily.NAMESPACE)) {
            throw StateFamily.wrong(
                    "%s and %s do not go together".formatted(AGENT, EventsFamily.NAMESPACE),
                    "leave one of them out");
        }
        return given.has(AGENT);
    }

    /// The same options for another command line, with a space before; empty when there are none.
    static String again(Given given) {
        return given.has(AGENT)
                ? " " + AGENT + " " + given.text(AGENT, "") + MasterOptions.again(given)
                : "";
    }

    static List<WatcherSight> watchers(Given given) {
        try (var administration = AgentFamily.open(given)) {
            return administration.watchers(given.text(AGENT, ""));
        }
    }

    /// @return those that are not there: if there are any, nothing has changed
    static List<String> remove(Given given, List<String> names) {
        try (var administration = AgentFamily.open(given)) {
            return administration.removeWatchers(given.text(AGENT, ""), names);
        }
    }
}
