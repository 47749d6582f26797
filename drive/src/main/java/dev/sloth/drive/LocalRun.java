package dev.sloth.drive;

import dev.sloth.api.workflow.Assignment;
import dev.sloth.api.workflow.Outcome;
import dev.sloth.api.workflow.Span;
import dev.sloth.core.run.Answer;
import dev.sloth.core.run.Conductor;
import dev.sloth.core.run.Driver;
import dev.sloth.core.run.Journal;
import dev.sloth.core.run.RunCommand;
import dev.sloth.core.run.RunEvent;
import dev.sloth.core.run.RunInput;
import dev.sloth.core.run.RunReport;
import dev.sloth.core.store.StoreFailure;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;

/// One run, driven in this process by the thread that calls [#run].
public final class LocalRun {
    private static final int FRAMES_MAX = 30;

    /// How many reports are taken in as one step.
    private static final int STEP_MAX = 256;

    private final Hands hands;
    private final RunListener listener;
    private final InstantSource time;
    private final Tenancy tenancy;
    private final Duration endWait;
    private final Driver driver;
    private final Inbox inbox = new Inbox();
    private final Workers workers = new Workers();
    private final AtomicBoolean running = new AtomicBoolean();
    private boolean cancelled;

    /// @param endWait how long hands may take to let go when the run itself cannot go on
    public LocalRun(
            Journal journal,
            Hands hands,
            RunListener listener,
            InstantSource time,
            Tenancy tenancy,
            Duration endWait) {
        this.hands = hands;
        this.listener = listener;
        this.time = time;
        this.tenancy = tenancy;
        this.endWait = endWait;
        this.driver = new Driver(new Conductor(journal), time, this::kept, this::carryOut);
    }

    /// Runs it to its end, or until it waits for somebody's decision, and says what became of it.
    /// May be called once. When the calling thread is interrupted, or the listener fails,
    /// everything that runs is interrupted too and given some time to end. When the store fails, or
    /// memory is out, what runs is left as it is, as if we had been killed: it would count as
    /// cancelled, which nobody wanted, and it may belong to somebody else by now. Whoever resumes
    /// the run finds it.
    ///
    /// @throws dev.sloth.api.workflow.Problems when the workflow asks for what cannot be done here
    public RunReport run(RunInput.Submit submit) throws InterruptedException {
        return drive(() -> driver.accept(List.of(submit)));
    }

    /// Goes on with what the journal holds, as [#run].
    public RunReport resume() throws InterruptedException {
        return drive(driver::resume);
    }

    private void kept(RunEvent event) {
        listener.event(event);
        if (event instanceof RunEvent.AttemptEnded(_, var id, _)) {
            hands.settled(id);
        }
    }

    private RunReport drive(Runnable beginning) throws InterruptedException {
        if (!running.compareAndSet(false, true)) {
            throw new IllegalStateException("a run runs once");
        }
        hands.reportTo(input -> inbox.tell(new Inbox.Letter.Told(input)));
        try {
            beginning.run();
            // At least one look: a run that waits may have been told meanwhile.
            do {
                driver.ring();
                accept(tenancy.look());
                next();
            } while (!over());
        } catch (StoreFailure | OutOfMemoryError e) {
            workers.leave();
            throw e;
        } finally {
            inbox.close();
            workers.end(endWait);
        }
        return RunReport.of(driver.state());
    }

    /// Whether nothing is left to wait for, also of what was asked for and is still under way.
    private boolean over() {
        return driver.over() && (driver.state().status().ended() || workers.idle());
    }

    /// Stops the run; from any thread. The first time, nothing new starts, what runs is cancelled,
    /// and `on_complete` still runs. After that, whatever runs is interrupted at once,
    /// `on_complete` as well. False when so much waits to be looked at that this must be tried
    /// again.
    public boolean cancel(String why) {
        return inbox.offer(new Inbox.Letter.Cancel(why));
    }

    private void next() throws InterruptedException {
        if (over()) {
            return;
        }
        var inputs = new ArrayList<RunInput>();
        for (var letter : inbox.take(patience(), STEP_MAX)) {
            inputs.add(open(letter));
        }
        accept(inputs);
    }

    /// Until the next timer, or the next look at what others want.
    private Duration patience() {
        var now = time.instant();
        var look = tenancy.pace();
        return driver.next()
                .map(due -> Duration.between(now, due))
                .filter(wait -> wait.compareTo(look) < 0)
                .orElse(look);
    }

