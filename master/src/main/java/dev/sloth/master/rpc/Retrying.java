package dev.sloth.master.rpc;

import dev.sloth.api.workflow.RunId;
import dev.sloth.core.journal.EarlierRun;
import dev.sloth.core.journal.RunHistory;
import dev.sloth.core.store.NewRun;
import dev.sloth.core.store.RunRow;
import dev.sloth.core.store.Store;
import dev.sloth.core.store.StoreFailure;
import dev.sloth.master.afar.RunLimits;
import dev.sloth.master.afar.RunMessages;
import dev.sloth.master.afar.RunProblems;
import dev.sloth.master.run.CommandRun;
import dev.sloth.master.run.Submission;
import dev.sloth.wire.WireProblems;
import dev.sloth.wire.proto.RetryRequest;
import java.util.List;

/// Submits what an earlier run was made of once more. All of it is what the store has of that run:
/// whoever asks says only which one, and from where on.
final class Retrying {
    /// As a store says it of a run that it does not have.
    private static final String UNKNOWN = "SLOTH-4001";

    private final Store store;
    private final Submitting submitting;

    Retrying(Store store, Submitting submitting) {
        this.store = store;
        this.submitting = submitting;
    }

    /// Whether it is a run that was not there before.
    ///
    /// @param by who asks for it
    boolean submitted(RetryRequest asked, String by) {
        var run = Intake.newRun(asked.getRun());
        var earlier = RunMessages.run(asked.getEarlier());
        if (asked.getFrom().length() > RunLimits.LABEL_LENGTH_MAX) {
            throw RunProblems.noQuestion("no task is called as long as that");
        }
        if (store.runs().find(run).isPresent()) {
            return same(run, earlier);
        }
        try {
            submitting.submit(wanted(run, found(earlier), asked.getFrom(), by));
            return true;
        } catch (StoreFailure e) {
            if (e.reason() != StoreFailure.Reason.TAKEN) {
                throw e;
            }
            // Asked for twice at the same time.
            return same(run, earlier);
        }
    }

    private RunRow found(RunId earlier) {
        var row =
                store.runs()
                        .find(earlier)
                        .orElseThrow(() ->
                                WireProblems.of(
                                        UNKNOWN,
                                        "there is no run " + RunProblems.shown(earlier.text()),
                                        "`sloth-runner runs list` of this master (--master) shows those that"
                                                + " are kept"));
        // Who may have runs done need not be one who may have commands done, and the audit log says
        // of each command whom it was for.
        if (CommandRun.is(row)) {
            throw WireProblems.of(
                    WireProblems.COMMAND_REFUSED,
                    "run %s is a command, which is not tried again as a run".formatted(row.id()),
                    "have the agents do it that are to: `sloth-runner agent exec`");
        }
        return row;
    }

    private Submission wanted(RunId run, RunRow row, String from, String by) {
        var earlier =
                EarlierRun.of(
                        store.runs(), row, "wait for its end, or cancel it: `runs cancel` does");
        var reuse = from.isEmpty() ? earlier.rest() : earlier.from(from);
        earlier.assureTexts(store.runs());
        return new Submission(
                run,
                earlier.workflow(),
                earlier.values(),
                row.script(),
                row.labels(),
                row.files(),
                List.of(),
                new NewRun.Cause.Asked(by),
                reuse);
    }

    /// False: it was there. Another run of the same id is refused.
    private boolean same(RunId run, RunId earlier) {
        if (new RunHistory(store.runs(), run).submitted().reuse().from().equals(earlier)) {
            return false;
        }
        throw new StoreFailure(StoreFailure.Reason.TAKEN, "there is another run " + run);
    }
}
