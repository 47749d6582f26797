package dev.sloth.core.run;

import java.util.List;

/// One run, driven by inputs. Events reach the journal before their commands are given out: what
/// was done is always known. When the journal refuses, nothing has happened, and the same input may
/// be given again. Used by one thread at a time.
public final class Conductor {
    private final Journal journal;
    private RunState state;

    /// Goes on where the journal ends, or begins when it is empty.
    public Conductor(Journal journal) {
        this.journal = journal;
        this.state = RunEngine.evolve(RunEngine.start(), journal.read());
    }

    /// What came of an input.
    ///
    /// @param events kept already
    /// @param commands to be carried out now, in order
    public record Step(List<RunEvent> events, List<RunCommand> commands) {}

    public Step accept(RunInput input) {
        var events = RunEngine.decide(state, input);
        if (events.isEmpty()) {
            return new Step(events, List.of());
        }
        journal.append(events);
        state = RunEngine.evolve(state, events);
        return new Step(events, RunEngine.commands(state, events));
    }

    public RunState state() {
        return state;
    }

    /// Whether nothing more will come of the run.
    public boolean ended() {
        return state.status().ended();
    }
}
