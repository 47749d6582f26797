package dev.sloth.cli;

import dev.sloth.api.state.StateRefusal;
import dev.sloth.api.workflow.Problem;
import dev.sloth.api.workflow.Problems;
import dev.sloth.api.workflow.Span;

/// What a refusal of shared state means to the one who called: a code for each reason, what to do,
/// and the exit code.
final class StateProblems {
    private static final String ABSENT = "SLOTH-4208";
    private static final String PRESENT = "SLOTH-4209";
    private static final String UNREADABLE = "SLOTH-4210";

    private StateProblems() {}

    static Problem problem(StateRefusal refusal) {
        return switch (refusal.reason()) {
            case WRONG ->
                    of(
                            "SLOTH-4201",
                            refusal,
                            "`sloth-runner state --help` shows what can be asked");
            case TYPE ->
                    of(
                            "SLOTH-4202",
                            refusal,
                            "`sloth-runner state list -l` shows the type of each key");
            case QUOTA ->
                    of(
                            "SLOTH-4203",
                            refusal,
                            "`sloth-runner state stats` shows what is used; `sloth-runner state"
                                    + " delete` makes room");
            case STALE ->
                    of(
                            "SLOTH-4204",
                            refusal,
                            "`sloth-runner state locks` shows who holds what; nothing was changed");
            case HELD ->
                    of("SLOTH-4205", refusal, "`sloth-runner state locks` shows who holds what");
            case FORGOTTEN ->
                    of(
                            "SLOTH-4206",
                            refusal,
                            "ask for a later time; the setting state.history says how long changes"
                                    + " are remembered");
            case CONFLICT -> of("SLOTH-4207", refusal, "run the command again");
            case AWAY ->
                    of(
                            "SLOTH-4701",
                            refusal,
                            "see whether `sloth-runner master` runs, then run the command again");
        };
    }

    private static Problem of(String code, StateRefusal refusal, String remedy) {
        return new Problem(code, String.valueOf(refusal.getMessage()), Span.NOWHERE, remedy);
    }

    static int exit(StateRefusal refusal) {
        return switch (refusal.reason()) {
            case WRONG, TYPE -> Exit.WRONG;
            case QUOTA, STALE, HELD, FORGOTTEN, CONFLICT -> Exit.FAILED;
            case AWAY -> Exit.UNREACHABLE;
        };
    }

    /// There is no such key, or nobody holds such a lock.
    static Problems absent(String message, String remedy) {
        return new Problems(new Problem(ABSENT, message, Span.NOWHERE, remedy));
    }

    static Problems present(String message, String remedy) {
        return new Problems(new Problem(PRESENT, message, Span.NOWHERE, remedy));
    }

    /// What should be imported cannot be.
    static Problems unreadable(String message, String remedy) {
        return new Problems(new Problem(UNREADABLE, message, Span.NOWHERE, remedy));
    }

    /// Whether the question was well put and this is the answer.
    static boolean isAnswer(Problem problem) {
        return problem.code().equals(ABSENT) || problem.code().equals(PRESENT);
    }
}
