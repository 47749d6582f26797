package dev.sloth.wire;

import dev.sloth.api.workflow.FileTrouble;
import dev.sloth.api.workflow.Problem;
import dev.sloth.api.workflow.Problems;
import dev.sloth.api.workflow.Span;
import java.io.IOException;

/// What can go wrong between two sides before one of them has understood the other.
public final class WireProblems {
    /// Nobody answers.
    public static final String UNREACHABLE = "SLOTH-4701";

    /// Whoever answers is not the master that is meant.
    public static final String NOT_OUR_MASTER = "SLOTH-4702";

    /// The text is no join token.
    public static final String NO_TOKEN = "SLOTH-4703";

    /// The protocol of the other side is too old, or too new.
    public static final String OTHER_VERSION = "SLOTH-4709";

    /// The certificate of the caller is not one of this master's.
    public static final String STRANGER = "SLOTH-4710";

    public static final String CERTIFICATE_OVER = "SLOTH-4726";

    /// A file with a key or a certificate cannot be used.
    public static final String UNUSABLE_FILE = "SLOTH-4714";

    /// A disk has no room, as of the store of a master.
    public static final String FULL = "SLOTH-4104";

    /// The text names no master.
    public static final String NO_ADDRESS = "SLOTH-4715";

    /// The request for a certificate cannot be read or is not signed with its own key.
    public static final String BAD_REQUEST = "SLOTH-4716";

    /// The master has a fault.
    public static final String MASTER_FAULT = "SLOTH-4719";

    /// The clock of an agent is too far from the master's.
    public static final String CLOCK_OFF = "SLOTH-4729";

    /// The order that something is asked for is none of the caller's.
    public static final String NOT_ITS_ORDER = "SLOTH-4741";

    /// Who came does not speak TLS as we do.
    public static final String NO_TLS = "SLOTH-4736";

    /// More is refused, from more places, than is told apart.
    public static final String MUCH_REFUSED = "SLOTH-4737";

    /// What the other side said cannot be read.
    public static final String UNREADABLE = "SLOTH-4760";

    /// What is asked for at once is more than the master takes.
    public static final String TOO_LARGE = "SLOTH-4761";

    /// No agent is as somebody wants it.
    public static final String NOBODY_SELECTED = "SLOTH-4762";

    /// A command that cannot be one.
    public static final String COMMAND_REFUSED = "SLOTH-4764";

    /// The agent that something is asked of is not connected.
    public static final String AGENT_AWAY = "SLOTH-4765";

    /// The agent that something is asked of does not answer.
    public static final String AGENT_SILENT = "SLOTH-4766";

    /// The code of a hook is none that a task on an agent may add.
    public static final String FOREIGN_HOOK = "SLOTH-4767";

    /// Something is done for a run of which nobody knows who submitted it.
    public static final String NOBODY_SUBMITTED = "SLOTH-4768";

    /// A hook is refused for what it is, as it is where hooks are kept.
    public static final String HOOK_REFUSED = "SLOTH-4769";

    private WireProblems() {}

    public static Problem problem(String code, String cause, String remedy) {
        return new Problem(code, cause, Span.NOWHERE, remedy);
    }

    public static Problems of(String code, String cause, String remedy) {
        return new Problems(problem(code, cause, remedy));
    }

    /// A file or folder of ours that cannot be used for now, or until somebody does something.
    ///
    /// @param what such as `the file x cannot be written`
    /// @param remedy when it is not for want of room
    public static Problems unusable(String what, IOException why, String remedy) {
        var cause = what + ": " + FileTrouble.words(why);
        return FileTrouble.isFull(why)
                ? of(FULL, cause, "make room on its disk, then try again")
                : of(UNUSABLE_FILE, cause, remedy);
    }

    /// What the other side said of shared state cannot be read.
    public static Problems unreadable(String why) {
        return of(
                UNREADABLE,
                "what was said of shared state cannot be read: " + why,
                "use the same version of sloth-runner on both sides");
    }
}
