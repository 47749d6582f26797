package dev.sloth.master;

import dev.sloth.core.dispatch.DispatchLimits;
import dev.sloth.master.authority.Lives;
import dev.sloth.master.rpc.Door;
import dev.sloth.master.rpc.RefusalLimits;
import java.nio.file.Path;
import java.time.Duration;

/// How a master is to be.
///
/// @param id of this master among all that share its store
/// @param port 0 takes one that is free
/// @param data the folder of its authority and its administrator's credentials
/// @param heartbeat how often agents say that they are there
/// @param jitter how long agents wait at most before they come back
/// @param refusedJoinsMax how many joins from one address may be refused within a minute
/// @param dispatch how long is waited for agents
public record MasterConfig(
        String id,
        String version,
        int port,
        Path data,
        Duration heartbeat,
        Duration jitter,
        Lives lives,
        DispatchLimits dispatch,
        int refusedJoinsMax,
        RefusalLimits refusals) {
    /// Unless said.
    public static final int REFUSED_JOINS = 10;

    private static final Duration HEARTBEAT = Duration.ofSeconds(10);
    private static final Duration JITTER = Duration.ofSeconds(3);

    /// How many heartbeats may fail to come before a session is over.
    private static final int MISSED_MAX = 3;

    public static MasterConfig of(String version, int port, Path data) {
        return new MasterConfig(
                "main",
                version,
                port,
                data,
                HEARTBEAT,
                JITTER,
                Lives.DEFAULT,
                DispatchLimits.DEFAULT,
                REFUSED_JOINS,
                RefusalLimits.DEFAULT);
    }

    public MasterConfig withLives(Lives other) {
        return new MasterConfig(
                id,
                version,
                port,
                data,
                heartbeat,
                jitter,
                other,
                dispatch,
                refusedJoinsMax,
                refusals);
    }

    /// @param life of the certificates of agents
    public MasterConfig withAgentCertificates(Duration life) {
        return withLives(lives.withAgent(life));
    }

    public MasterConfig withBeats(Duration beat, Duration wait) {
        return new MasterConfig(
                id, version, port, data, beat, wait, lives, dispatch, refusedJoinsMax, refusals);
    }

    public MasterConfig withDispatch(DispatchLimits other) {
        return new MasterConfig(
                id,
                version,
                port,
                data,
                heartbeat,
                jitter,
                lives,
                other,
                refusedJoinsMax,
                refusals);
    }

    public MasterConfig withPort(int other) {
        return new MasterConfig(
                id,
                version,
                other,
                data,
                heartbeat,
                jitter,
                lives,
                dispatch,
                refusedJoinsMax,
                refusals);
    }

    public MasterConfig withRefusedJoins(int most) {
        return new MasterConfig(
                id, version, port, data, heartbeat, jitter, lives, dispatch, most, refusals);
    }

    public MasterConfig withRefusals(RefusalLimits other) {
        return new MasterConfig(
                id,
                version,
                port,
                data,
                heartbeat,
                jitter,
                lives,
                dispatch,
                refusedJoinsMax,
                other);
    }

    Door.Greeting greeting(long incarnation) {
        return new Door.Greeting(version, id, incarnation, heartbeat, jitter);
    }

    Duration silenceMax() {
        return heartbeat.multipliedBy(MISSED_MAX);
    }

    /// The file that holds the administrator's credentials.
    public Path administrator() {
        return data.resolve("admin.pem");
    }
}
