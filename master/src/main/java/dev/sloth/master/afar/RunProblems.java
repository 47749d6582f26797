package dev.sloth.master.afar;

import dev.sloth.api.workflow.Problem;
import dev.sloth.api.workflow.Problems;
import dev.sloth.core.store.StoreFailure;
import dev.sloth.core.store.StoreFailure.Reason;
import dev.sloth.wire.WireProblems;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/// What a master says when it cannot answer about runs.
public final class RunProblems {
    /// What is asked for cannot be meant.
    public static final String NO_QUESTION = "SLOTH-4750";

    /// What is submitted speaks of contents that nobody has.
    public static final String LACKING = "SLOTH-4751";

    /// What is submitted cannot be a run, or is too much.
    public static final String NO_SUBMISSION = "SLOTH-4752";

    /// Only the process that keeps the runs can do this.
    public static final String NOT_FROM_AFAR = "SLOTH-4753";

    /// Of what somebody has sent, no more is shown.
    private static final int SHOWN_MAX = 100;

    /// No message that travels is longer.
    private static final int MESSAGE_MAX = 2_000;

    private static final Map<Reason, String> CODES =
            Map.of(
                    Reason.FENCED, "SLOTH-4101",
                    Reason.TAKEN, "SLOTH-4102",
                    Reason.CONFLICT, "SLOTH-4103",
                    Reason.FULL, "SLOTH-4104",
                    Reason.FORBIDDEN, "SLOTH-4105",
                    Reason.DAMAGED, "SLOTH-4106",
                    Reason.NEWER, "SLOTH-4107",
                    Reason.BUSY, "SLOTH-4108",
                    Reason.BROKEN, "SLOTH-4109");

    private static final Map<String, Reason> REASONS =
            CODES.entrySet().stream()
                    .collect(Collectors.toUnmodifiableMap(Map.Entry::getValue, Map.Entry::getKey));

    private RunProblems() {}

    /// What stands in a question that cannot be answered.
    public static Problems noQuestion(String what) {
        return WireProblems.of(
                NO_QUESTION,
                what,
                "use the same version of sloth-runner on both sides, or ask for what can be");
    }

    public static Problems noSubmission(String what, String remedy) {
        return WireProblems.of(NO_SUBMISSION, what, remedy);
    }

    static Problems notFromAfar(String what) {
        return WireProblems.of(
                NOT_FROM_AFAR,
                what + " is not possible from afar",
                "do it on the machine of the master, or without --master for runs of this one");
    }

    /// The beginning of what somebody has sent.
    public static String shown(String text) {
        return text.length() <= SHOWN_MAX ? text : text.substring(0, SHOWN_MAX) + "...";
    }

    /// A failure of the store as it travels.
    public static Problem of(StoreFailure failure) {
        var message = String.valueOf(failure.getMessage());
        return WireProblems.problem(
                CODES.getOrDefault(failure.reason(), WireProblems.MASTER_FAULT),
                message.length() <= MESSAGE_MAX ? message : message.substring(0, MESSAGE_MAX),
                remedy(failure));
    }

    /// A failure that says itself what to do about it has that as its cause.
    private static String remedy(StoreFailure failure) {
        if (failure.getCause() instanceof Problems known) {
            return known.list().getFirst().remedy();
        }
        return switch (failure.reason()) {
            case CONFLICT -> "ask again from the beginning";
            case FULL ->
                    "make room on the disk of the master's folder: it goes on by itself, and what"
                            + " was refused may be asked again";
            case FENCED, TAKEN, FORBIDDEN, DAMAGED, NEWER, BUSY, BROKEN ->
                    "that is the store of the master: look at its machine";
        };
    }

    /// What it was before it travelled.
    static RuntimeException read(Problems problems) {
        var problem = problems.list().getFirst();
        return reason(problem)
                .<RuntimeException>map(
                        reason -> new StoreFailure(reason, problem.message(), problems))
                .orElse(problems);
    }

    /// Why the store of a master failed, when it did.
    public static Optional<Reason> reason(Problem problem) {
        return Optional.ofNullable(REASONS.get(problem.code()));
    }
}
