package dev.sloth.master.session;

/// Whether an agent is to be given work, and if not, why.
public enum Readiness {
    READY("ready"),
    AWAY("-"),
    /// It ends what it has.
    DRAINING("draining"),
    /// More than a minute from ours.
    CLOCK_OFF("clock off");

    private final String word;

    Readiness(String word) {
        this.word = word;
    }

    /// For people.
    public String word() {
        return word;
    }
}
