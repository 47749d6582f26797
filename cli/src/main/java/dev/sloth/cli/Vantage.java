package dev.sloth.cli;

/// From where a run is followed.
///
/// @param delegated whether agents do its tasks
/// @param options that a command about the run needs besides, with a space before; may be empty
record Vantage(boolean delegated, String options) {
    /// Of a run that this process drives.
    static final Vantage OWN = new Vantage(false, "");

    /// How a command about the run goes on that this one names.
    String command(String words) {
        return "`%s %s%s`".formatted(Commands.PROGRAM, words, options);
    }
}
