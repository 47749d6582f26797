package dev.sloth.core.run;

import java.util.ArrayList;
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
        this.state = journal.restore();
    }

    /// What came of an input.
    ///
    /// @param events kept already
    /// @param commands to be carried out now, in order
    public record Step(List<RunEvent> events, List<RunCommand> commands) {}

    public Step accept(RunInput input) {
        return accept(List.of(input));
    }

    /// Takes in what came together, in order, and keeps what follows in one go.
    public Step accept(List<RunInput> inputs) {
        var events = new ArrayList<RunEvent>();
        var after = state;
        for (var input : inputs) {
            var more = RunEngine.decide(after, input);
            after = RunEngine.evolve(after, more);
            events.addAll(more);
        }
        if (events.isEmpty()) {
            return new Step(events, List.of());
        }
        journal.append(events, after);
        state = after;
        return new Step(events, RunEngine.commands(state, events));
    }

    /// What a run that was taken over has still to do, to be carried out once before anything else.
    /// Some of it may have been begun by the owner before.
    public List<RunCommand> outstanding() {
        return RunEngine.outstanding(state);
    }

    public RunState state() {
        return state;
    }

    /// Whether nothing more will come of the run.
    public boolean ended() {
        return state.status().ended();
    }
}
