package dev.sloth.cli.debug;

import dev.sloth.lua.debug.Breakpoint;
import dev.sloth.lua.debug.DebugListener;
import dev.sloth.lua.debug.Halt;
import dev.sloth.lua.debug.Reason;
import dev.sloth.lua.debug.Strand;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.IntUnaryOperator;
import org.eclipse.lsp4j.debug.BreakpointEventArguments;
import org.eclipse.lsp4j.debug.BreakpointEventArgumentsReason;
import org.eclipse.lsp4j.debug.ContinuedEventArguments;
import org.eclipse.lsp4j.debug.ExitedEventArguments;
import org.eclipse.lsp4j.debug.OutputEventArguments;
import org.eclipse.lsp4j.debug.OutputEventArgumentsCategory;
import org.eclipse.lsp4j.debug.StoppedEventArguments;
import org.eclipse.lsp4j.debug.StoppedEventArgumentsReason;
import org.eclipse.lsp4j.debug.TerminatedEventArguments;
import org.eclipse.lsp4j.debug.ThreadEventArguments;
import org.eclipse.lsp4j.debug.ThreadEventArgumentsReason;
import org.eclipse.lsp4j.debug.services.IDebugProtocolClient;

/// Tells the editor what happens, and keeps what is stopped.
final class News implements DebugListener {
    private final Map<Integer, Halt> halts = new ConcurrentHashMap<>();
    private final Handles handles;
    private volatile Optional<IDebugProtocolClient> editor = Optional.empty();
    private volatile IntUnaryOperator lines = IntUnaryOperator.identity();

    News(Handles handles) {
        this.handles = handles;
    }

    /// @param called what the client calls a line
    void tell(IDebugProtocolClient client, IntUnaryOperator called) {
        editor = Optional.of(client);
        lines = called;
    }

    /// The editor may say where to stop.
    void ready() {
        editor.ifPresent(IDebugProtocolClient::initialized);
    }

    /// What is stopped, by the number of what was stopped.
    Optional<Halt> halt(int line) {
        return Optional.ofNullable(halts.get(line));
    }

    Collection<Halt> halts() {
        return List.copyOf(halts.values());
    }

    @Override
    public void stopped(Halt halt) {
        halts.put(halt.line().id(), halt);
        var event = new StoppedEventArguments();
        event.setThreadId(halt.line().id());
        // the rest of its state stands still, everything else goes on
        event.setAllThreadsStopped(false);
        reason(halt.reason(), event);
        editor.ifPresent(e -> e.stopped(event));
    }

    private static void reason(Reason reason, StoppedEventArguments event) {
        switch (reason) {
            case Reason.Entry _ -> event.setReason(StoppedEventArgumentsReason.ENTRY);
            case Reason.Stepped _ -> event.setReason(StoppedEventArgumentsReason.STEP);
            case Reason.Paused _ -> event.setReason(StoppedEventArgumentsReason.PAUSE);
            case Reason.Hit(var breakpoints, var trouble) -> {
                event.setReason(StoppedEventArgumentsReason.BREAKPOINT);
                event.setHitBreakpointIds(breakpoints.toArray(Integer[]::new));
                if (!trouble.isEmpty()) {
                    event.setDescription("Stopped: a condition failed");
                    event.setText(trouble);
                }
            }
            case Reason.Raised(var message) -> {
                event.setReason(StoppedEventArgumentsReason.EXCEPTION);
                event.setDescription("Stopped on an error");
                event.setText(message);
            }
        }
    }

    @Override
    public void wentOn(Halt halt) {
        halts.remove(halt.line().id(), halt);
        handles.forget(halt);
        var event = new ContinuedEventArguments();
        event.setThreadId(halt.line().id());
        event.setAllThreadsContinued(false);
        editor.ifPresent(e -> e.continued(event));
    }

    @Override
    public void placed(Breakpoint.Placed breakpoint) {
        var event = new BreakpointEventArguments();
        event.setReason(BreakpointEventArgumentsReason.CHANGED);
        event.setBreakpoint(shown(breakpoint));
        editor.ifPresent(e -> e.breakpoint(event));
    }

    org.eclipse.lsp4j.debug.Breakpoint shown(Breakpoint.Placed placed) {
        var shown = new org.eclipse.lsp4j.debug.Breakpoint();
        shown.setId(placed.id());
        shown.setVerified(placed.line().isPresent());
        placed.line().ifPresent(line -> shown.setLine(lines.applyAsInt(line)));
        if (!placed.why().isEmpty()) {
            shown.setMessage(placed.why());
        }
        return shown;
    }

    @Override
    public void said(String text, String chunk, int line) {
        say(OutputEventArgumentsCategory.CONSOLE, chunk + ":" + line + ": " + text + "\n");
    }

    /// A message of the editor was left out.
    void leftOut(String why) {
        say(
                OutputEventArgumentsCategory.CONSOLE,
                "a message of the editor was left out: " + why + "\n");
    }

    /// Shows a text.
    ///
    /// @param category where, as the protocol calls it
    void say(String category, String text) {
        var event = new OutputEventArguments();
        event.setCategory(category);
        event.setOutput(text);
        editor.ifPresent(e -> e.output(event));
    }

    @Override
    public void began(Strand.Line line) {
        thread(line, ThreadEventArgumentsReason.STARTED);
    }

    @Override
    public void ended(Strand.Line line) {
        thread(line, ThreadEventArgumentsReason.EXITED);
    }

    private void thread(Strand.Line line, String reason) {
        var event = new ThreadEventArguments();
        event.setThreadId(line.id());
        event.setReason(reason);
        editor.ifPresent(e -> e.thread(event));
    }

    /// What was debugged has ended.
    void over(int exitCode) {
        var exited = new ExitedEventArguments();
        exited.setExitCode(exitCode);
        editor.ifPresent(e -> {
            e.exited(exited);
            e.terminated(new TerminatedEventArguments());
        });
    }
}
