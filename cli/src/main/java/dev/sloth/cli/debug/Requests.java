package dev.sloth.cli.debug;

import dev.sloth.lua.debug.Breakpoint;
import dev.sloth.lua.debug.Debugger;
import dev.sloth.lua.debug.ErrorStops;
import dev.sloth.lua.debug.Go;
import dev.sloth.lua.debug.Gone;
import dev.sloth.lua.debug.Reason;
import dev.sloth.lua.debug.Strand;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.eclipse.lsp4j.debug.Capabilities;
import org.eclipse.lsp4j.debug.ConfigurationDoneArguments;
import org.eclipse.lsp4j.debug.ContinueArguments;
import org.eclipse.lsp4j.debug.ContinueResponse;
import org.eclipse.lsp4j.debug.DisconnectArguments;
import org.eclipse.lsp4j.debug.EvaluateArguments;
import org.eclipse.lsp4j.debug.EvaluateResponse;
import org.eclipse.lsp4j.debug.ExceptionBreakMode;
import org.eclipse.lsp4j.debug.ExceptionBreakpointsFilter;
import org.eclipse.lsp4j.debug.ExceptionInfoArguments;
import org.eclipse.lsp4j.debug.ExceptionInfoResponse;
import org.eclipse.lsp4j.debug.InitializeRequestArguments;
import org.eclipse.lsp4j.debug.NextArguments;
import org.eclipse.lsp4j.debug.PauseArguments;
import org.eclipse.lsp4j.debug.Scope;
import org.eclipse.lsp4j.debug.ScopesArguments;
import org.eclipse.lsp4j.debug.ScopesResponse;
import org.eclipse.lsp4j.debug.SetBreakpointsArguments;
import org.eclipse.lsp4j.debug.SetBreakpointsResponse;
import org.eclipse.lsp4j.debug.SetExceptionBreakpointsArguments;
import org.eclipse.lsp4j.debug.SetExceptionBreakpointsResponse;
import org.eclipse.lsp4j.debug.SetExpressionArguments;
import org.eclipse.lsp4j.debug.SetExpressionResponse;
import org.eclipse.lsp4j.debug.SetVariableArguments;
import org.eclipse.lsp4j.debug.SetVariableResponse;
import org.eclipse.lsp4j.debug.SourceBreakpoint;
import org.eclipse.lsp4j.debug.StackTraceArguments;
import org.eclipse.lsp4j.debug.StackTraceResponse;
import org.eclipse.lsp4j.debug.StepInArguments;
import org.eclipse.lsp4j.debug.StepOutArguments;
import org.eclipse.lsp4j.debug.TerminateArguments;
import org.eclipse.lsp4j.debug.Thread;
import org.eclipse.lsp4j.debug.ThreadsResponse;
import org.eclipse.lsp4j.debug.Variable;
import org.eclipse.lsp4j.debug.VariablesArguments;
import org.eclipse.lsp4j.debug.VariablesResponse;
import org.eclipse.lsp4j.debug.services.IDebugProtocolServer;
import org.jspecify.annotations.Nullable;

/// What an editor may ask. Requests are answered one after the other, and so are questions about
/// what is stopped, but beside all others: a script may take its time to answer.
final class Requests implements IDebugProtocolServer {
    private static final String UNCAUGHT = "uncaught";
    private static final String RAISED = "all";

    /// What only the script can answer.
    private static final Set<String> ASIDE =
            Set.of("stackTrace", "scopes", "variables", "evaluate", "setVariable", "setExpression");

    /// How long the end of a session waits for what it ends.
    private static final long END_SECONDS_MAX = 30;

    private final Debugger debugger;
    private final Course course;
    private final Looks looks;
    private final News news;
    private final Afterwards afterwards;
    private volatile int firstLine = 1;
    private volatile ErrorStops errors = ErrorStops.NONE;

    /// What is to be done once the editor has its answer, so that it hears of nothing before.
    ///
    /// @param then queues something for after the next answer
    /// @param begun tells that the editor may say where to stop
    /// @param over ends the session
    /// @param asking waits for answers of scripts
    record Afterwards(Consumer<Runnable> then, Runnable begun, Runnable over, Executor asking) {}

    /// Whether this debugger answers it at some time that has nothing to do with other requests.
    static boolean isAside(String request) {
        return ASIDE.contains(request);
    }

    Requests(Debugger debugger, Course course, Looks looks, News news, Afterwards afterwards) {
        this.debugger = debugger;
        this.course = course;
        this.looks = looks;
        this.news = news;
        this.afterwards = afterwards;
    }

