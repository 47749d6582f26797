package dev.sloth.cli;

/// What the program tells the one who started it; `docs/cli.md` lists them.
final class Exit {
    static final int OK = 0;

    /// The run failed.
    static final int FAILED = 1;

    /// Wrong use, or input that cannot be used: nothing ran.
    static final int WRONG = 2;

    /// Somebody else has the say: another process drives the run, or a later version wrote the
    /// store.
    static final int REFUSED = 3;

    /// The store of runs does not work: full, not ours, damaged, busy.
    static final int STORE = 4;

    /// The master does not answer. The same number: something that is needed does not work.
    static final int UNREACHABLE = 4;

    /// A fault of ours; the number is `EX_SOFTWARE` of sysexits.h.
    static final int FAULT = 70;

    /// Ended by Ctrl-C: 128 + SIGINT.
    static final int CANCELLED = 130;

    private Exit() {}
}
