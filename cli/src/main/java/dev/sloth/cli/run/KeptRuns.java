package dev.sloth.cli.run;

import dev.sloth.agent.process.ProcessIdentity;
import dev.sloth.api.workflow.Problem;
import dev.sloth.api.workflow.Problems;
import dev.sloth.api.workflow.RunId;
import dev.sloth.api.workflow.Span;
import dev.sloth.core.store.Claim;
import dev.sloth.core.store.Claiming;
import dev.sloth.core.store.Owner;
import dev.sloth.core.store.RunStore.Fate;
import dev.sloth.core.store.Store;
import dev.sloth.core.store.StoreFailure;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.InstantSource;

/// A store of runs as this process sees it: who we are there, and whose runs we may take over.
public final class KeptRuns implements AutoCloseable {
    /// The code of a run that somebody else drives.
    public static final String HELD = "SLOTH-4002";

    private static final System.Logger LOG = System.getLogger(KeptRuns.class.getName());

    private final Store store;
    private final Owner owner;
    private final InstantSource time;

    public KeptRuns(Store store, InstantSource time) {
        this.store = store;
        this.time = time;
        this.owner = here();
    }

    private static Owner here() {
        try {
            var identity = ProcessIdentity.here();
            return new Owner(host(), identity.boot(), identity.pid(), identity.started());
        } catch (IOException e) {
            throw new UncheckedIOException("cannot tell which process this is", e);
        }
    }

    private static String host() {
        try {
            return InetAddress.getLocalHost().getHostName().replace('/', '_');
        } catch (UnknownHostException e) {
            // Only people read it: a machine without a name is still told by its boot.
            return "localhost";
        }
    }

    public Store store() {
        return store;
    }

    public Owner owner() {
        return owner;
    }

    /// Takes over a run that nobody drives.
    ///
    /// @throws Problems when somebody does, or there is nothing to drive
    public Claim claim(RunId run) {
        var claiming = store.runs().claim(run, owner, time.instant(), Lease.TTL, KeptRuns::fate);
        return switch (claiming) {
            case Claiming.Granted(var claim) -> claim;
            case Claiming.Held(var by, _) ->
                    throw wrong(
                            HELD,
                            "run %s is driven by %s".formatted(run, by),
                            "Wait for it, or stop it with `sloth-runner runs cancel " + run + "`.");
            case Claiming.Over() ->
                    throw wrong(
                            "SLOTH-4003",
                            "run %s has ended already".formatted(run),
                            "`sloth-runner runs retry " + run + "` starts it again.");
            case Claiming.Unknown() ->
                    throw wrong(
                            "SLOTH-4001",
                            "there is no run " + run,
                            "`sloth-runner runs list` shows those that are kept.");
        };
    }

    /// Gives a run back, unless somebody has it by then.
    public void leave(Claim claim) {
        try {
            store.runs().release(claim);
        } catch (StoreFailure e) {
            // The lease ends by itself, and a run that was taken over is not ours to give.
            LOG.log(System.Logger.Level.DEBUG, "run " + claim.run() + " is not released", e);
        }
    }

    private static Problems wrong(String code, String message, String remedy) {
        return new Problems(new Problem(code, message, Span.NOWHERE, remedy));
    }

    /// What is known of another owner: a process of this machine either lives or does not.
    public static Fate.Verdict fate(Owner other) {
        var identity = new ProcessIdentity(other.boot(), other.pid(), other.started());
        try {
            return switch (identity.presence()) {
                case ALIVE -> Fate.Verdict.ALIVE;
                case GONE -> Fate.Verdict.GONE;
                case UNKNOWN -> Fate.Verdict.UNKNOWN;
            };
        } catch (IOException e) {
            throw new UncheckedIOException("cannot look at the processes of this machine", e);
        }
    }

    @Override
    public void close() {
        store.close();
    }
}
