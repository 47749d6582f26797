package dev.sloth.core.run;

/// How the run has gone so far.
///
/// @param status what it will end as
/// @param message the first thing that went wrong; empty while nothing has
/// @param previousFailed whether the last stage that was not skipped failed
/// @param aborting whether a failed stage keeps ordinary stages from running
/// @param stopped whether nothing new starts at all
public record Verdict(
        RunStatus status,
        String message,
        boolean previousFailed,
        boolean aborting,
        boolean stopped) {
    static final Verdict FINE = new Verdict(RunStatus.SUCCEEDED, "", false, false, false);

    boolean success() {
        return status == RunStatus.SUCCEEDED;
    }

    /// The first failure gives the message; a stop keeps its own.
    Verdict failed(String why) {
        return success()
                ? new Verdict(RunStatus.FAILED, why, previousFailed, aborting, stopped)
                : this;
    }

    Verdict stopped(RunStatus as, String why) {
        return new Verdict(as, why, previousFailed, aborting, true);
    }

    Verdict stageEnded(boolean failed, boolean aborts) {
        return new Verdict(status, message, failed, aborting || (failed && aborts), stopped);
    }
}
