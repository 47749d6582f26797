package dev.sloth.core.run;

import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/// Keeps one run going: gives its inputs to the engine, its events to a listener and its commands
/// to whoever carries them out, and minds its timers. Owns no thread; used by one at a time.
public final class Driver {
    private final Conductor conductor;
    private final InstantSource time;
    private final Consumer<RunEvent> listener;
    private final Consumer<RunCommand> hands;
    private final Alarms alarms = new Alarms();

    /// @param listener is told of events once they are kept
    /// @param hands carries out all commands but `StartTimer`, without waiting for their end
    public Driver(
            Conductor conductor,
            InstantSource time,
            Consumer<RunEvent> listener,
            Consumer<RunCommand> hands) {
        this.conductor = conductor;
        this.time = time;
        this.listener = listener;
        this.hands = hands;
    }

    /// Takes in what came together.
    public void accept(List<RunInput> inputs) {
        if (inputs.isEmpty()) {
            return;
        }
        var step = conductor.accept(inputs);
        step.events().forEach(listener);
        step.commands().forEach(this::carryOut);
    }

    /// Goes on with a run that was driven by somebody else before: once, before anything else.
    public void resume() {
        conductor.outstanding().forEach(this::carryOut);
    }

    private void carryOut(RunCommand command) {
        if (command instanceof RunCommand.StartTimer(var id, var due)) {
            alarms.set(id, due);
            return;
        }
        hands.accept(command);
    }

    /// Lets the timers ring that are due.
    public void ring() {
        var due = alarms.due(time.instant());
        while (due.isPresent() && !over()) {
            accept(List.of(new RunInput.TimerFired(time.instant(), due.get())));
            due = alarms.due(time.instant());
        }
    }

    /// When [#ring] has something to do.
    public Optional<Instant> next() {
        return alarms.next();
    }

    public RunState state() {
        return conductor.state();
    }

    /// Whether nothing more comes by itself: the run has ended, or waits for a decision.
    public boolean over() {
        return state().status() != RunStatus.RUNNING;
    }
}
