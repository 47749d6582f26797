package dev.sloth.cli;

/// What the program tells the one who started it; `docs/cli.md` lists them.
final class Exit {
    static final int OK = 0;

    /// The run failed.
    static final int FAILED = 1;

    /// Wrong use, or input that cannot be used: nothing ran.
    static final int WRONG = 2;

    /// A fault of ours; the number is `EX_SOFTWARE` of sysexits.h.
    static final int FAULT = 70;

    /// Ended by Ctrl-C: 128 + SIGINT.
    static final int CANCELLED = 130;

    private Exit() {}
}
