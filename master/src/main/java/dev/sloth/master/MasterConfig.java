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
/// @param dispatch how long is waited for agents
public record MasterConfig(
        String id,
        String version,
        int port,
        Path data,
        Beats beats,
        Lives lives,
        DispatchLimits dispatch,
        RefusalLimits refusals) {
    /// How many heartbeats may fail to come before a session is over.
    private static final int MISSED_MAX = 3;

    /// When agents are heard of.
    ///
    /// @param every how often they say that they are there
    /// @param jitter how long they wait at most before they come back
    public record Beats(Duration every, Duration jitter) {
        /// Unless said.
        static final Beats DEFAULT = new Beats(Duration.ofSeconds(10), Duration.ofSeconds(3));
    }

    public static MasterConfig of(String version, int port, Path data) {
        return new MasterConfig(
                "main",
                version,
                port,
                data,
                Beats.DEFAULT,
                Lives.DEFAULT,
                DispatchLimits.DEFAULT,
                RefusalLimits.DEFAULT);
    }

    public MasterConfig withPort(int other) {
        return new MasterConfig(id, version, other, data, beats, lives, dispatch, refusals);
    }

    public MasterConfig withBeats(Duration every, Duration jitter) {
        var other = new Beats(every, jitter);
        return new MasterConfig(id, version, port, data, other, lives, dispatch, refusals);
    }

    public MasterConfig withLives(Lives other) {
        return new MasterConfig(id, version, port, data, beats, other, dispatch, refusals);
    }

    /// @param life of the certificates of agents
    public MasterConfig withAgentCertificates(Duration life) {
        return withLives(lives.withAgent(life));
    }

    public MasterConfig withDispatch(DispatchLimits other) {
        return new MasterConfig(id, version, port, data, beats, lives, other, refusals);
    }

    public MasterConfig withRefusals(RefusalLimits other) {
        return new MasterConfig(id, version, port, data, beats, lives, dispatch, other);
    }

    Door.Greeting greeting(long incarnation) {
        return new Door.Greeting(version, id, incarnation, beats.every(), beats.jitter());
    }

    Duration silenceMax() {
        return beats.every().multipliedBy(MISSED_MAX);
    }

    /// The file that holds the administrator's credentials.
    public Path administrator() {
        return data.resolve("admin.pem");
    }
}
