package dev.sloth.cli.config;

import java.time.Duration;
import java.util.Map;

/// What is set of masters and agents.
///
/// @param refusedJoinsMax how many joins from one address may be refused within a minute
/// @param refusalsAgain for how long what is refused again is only counted
/// @param refusalsTold how many kinds of refusals are told apart in that time
/// @param heartbeat how often agents say that they are there
/// @param reconnectWait how long agents wait at most before they come back
/// @param agentCertificates how long those of agents hold
/// @param agentRest how long one is given nothing that could not take something for now
/// @param absencesAgain for how long an agent only counts what keeps it away again
public record ClusterConfig(
        int refusedJoinsMax,
        Duration refusalsAgain,
        int refusalsTold,
        Duration heartbeat,
        Duration reconnectWait,
        Duration agentCertificates,
        Duration agentRest,
        Duration absencesAgain) {
    static ClusterConfig of(Map<String, String> values) {
        return new ClusterConfig(
                (int) Amounts.whole(Config.at(values, ClusterSettings.REFUSED_JOINS)),
                Amounts.time(Config.at(values, ClusterSettings.REFUSALS_AGAIN)),
                (int) Amounts.whole(Config.at(values, ClusterSettings.REFUSALS_TOLD)),
                Amounts.time(Config.at(values, ClusterSettings.HEARTBEAT)),
                Amounts.time(Config.at(values, ClusterSettings.RECONNECT_WAIT)),
                Amounts.time(Config.at(values, ClusterSettings.AGENT_CERTIFICATES)),
                Amounts.time(Config.at(values, ClusterSettings.AGENT_REST)),
                Amounts.time(Config.at(values, ClusterSettings.ABSENCES_AGAIN)));
    }
}
