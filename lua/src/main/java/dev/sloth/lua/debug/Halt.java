package dev.sloth.lua.debug;

import dev.sloth.lua.value.LuaState;
import dev.sloth.lua.vm.Sight;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// A script that was stopped: what it is about, and how it goes on. Any thread may ask but the one
/// that was stopped, which answers. Nothing can be asked any more when it has gone on.
public final class Halt {
    /// How much longer than a watch may take an answer is waited for.
    private static final Duration GRACE = Duration.ofSeconds(5);

    private static final Answer UNSEEN =
            new Answer.Failed("nothing can be seen from here: no script runs here");

    private final Strand strand;
    private final LuaState s;
    private final Reason reason;
    private final Strand.Line line;
    private final List<Call> calls;
    private final BlockingQueue<FutureTask<?>> questions = new LinkedBlockingQueue<>();

    // guarded by this
    private boolean over;
    private @Nullable Go go;

    Halt(Strand strand, LuaState s, Reason reason, Strand.Line line, List<Call> calls) {
        this.strand = strand;
        this.s = s;
        this.reason = reason;
        this.line = line;
        this.calls = List.copyOf(calls);
    }

    public Strand strand() {
        return strand;
    }

    /// What was stopped; everything else that runs in its state stands still too.
    public Strand.Line line() {
        return line;
    }

    public Reason reason() {
        return reason;
    }

    /// The calls under way, the innermost first.
    public List<Call> calls() {
        return calls;
    }

    /// The calls of something else that runs in the state.
    ///
    /// @throws Gone when the script went on, or there is nothing of this number
    public List<Call> calls(int lineId) {
        return lineId == line.id() ? calls : ask(() -> strand.calls(lineId));
    }

    /// Some of the variables of a container.
    ///
    /// @throws Gone when the script went on
    public Page variables(Container container, Container.Part part, int start, int count) {
        int most = Math.clamp(count, 1, strand.limits().page());
        return ask(() ->
                new Contents(s, strand.display()).page(container, part, Math.max(0, start), most));
    }

    /// How many variables are in a container that is not a table.
    ///
    /// @throws Gone when the script went on
    public boolean isEmpty(Container container) {
        return variables(container, Container.Part.ALL, 0, 1).variables().isEmpty();
    }

    /// Computes an expression, or runs statements, as if they stood where the call is.
    ///
    /// @throws Gone when the script went on
    public Answer evaluate(Call call, String text) {
        return ask(() -> answered(sightFrom(call), text));
    }

    /// Looks up what a name stands for where the call is, such as `a.b[1]`, without running
    /// anything.
    ///
    /// @throws Gone when the script went on
    public Answer look(Call call, String name) {
        return ask(() -> looked(sightFrom(call), name));
    }

    /// Gives a variable, or an entry of a table, a new value.
    ///
    /// @param text a Lua expression
    /// @throws Gone when the script went on
    public Answer set(Container container, String name, String text) {
        return ask(() -> {
            var variable = new Contents(s, strand.display()).named(container, name);
            if (variable.isEmpty()) {
                return new Answer.Failed("there is no variable '" + name + "'");
            }
            var answer =
                    sightFrom(container.call())
                            .map(sight -> answer(strand.value(sight, text)))
                            .orElse(UNSEEN);
            if (answer instanceof Answer.Value(var value, var _, var _)) {
                variable.get().put(value.d(), value.o());
            }
            return answer;
        });
    }

    /// Lets the script go on.
    ///
    /// @throws Gone when it went on already
    public void resume(Go how) {
        synchronized (this) {
            if (over || go != null) {
                throw new Gone("the script has gone on");
            }
            go = how;
        }
        // wakes it
        questions.add(new FutureTask<>(() -> {}, null));
    }

    /// Waits on the script's own thread and answers meanwhile.
    ///
    /// @throws dev.sloth.lua.value.LuaKilled when the script was killed
    Go await() {
        boolean interrupted = false;
        try {
            while (true) {
                try {
                    questions.take().run();
                } catch (InterruptedException _) {
                    interrupted = true;
                }
                s.fibers().throwIfKilled();
                var wanted = wanted();
                if (wanted.isPresent()) {
                    return wanted.get();
                }
            }
        } finally {
            end();
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private synchronized Optional<Go> wanted() {
        return Optional.ofNullable(go);
    }

    private void end() {
        List<FutureTask<?>> left = new ArrayList<>();
        synchronized (this) {
            over = true;
            questions.drainTo(left);
        }
        left.forEach(question -> question.cancel(false));
    }

    private <T> T ask(Supplier<T> question) {
        var asked = new FutureTask<T>(question::get);
        synchronized (this) {
            if (over) {
                throw new Gone("the script has gone on");
            }
            questions.add(asked);
        }
        try {
            // a watch ends by its own limit; what does not even hear that is not waited for
            return asked.get(
                    strand.limits().watchTime().plus(GRACE).toNanos(), TimeUnit.NANOSECONDS);
        } catch (CancellationException _) {
            throw new Gone("the script has gone on");
        } catch (TimeoutException _) {
            throw new Gone("the script does not answer: what it was asked before takes its time");
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
            throw new Gone("interrupted");
        } catch (ExecutionException e) {
            throw failed(e);
        }
    }

    private static Gone failed(ExecutionException e) {
        if (e.getCause() instanceof Gone gone) {
            return gone;
        }
        var failed = new Gone("the script cannot answer: " + e.getCause());
        failed.initCause(e);
        return failed;
    }

    private Answer answered(Optional<Sight> sight, String text) {
        return sight.map(from -> answer(strand.watch(from, text))).orElse(UNSEEN);
    }

    private Answer answer(Watch.Outcome outcome) {
        return switch (outcome) {
            case Watch.Outcome.Failed(var message) -> new Answer.Failed(strand.hidden(message));
            case Watch.Outcome.Values(var values) -> strand.shown(values);
        };
    }

    private Answer looked(Optional<Sight> sight, String name) {
        if (sight.isEmpty()) {
            return UNSEEN;
        }
        return switch (Glance.at(s, sight.get(), name)) {
            case Glance.Outcome.Refused(var why) -> new Answer.Failed(strand.hidden(why));
            case Glance.Outcome.Value(var value) -> strand.shown(value);
        };
    }

    /// A function of the host sees what its caller does.
    private Optional<Sight> sightFrom(Call call) {
        int at = Math.max(0, calls.indexOf(call));
        return call.sight()
                .or(() ->
                        calls.subList(at, calls.size()).stream()
                                .flatMap(c -> c.sight().stream())
                                .findFirst());
    }
}
