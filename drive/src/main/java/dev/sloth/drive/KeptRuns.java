package dev.sloth.drive;

import dev.sloth.api.workflow.Problem;
import dev.sloth.api.workflow.Problems;
import dev.sloth.api.workflow.RunId;
import dev.sloth.api.workflow.Span;
import dev.sloth.core.store.Claim;
import dev.sloth.core.store.Claiming;
import dev.sloth.core.store.Owner;
import dev.sloth.core.store.RequestStore;
import dev.sloth.core.store.RunStore.Fate;
import dev.sloth.core.store.Store;
import dev.sloth.core.store.StoreFailure;
import java.time.InstantSource;

/// A store of runs as this process sees it: who we are there, and whose runs we may take over.
public final class KeptRuns implements AutoCloseable {
    /// The code of a run that somebody else drives.
    public static final String HELD = "SLOTH-4002";

    private static final System.Logger LOG = System.getLogger(KeptRuns.class.getName());

    private final Store store;
    private final Owner owner;
    private final Fate fate;
    private final InstantSource time;

    /// @param owner this process
    /// @param fate what is known of others
    public KeptRuns(Store store, Owner owner, Fate fate, InstantSource time) {
        this.store = store;
        this.owner = owner;
        this.fate = fate;
        this.time = time;
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
        return claim(run, fate);
    }

    /// Takes over a run that nobody drives, or that was ours and could neither go on nor be given
    /// back, as when the disk was full. Whoever asks knows that no thread of ours drives it.
    ///
    /// @throws Problems when somebody does, or there is nothing to drive
    public Claim claimAgain(RunId run) {
        return claim(run, other -> other.equals(owner) ? Fate.Verdict.GONE : fate.of(other));
    }

    private Claim claim(RunId run, Fate known) {
        var claiming = store.runs().claim(run, owner, time.instant(), Lease.TTL, known);
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

    /// Whether somebody wants it cancelled, which it has not heard yet.
    public boolean isAskedToEnd(RunId run) {
        return store.requests().of(run).stream()
                .anyMatch(request -> request.kind() == RequestStore.Request.Kind.CANCEL);
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

    /// What is known of another owner.
    public Fate.Verdict fate(Owner other) {
        return fate.of(other);
    }

    @Override
    public void close() {
        store.close();
    }
}
