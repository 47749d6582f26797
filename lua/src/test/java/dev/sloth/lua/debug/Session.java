package dev.sloth.lua.debug;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sloth.lua.Lua;
import dev.sloth.lua.Script;
import dev.sloth.lua.value.Args;
import dev.sloth.lua.value.Budget;
import dev.sloth.lua.value.Grants;
import dev.sloth.lua.value.HostFunction;
import dev.sloth.lua.value.LuaNumbers;
import dev.sloth.lua.value.LuaState;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Collectors;

/// Somebody who debugs one script: its breakpoints are the lines that end in `--*`.
final class Session implements AutoCloseable {
    static final String NAME = "a.lua";
    private static final long SECONDS_MAX = 60;

    /// What a session was told besides of halts.
    final List<String> said = Collections.synchronizedList(new ArrayList<>());

    final List<Breakpoint.Placed> placed = Collections.synchronizedList(new ArrayList<>());
    final Debugger debugger;
    final Lua lua;
    private final BlockingQueue<Halt> halts = new LinkedBlockingQueue<>();
    private final BlockingQueue<String> signals = new LinkedBlockingQueue<>();
    private FutureTask<String> run = new FutureTask<>(() -> "not begun");

    Session() {
        this(Budget.DEFAULT);
    }

    Session(Budget budget) {
        this(budget, DebugLimits.DEFAULT);
    }

    Session(Budget budget, DebugLimits limits) {
        debugger = new Debugger(new Listener(), limits);
        lua = Lua.newState(budget, Grants.NONE);
        lua.set("signal", new Signal());
        lua.set("go", new Spawn());
    }

    private final class Listener implements DebugListener {
        @Override
        public void stopped(Halt halt) {
            halts.add(halt);
        }

        @Override
        public void wentOn(Halt halt) {}

        @Override
        public void placed(Breakpoint.Placed breakpoint) {
            placed.add(breakpoint);
        }

        @Override
        public void said(String text, String chunk, int line) {
            said.add(chunk + ":" + line + ": " + text);
        }

        @Override
        public void began(Strand.Line line) {}

        @Override
        public void ended(Strand.Line line) {}
    }

    /// `signal(text)` tells the test that the script has got there.
    private final class Signal extends HostFunction {
        Signal() {
            super("signal");
        }

        @Override
        protected double invoke(LuaState s, Args args) {
            signals.add(args.string(1).toString());
            return s.none();
        }
    }

    /// `go(f, ...)` runs a function beside the others.
    private static final class Spawn extends HostFunction {
        Spawn() {
            super("go");
        }

        @Override
        protected double invoke(LuaState s, Args args) {
            var _ = s.fibers().spawn(args.function(1), args.from(2), _ -> {});
            return s.none();
        }
    }

    /// Runs a script, with breakpoints where it is marked.
    Session run(String text) {
        var lines = text.lines().toList();
        List<Breakpoint> marked = new ArrayList<>();
        for (int i = 0; i < lines.size(); i++) {
            if (lines.get(i).endsWith("--*")) {
                marked.add(Breakpoint.at(i + 1));
            }
        }
        return run(text, marked.toArray(Breakpoint[]::new));
    }

    Session run(String text, Breakpoint... breakpoints) {
        if (breakpoints.length > 0) {
            var _ = debugger.breakpoints(NAME, List.of(breakpoints));
        }
        var compiled = Script.compile(NAME, text.getBytes(StandardCharsets.UTF_8), debugger);
        if (!(compiled instanceof Script.Outcome.Ready(var script))) {
            throw new AssertionError("does not compile: " + compiled);
        }
        run = new FutureTask<>(() -> text(lua.run(script)));
        Thread.ofVirtual().start(run);
        return this;
    }

    private static String text(List<Object> values) {
        return values.stream()
                .map(v -> v instanceof Double d ? LuaNumbers.format(d) : v.toString())
                .collect(Collectors.joining(" "));
    }

    /// Waits until the script is stopped.
    Halt halt() {
        return taken(halts)
                .orElseThrow(() ->
                        new AssertionError("not stopped: " + (run.isDone() ? end() : "runs")));
    }

    /// Waits until it is stopped, and gives the line.
    int line() {
        return halt().calls().getFirst().line();
    }

    /// Lets the halt go on, waits for the next one, and gives its line.
    Halt next(Halt halt, Go go) {
        halt.resume(go);
        return halt();
    }

    /// Takes the same step until the script ends; the lines where it was stopped.
    List<Integer> lines(Halt first, Go go) {
        List<Integer> lines = new ArrayList<>();
        Halt at = first;
        while (true) {
            lines.add(lineOf(at));
            at.resume(go);
            var next = nextOrEnd();
            if (next.isEmpty()) {
                return lines;
            }
            at = next.get();
        }
    }

    /// Waits until the script is stopped or ends.
    Optional<Halt> nextOrEnd() {
        while (true) {
            var halt = halts.poll();
            if (halt != null) {
                return Optional.of(halt);
            }
            if (run.isDone()) {
                return Optional.ofNullable(halts.poll());
            }
            Thread.onSpinWait();
        }
    }

    static int lineOf(Halt halt) {
        return halt.calls().stream().filter(c -> c.line() > 0).findFirst().orElseThrow().line();
    }

    String signal() {
        return taken(signals).orElse("nothing");
    }

    private static <T> Optional<T> taken(BlockingQueue<T> from) {
        try {
            return Optional.ofNullable(from.poll(SECONDS_MAX, TimeUnit.SECONDS));
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    boolean isStopped() {
        return !halts.isEmpty();
    }

    /// What the script has returned, or failed with.
    String end() {
        try {
            return run.get(SECONDS_MAX, TimeUnit.SECONDS);
        } catch (ExecutionException e) {
            var cause = e.getCause();
            return cause == null ? "" : String.valueOf(cause.getMessage());
        } catch (InterruptedException | TimeoutException e) {
            throw new AssertionError(e);
        }
    }

    // ---- looks

    static Page page(Halt halt, Container container) {
        return halt.variables(container, Container.Part.ALL, 0, 1000);
    }

    static String locals(Halt halt) {
        return text(page(halt, new Container.Locals(halt.calls().getFirst())));
    }

    static String upvalues(Halt halt) {
        return text(page(halt, new Container.Upvalues(halt.calls().getFirst())));
    }

    static String varargs(Halt halt) {
        return text(page(halt, new Container.Varargs(halt.calls().getFirst())));
    }

    static String text(Page page) {
        return page.variables().stream()
                .map(v -> v.name() + "=" + v.shown().text())
                .collect(Collectors.joining(" "));
    }

    static String stack(Halt halt) {
        return halt.calls().stream()
                .map(c -> c.name() + ":" + c.line())
                .collect(Collectors.joining(" "));
    }

    static String watch(Halt halt, String text) {
        return said(halt.evaluate(halt.calls().getFirst(), text));
    }

    static String look(Halt halt, String name) {
        return said(halt.look(halt.calls().getFirst(), name));
    }

    static String set(Halt halt, Container container, String name, String value) {
        return said(halt.set(container, name, value));
    }

    static Container locally(Halt halt) {
        return new Container.Locals(halt.calls().getFirst());
    }

    private static String said(Answer answer) {
        return switch (answer) {
            case Answer.Value(var _, var shown, var _) -> shown.text();
            case Answer.Failed(var message) -> "failed: " + message;
        };
    }

    static void hit(Halt halt) {
        assertThat(halt.reason()).isInstanceOf(Reason.Hit.class);
    }

    @Override
    public void close() {
        debugger.close();
        lua.close();
    }
}