    private RunInput open(Inbox.Letter letter) {
        return switch (letter) {
            case Inbox.Letter.Report(var work, var input) -> {
                workers.done(work);
                yield input;
            }
            case Inbox.Letter.Told(var input) -> input;
            case Inbox.Letter.Fault(var work, var cause) -> {
                workers.done(work);
                throw cause;
            }
            case Inbox.Letter.Starved(var work, var cause) -> {
                workers.done(work);
                throw cause;
            }
            case Inbox.Letter.Cancel(var why) -> {
                if (cancelled) {
                    workers.interruptAll();
                }
                cancelled = true;
                yield new RunInput.CancelAsked(time.instant(), why);
            }
        };
    }

    private void accept(List<RunInput> inputs) {
        driver.accept(inputs);
        tenancy.kept();
    }

    private void carryOut(RunCommand command) {
        switch (command) {
            case RunCommand.Dispatch(var assignment) -> dispatch(assignment);
            case RunCommand.CancelAttempt(var id) ->
                    workers.interrupt(new Workers.Work.OfAttempt(id));
            case RunCommand.StartTimer e ->
                    throw new IllegalStateException("the driver minds timers: " + e);
            case RunCommand.EvaluateCondition e -> evaluate(e);
            case RunCommand.CancelCondition(var stage) ->
                    workers.interrupt(new Workers.Work.OfCondition(stage));
            case RunCommand.CallHook e -> call(e);
            case RunCommand.CancelHook(var hook) ->
                    workers.interrupt(new Workers.Work.OfHook(hook));
        }
    }

    private void dispatch(Assignment assignment) {
        var id = assignment.id();
        start(
                new Workers.Work.OfAttempt(id),
                () -> {
                    var outcome = outcome(() -> hands.attempt(assignment));
                    return new RunInput.AttemptEnded(time.instant(), id, outcome);
                });
    }

    private void evaluate(RunCommand.EvaluateCondition e) {
        start(
                new Workers.Work.OfCondition(e.stage()),
                () -> new RunInput.ConditionAnswered(time.instant(), e.stage(), answer(e)));
    }

    private void call(RunCommand.CallHook e) {
        var soFar = RunReport.of(driver.state());
        start(
                new Workers.Work.OfHook(e.hook()),
                () -> {
                    var outcome =
                            outcome(() -> hands.hook(e.hook(), e.function(), e.success(), soFar));
                    return new RunInput.HookEnded(time.instant(), e.hook(), outcome);
                });
    }

    /// Reports what came of the work. A store that fails, or a process without memory, is no fault
    /// of the work: nobody may count it as failed.
    private void start(Workers.Work work, Supplier<RunInput> doing) {
        workers.start(
                work,
                () -> {
                    Inbox.Letter letter;
                    try {
                        letter = new Inbox.Letter.Report(work, doing.get());
                    } catch (StoreFailure e) {
                        letter = new Inbox.Letter.Fault(work, e);
                    } catch (OutOfMemoryError e) {
                        letter = new Inbox.Letter.Starved(work, e);
                    }
                    inbox.post(letter);
                });
    }

    @FunctionalInterface
    private interface Act {
        Outcome perform() throws InterruptedException;
    }

    /// Hands that break must not leave the run waiting: their fault becomes the outcome.
    private static Outcome outcome(Act act) {
        try {
            return act.perform();
        } catch (InterruptedException e) {
            return Outcome.ended(Outcome.Status.CANCELLED, "cancelled");
        } catch (StoreFailure | OutOfMemoryError e) {
            throw e;
        } catch (RuntimeException | Error e) {
            return Outcome.failed(
                    "internal error: " + e, new Outcome.Failure(Span.NOWHERE, frames(e)));
        }
    }

    private Answer answer(RunCommand.EvaluateCondition e) {
        try {
            return hands.condition(e.stage(), e.condition());
        } catch (InterruptedException _) {
            return new Answer.Failed("cancelled");
        } catch (StoreFailure | OutOfMemoryError fault) {
            throw fault;
        } catch (RuntimeException | Error fault) {
            return new Answer.Failed("internal error: " + fault + " " + frames(fault));
        }
    }

    private static List<String> frames(Throwable fault) {
        return Arrays.stream(fault.getStackTrace())
                .limit(FRAMES_MAX)
                .map(StackTraceElement::toString)
                .toList();
    }
}
