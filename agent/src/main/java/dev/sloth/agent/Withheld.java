package dev.sloth.agent;

import dev.sloth.agent.process.LineSink;
import dev.sloth.api.plugin.Host;
import dev.sloth.api.workflow.AttemptId;
import java.util.concurrent.atomic.AtomicBoolean;

/// Takes the lines of a command of which nobody knows what they must not tell, and says once that
/// there were some.
record Withheld(AttemptId attempt, AttemptOutput output, AtomicBoolean told) implements LineSink {
    private static final String WHY =
            "what the command prints is withheld: the secrets that it was given are not known any more"
                    + " [SLOTH-4517]";

    Withheld(AttemptId attempt, AttemptOutput output) {
        this(attempt, output, new AtomicBoolean());
    }

    /// What takes the lines of a command that an earlier process had begun.
    static LineSink unlessKnown(RunSecrets secrets, AttemptId attempt, AttemptOutput output) {
        return secrets.knowsEarlier()
                ? MaskedSink.over(AttemptSurroundings.own(attempt, output), secrets.mask())
                : new Withheld(attempt, output);
    }

    @Override
    public void line(Stream stream, String line) {
        if (told.compareAndSet(false, true)) {
            output.line(attempt, new Channel.Log(Host.Level.WARN), WHY);
        }
    }
}