    /// What the editor calls a line.
    int line(int line) {
        return line - 1 + firstLine;
    }

    // ---- the session

    @Override
    public CompletableFuture<Capabilities> initialize(InitializeRequestArguments arguments) {
        return Refusal.or(() -> {
            firstLine = Boolean.FALSE.equals(arguments.getLinesStartAt1()) ? 0 : 1;
            var can = new Capabilities();
            can.setSupportsConfigurationDoneRequest(true);
            can.setSupportsConditionalBreakpoints(true);
            can.setSupportsHitConditionalBreakpoints(true);
            can.setSupportsLogPoints(true);
            can.setSupportsEvaluateForHovers(true);
            can.setSupportsSetVariable(true);
            can.setSupportsSetExpression(true);
            can.setSupportsTerminateRequest(true);
            can.setSupportTerminateDebuggee(true);
            can.setSupportsExceptionInfoRequest(true);
            can.setSupportsDelayedStackTraceLoading(true);
            can.setExceptionBreakpointFilters(
                    new ExceptionBreakpointsFilter[] {
                        filter(UNCAUGHT, "Errors that nothing catches", true),
                        filter(RAISED, "All errors", false)
                    });
            return can;
        });
    }

    private static ExceptionBreakpointsFilter filter(String name, String label, boolean on) {
        var filter = new ExceptionBreakpointsFilter();
        filter.setFilter(name);
        filter.setLabel(label);
        filter.setDefault_(on);
        return filter;
    }

    @Override
    public CompletableFuture<Void> launch(Map<String, Object> arguments) {
        return done(() -> {
            course.launch(arguments);
            afterwards.then().accept(afterwards.begun());
        });
    }

    @Override
    public CompletableFuture<Void> configurationDone(ConfigurationDoneArguments _a) {
        return done(() -> {
            course.check();
            afterwards.then().accept(course::begin);
        });
    }

    @Override
    public CompletableFuture<Void> terminate(TerminateArguments arguments) {
        return done(course::stop);
    }

    @Override
    public CompletableFuture<Void> disconnect(DisconnectArguments arguments) {
        if (Boolean.FALSE.equals(arguments.getTerminateDebuggee())) {
            course.leaveAlone();
            afterwards.then().accept(afterwards.over());
            return CompletableFuture.allOf();
        }
        course.stop();
        return course.end()
                .copy()
                .orTimeout(END_SECONDS_MAX, TimeUnit.SECONDS)
                .handle((_, _) -> true)
                .thenRun(() -> afterwards.then().accept(afterwards.over()));
    }

    private static CompletableFuture<Void> done(Runnable work) {
        return Refusal.or(
                        () -> {
                            work.run();
                            return work;
                        })
                .thenRun(() -> {});
    }

    // ---- where to stop

    @Override
    public CompletableFuture<SetBreakpointsResponse> setBreakpoints(
            SetBreakpointsArguments arguments) {
        return Refusal.or(() -> {
            var wanted = arguments.getBreakpoints();
            var points =
                    wanted == null
                            ? List.<Breakpoint>of()
                            : Arrays.stream(wanted).map(this::point).toList();
            var placed = debugger.breakpoints(chunk(arguments), points);
            var response = new SetBreakpointsResponse();
            response.setBreakpoints(
                    placed.stream()
                            .map(news::shown)
                            .toArray(org.eclipse.lsp4j.debug.Breakpoint[]::new));
            return response;
        });
    }

    private String chunk(SetBreakpointsArguments arguments) {
        var path = arguments.getSource() == null ? null : arguments.getSource().getPath();
        if (path == null) {
            throw Refusal.of("breakpoints need the path of a file");
        }
        try {
            return course.sources().name(Path.of(path));
        } catch (InvalidPathException e) {
            throw Refusal.of("this is no path of a file: " + e.getMessage());
        }
    }

    private Breakpoint point(@Nullable SourceBreakpoint wanted) {
        if (wanted == null) {
            throw Refusal.of("a breakpoint must have a line");
        }
        return new Breakpoint(
                (int) Math.min(Integer.MAX_VALUE, wanted.getLine() + 1L - firstLine),
                text(wanted.getCondition()),
                text(wanted.getHitCondition()),
                text(wanted.getLogMessage()));
    }

    private static String text(@Nullable String given) {
        return given == null ? "" : given;
    }

