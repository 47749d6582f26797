package dev.sloth.core.store;

import dev.sloth.api.workflow.RunId;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/// A run as it is submitted.
///
/// @param workflow its name
/// @param script the script's path as the user knows it
/// @param labels for people and filters
/// @param files what the script was made of: the script first, then imports and values
/// @param contents the texts that `files` and the first chapter speak of
/// @param owner who drives it
/// @param leaseUntil until when without a renewal
/// @param cause what made it
public record NewRun(
        RunId id,
        String workflow,
        String script,
        Instant submittedAt,
        Map<String, String> labels,
        List<RunFile> files,
        List<Content> contents,
        Owner owner,
        Instant leaseUntil,
        Cause cause) {
    /// The label of a run that a hook has started: what led to it, the first cause first, with
    /// [#THEN] between them.
    public static final String BECAUSE = "because";

    public static final String THEN = " > ";

    /// Of a run that somebody asks for.
    public NewRun(
            RunId id,
            String workflow,
            String script,
            Instant submittedAt,
            Map<String, String> labels,
            List<RunFile> files,
            List<Content> contents,
            Owner owner,
            Instant leaseUntil) {
        this(
                id,
                workflow,
                script,
                submittedAt,
                labels,
                files,
                contents,
                owner,
                leaseUntil,
                Cause.Asked.UNSEEN);
    }

    /// What makes a run.
    public sealed interface Cause {
        /// Somebody asks for it.
        ///
        /// @param by who that is, as whoever keeps the run writes it; empty when nobody looked
        record Asked(String by) implements Cause {
            /// By somebody at whom nobody looked, as on their own machine.
            public static final Asked UNSEEN = new Asked("");
        }

        /// A fire of a schedule, which counts as started in the same moment. When it is not ready
        /// any more, or somebody else has taken it, the run is not submitted: the store refuses
        /// with `FENCED`.
        record Fired(FireClaim claim) implements Cause {}
    }

    public NewRun {
        labels = Map.copyOf(labels);
        files = List.copyOf(files);
        contents = List.copyOf(contents);
    }

    /// Who asked for it; empty when nobody looked, or nobody did.
    public String askedBy() {
        return switch (cause) {
            case Cause.Asked(var by) -> by;
            case Cause.Fired _ -> "";
        };
    }

    /// The same with other texts.
    public NewRun with(List<Content> other) {
        return new NewRun(
                id, workflow, script, submittedAt, labels, files, other, owner, leaseUntil, cause);
    }

    /// The same for another reason.
    public NewRun causedBy(Cause other) {
        return new NewRun(
                id,
                workflow,
                script,
                submittedAt,
                labels,
                files,
                contents,
                owner,
                leaseUntil,
                other);
    }
}
