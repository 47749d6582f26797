package dev.sloth.master.rpc;

import dev.sloth.api.workflow.Problem;
import dev.sloth.api.workflow.RunId;
import dev.sloth.core.store.RunStore;
import dev.sloth.wire.WireProblems;
import dev.sloth.wire.proto.Permission;
import java.util.Optional;

/// What those who submitted runs may do at this moment. Who may not is refused, and so is a run of
/// which nobody knows who submitted it.
record Submitters(RunStore runs, People people) {
    private static final String REMEDY =
            "have somebody submit the workflow who may, such as an admin, or look after hooks on the"
                    + " machine of the master (`sloth-runner hook`)";

    /// Why a task of a run may not do what needs a permission; nothing when it may.
    Optional<Problem> refusal(RunId run, Permission needed) {
        var submitter = Submitter.read(runs.askedBy(run));
        if (submitter.isEmpty()) {
            return Optional.of(
                    WireProblems.problem(
                            WireProblems.NOBODY_SUBMITTED,
                            "nobody is known to have submitted the run %s, so its tasks may not look after hooks"
                                    .formatted(run),
                            REMEDY));
        }
        var who = submitter.get().who();
        return people.refusal(needed, who, submitter.get().keyHash())
                .map(why ->
                        WireProblems.problem(
                                why.code(),
                                "the run %s was submitted by %s, who may not look after hooks: %s"
                                        .formatted(run, who.uri(), why.message()),
                                REMEDY));
    }

    /// Who submitted a run, for people.
    String name(RunId run) {
        return Submitter.read(runs.askedBy(run)).map(by -> by.who().uri()).orElse("nobody");
    }
}
