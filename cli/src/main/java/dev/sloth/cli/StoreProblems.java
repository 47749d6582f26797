package dev.sloth.cli;

import dev.sloth.api.workflow.Problem;
import dev.sloth.api.workflow.Problems;
import dev.sloth.api.workflow.Span;
import dev.sloth.core.store.StoreFailure;
import java.util.List;
import java.util.stream.Collectors;

/// What a failing store means to the one who called: a code for each reason, what to do, and the
/// exit code.
final class StoreProblems {
    private static final String DAMAGED = "SLOTH-4106";

    /// How many damaged parts are told of.
    private static final int PARTS_MAX = 10;

    private StoreProblems() {}

    /// A failure that says itself what to do about it has that as its cause.
    static Problem problem(StoreFailure failure) {
        return failure.getCause() instanceof Problems known
                ? known.list().getFirst()
                : ofReason(failure);
    }

    private static Problem ofReason(StoreFailure failure) {
        return switch (failure.reason()) {
            case FENCED ->
                    of(
                            "SLOTH-4101",
                            failure,
                            "another process drives the run now; `sloth-runner runs list` shows"
                                    + " how it goes");
            case TAKEN -> of("SLOTH-4102", failure, "run the command again");
            case CONFLICT ->
                    of(
                            "SLOTH-4103",
                            failure,
                            "run the command again; when it comes back, please report it");
            case FULL ->
                    of(
                            "SLOTH-4104",
                            failure,
                            "make room, such as with `sloth-runner gc`, then `sloth-runner resume`"
                                    + " goes on with what was under way");
            case FORBIDDEN ->
                    of(
                            "SLOTH-4105",
                            failure,
                            "the folder SLOTH_HOME (~/.sloth-runner unless set) and all in it must"
                                    + " be yours to read and write, and not on a file system that"
                                    + " is mounted read-only");
            case DAMAGED ->
                    of(
                            DAMAGED,
                            failure,
                            "look after the disk; bring SLOTH_HOME back from a copy, or move it"
                                    + " away to begin anew");
            case NEWER ->
                    of(
                            "SLOTH-4107",
                            failure,
                            "use the version that wrote it, or another SLOTH_HOME; nothing was"
                                    + " changed");
            case BUSY ->
                    of(
                            "SLOTH-4108",
                            failure,
                            "end other processes that hold the files in SLOTH_HOME, or wait for"
                                    + " them, then try again");
            case BROKEN ->
                    of("SLOTH-4109", failure, "try again with -v, which shows where it failed");
        };
    }

    /// Parts of the store that are damaged while the rest of it is well.
    static StoreFailure damaged(List<String> parts, String remedy) {
        int more = parts.size() - PARTS_MAX;
        var message =
                parts.stream()
                                .limit(PARTS_MAX)
                                .map(part -> part.replaceFirst("\\.$", ""))
                                .collect(Collectors.joining("; "))
                        + (more > 0 ? "; and " + more + " more" : "");
        var problem = new Problem(DAMAGED, message, Span.NOWHERE, remedy);
        return new StoreFailure(StoreFailure.Reason.DAMAGED, message, new Problems(problem));
    }

    private static Problem of(String code, StoreFailure failure, String remedy) {
        return new Problem(code, String.valueOf(failure.getMessage()), Span.NOWHERE, remedy);
    }

    static int exit(StoreFailure.Reason reason) {
        return switch (reason) {
            case FENCED, NEWER -> Exit.REFUSED;
            case TAKEN, CONFLICT, FULL, FORBIDDEN, DAMAGED, BUSY, BROKEN -> Exit.STORE;
        };
    }
}
