package dev.sloth.agent.process;

/// Variables of ours that commands find as they are here, whatever they start.
public final class Inherited {
    /// The home folder that is in use.
    public static final String HOME = "SLOTH_HOME";

    /// What led to what is done, one cause a line.
    public static final String CAUSES = "SLOTH_EVENT_CAUSES";

    private Inherited() {}
}
