package dev.sloth.cli.config;

import dev.sloth.cli.config.Setting.Kind;
import java.time.Duration;

/// The settings of masters and agents.
final class ClusterSettings {
    /// What agents say of themselves is of no use sooner.
    private static final Duration BEAT_MIN = Duration.ofMillis(100);

    /// A certificate must hold until the next one is there.
    private static final Duration LIFE_MIN = Duration.ofSeconds(10);

    static final Setting REFUSED_JOINS =
            new Setting(
                    "master.refused_joins",
                    new Kind.Whole(1, 1_000),
                    "10",
                    "joins",
                    "How many joins from one address a master may refuse within a minute; then it"
                            + " refuses all from there until the minute is over.");

    static final Setting REFUSALS_AGAIN =
            new Setting(
                    "master.refusals_again",
                    new Kind.Time(Duration.ofSeconds(1), Duration.ofDays(1)),
                    "1m",
                    "seconds",
                    "For how long a master only counts what it refuses again, from the same address"
                            + " and for the same cause; then it tells how often.");

    static final Setting REFUSALS_TOLD =
            new Setting(
                    "master.refusals_told",
                    new Kind.Whole(1, 10_000),
                    "100",
                    "kinds",
                    "How many kinds of refusals, by call, address and cause, a master tells apart in"
                            + " that time, a tenth of them from one address; of all others it tells"
                            + " that there are more.");

    static final Setting HEARTBEAT =
            new Setting(
                    "master.heartbeat",
                    new Kind.Time(BEAT_MIN, Duration.ofMinutes(10)),
                    "10s",
                    "seconds",
                    "How often the agents of a master say that they are there; when three fail to"
                            + " come, an agent is away.");

    static final Setting RECONNECT_WAIT =
            new Setting(
                    "master.reconnect_wait",
                    new Kind.Time(Duration.ofMillis(1), Duration.ofMinutes(10)),
                    "3s",
                    "seconds",
                    "How long an agent at most waits before it comes back to a master that it has"
                            + " lost. The wait is random, so that not all come at once, and longer"
                            + " the more often it fails.");

    static final Setting AGENT_CERTIFICATES =
            new Setting(
                    "master.agent_certificates",
                    new Kind.Time(LIFE_MIN, Duration.ofDays(90)),
                    "24h",
                    "seconds",
                    "How long the certificates of agents hold. They are renewed when two thirds of"
                            + " that are over; an agent that is away for longer must join again.");

    static final Setting AGENT_REST =
            new Setting(
                    "master.agent_rest",
                    new Kind.Time(Duration.ofMillis(100), Duration.ofMinutes(10)),
                    "5s",
                    "seconds",
                    "How long an agent is given nothing that could not take something for now, as"
                            + " when its disk is full.");

    static final Setting ABSENCES_AGAIN =
            new Setting(
                    "agent.absences_again",
                    new Kind.Time(Duration.ofSeconds(1), Duration.ofDays(1)),
                    "1m",
                    "seconds",
                    "For how long an agent only counts what keeps it away from its master again;"
                            + " then it tells how often.");

    private ClusterSettings() {}
}