    @Override
    public CompletableFuture<SetExceptionBreakpointsResponse> setExceptionBreakpoints(
            SetExceptionBreakpointsArguments arguments) {
        return Refusal.or(() -> {
            var wanted =
                    arguments.getFilters() == null
                            ? Set.<String>of()
                            : Arrays.stream(arguments.getFilters())
                                    .filter(Objects::nonNull)
                                    .collect(Collectors.toSet());
            errors =
                    wanted.contains(RAISED)
                            ? ErrorStops.ALL
                            : wanted.contains(UNCAUGHT) ? ErrorStops.UNCAUGHT : ErrorStops.NONE;
            debugger.stopAt(errors);
            return new SetExceptionBreakpointsResponse();
        });
    }

    @Override
    public CompletableFuture<ExceptionInfoResponse> exceptionInfo(
            ExceptionInfoArguments arguments) {
        return Refusal.or(() -> {
            int thread = arguments.getThreadId();
            if (!(looks.halted(thread).reason() instanceof Reason.Raised(var message))) {
                throw Refusal.of("thread " + thread + " was not stopped by an error");
            }
            var response = new ExceptionInfoResponse();
            response.setExceptionId("error");
            response.setDescription(message);
            response.setBreakMode(
                    errors == ErrorStops.ALL
                            ? ExceptionBreakMode.ALWAYS
                            : ExceptionBreakMode.UNHANDLED);
            return response;
        });
    }

    // ---- how to go on

    @Override
    public CompletableFuture<ContinueResponse> continue_(ContinueArguments arguments) {
        return Refusal.or(() -> {
            go(arguments.getThreadId(), Go.ON);
            var response = new ContinueResponse();
            response.setAllThreadsContinued(false);
            return response;
        });
    }

    @Override
    public CompletableFuture<Void> next(NextArguments arguments) {
        return done(() -> go(arguments.getThreadId(), Go.OVER));
    }

    @Override
    public CompletableFuture<Void> stepIn(StepInArguments arguments) {
        return done(() -> go(arguments.getThreadId(), Go.INTO));
    }

    @Override
    public CompletableFuture<Void> stepOut(StepOutArguments arguments) {
        return done(() -> go(arguments.getThreadId(), Go.OUT));
    }

    private void go(int line, Go how) {
        var halt = looks.halted(line);
        afterwards
                .then()
                .accept(() -> {
                    try {
                        halt.resume(how);
                    } catch (Gone _) {
                        // it was ended meanwhile, of which the editor hears too
                    }
                });
    }

    @Override
    public CompletableFuture<Void> pause(PauseArguments arguments) {
        return done(() -> {
            int wanted = arguments.getThreadId();
            var strands = debugger.strands();
            var one =
                    strands.stream()
                            .filter(s -> s.lines().stream().anyMatch(l -> l.id() == wanted))
                            .toList();
            (one.isEmpty() ? strands : one).forEach(Strand::pause);
        });
    }

    // ---- what there is to see

    @Override
    public CompletableFuture<ThreadsResponse> threads() {
        return Refusal.or(() -> {
            var response = new ThreadsResponse();
            response.setThreads(
                    debugger.strands().stream()
                            .flatMap(strand -> strand.lines().stream())
                            .map(Requests::thread)
                            .toArray(Thread[]::new));
            return response;
        });
    }

    private static Thread thread(Strand.Line line) {
        var thread = new Thread();
        thread.setId(line.id());
        thread.setName(line.name());
        return thread;
    }

    @Override
    public CompletableFuture<StackTraceResponse> stackTrace(StackTraceArguments arguments) {
        return asked(() -> looks.calls(arguments, course.sources(), firstLine));
    }

    @Override
    public CompletableFuture<ScopesResponse> scopes(ScopesArguments arguments) {
        return asked(() -> {
            var response = new ScopesResponse();
            response.setScopes(looks.scopes(arguments.getFrameId()).toArray(Scope[]::new));
            return response;
        });
    }

    @Override
    public CompletableFuture<VariablesResponse> variables(VariablesArguments arguments) {
        return asked(() -> {
            var response = new VariablesResponse();
            response.setVariables(looks.variables(arguments).toArray(Variable[]::new));
            return response;
        });
    }

    @Override
    public CompletableFuture<EvaluateResponse> evaluate(EvaluateArguments arguments) {
        return asked(() -> looks.evaluate(arguments));
    }

    @Override
    public CompletableFuture<SetVariableResponse> setVariable(SetVariableArguments arguments) {
        return asked(() -> looks.set(arguments));
    }

    @Override
    public CompletableFuture<SetExpressionResponse> setExpression(
            SetExpressionArguments arguments) {
        return asked(() -> looks.set(arguments));
    }

    private <T> CompletableFuture<T> asked(Supplier<T> answer) {
        return CompletableFuture.supplyAsync(answer, afterwards.asking());
    }
}
