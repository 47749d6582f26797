package dev.sloth.cli.debug;

import dev.sloth.lua.debug.Answer;
import dev.sloth.lua.debug.Call;
import dev.sloth.lua.debug.Container;
import dev.sloth.lua.debug.Halt;
import dev.sloth.lua.debug.Page;
import dev.sloth.lua.debug.Shown;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.eclipse.lsp4j.debug.EvaluateArguments;
import org.eclipse.lsp4j.debug.EvaluateArgumentsContext;
import org.eclipse.lsp4j.debug.EvaluateResponse;
import org.eclipse.lsp4j.debug.Scope;
import org.eclipse.lsp4j.debug.SetExpressionArguments;
import org.eclipse.lsp4j.debug.SetExpressionResponse;
import org.eclipse.lsp4j.debug.SetVariableArguments;
import org.eclipse.lsp4j.debug.SetVariableResponse;
import org.eclipse.lsp4j.debug.Source;
import org.eclipse.lsp4j.debug.StackFrame;
import org.eclipse.lsp4j.debug.StackFramePresentationHint;
import org.eclipse.lsp4j.debug.StackTraceArguments;
import org.eclipse.lsp4j.debug.StackTraceResponse;
import org.eclipse.lsp4j.debug.Variable;
import org.eclipse.lsp4j.debug.VariablesArguments;
import org.eclipse.lsp4j.debug.VariablesArgumentsFilter;
import org.jspecify.annotations.Nullable;

/// What the editor sees of what is stopped.
final class Looks {
    private final News news;
    private final Handles handles;
    private final int page;

    Looks(News news, Handles handles, int page) {
        this.news = news;
        this.handles = handles;
        this.page = page;
    }

    /// @param firstLine what the editor calls the first line of a file
    StackTraceResponse calls(StackTraceArguments asked, Sources sources, int firstLine) {
        var halt = halted(asked.getThreadId());
        var calls = halt.calls(asked.getThreadId());
        int start = Math.clamp(or(asked.getStartFrame(), 0), 0, calls.size());
        int wanted = or(asked.getLevels(), 0);
        int most = wanted <= 0 ? page : Math.min(wanted, page);
        var shown = new ArrayList<StackFrame>();
        for (var call : calls.subList(start, Math.min(calls.size(), start + most))) {
            shown.add(frame(halt, call, sources, firstLine));
        }
        var response = new StackTraceResponse();
        response.setStackFrames(shown.toArray(StackFrame[]::new));
        response.setTotalFrames(calls.size());
        return response;
    }

    /// The halt of something that is stopped, or that stands still because something beside it is.
    Halt halted(int line) {
        return news.halt(line)
                .or(() ->
                        news.halts().stream()
                                .filter(h ->
                                        h.strand().lines().stream().anyMatch(l -> l.id() == line))
                                .findFirst())
                .orElseThrow(() -> Refusal.of("thread " + line + " is not stopped"));
    }

    private StackFrame frame(Halt halt, Call call, Sources sources, int firstLine) {
        var frame = new StackFrame();
        frame.setId(handles.of(halt, call));
        frame.setName(call.beginsCoroutine() ? call.name() + " (coroutine)" : call.name());
        sources.file(call.chunk()).map(Looks::source).ifPresent(frame::setSource);
        frame.setLine(call.line() == 0 ? 0 : call.line() - 1 + firstLine);
        frame.setColumn(call.line() == 0 ? 0 : firstLine);
        if (!call.isWatched()) {
            frame.setPresentationHint(StackFramePresentationHint.SUBTLE);
        }
        return frame;
    }

    private static Source source(Path file) {
        var source = new Source();
        source.setName(String.valueOf(file.getFileName()));
        source.setPath(file.toString());
        return source;
    }

    List<Scope> scopes(int frame) {
        var at = frame(frame);
        var call = at.call();
        var scopes = new ArrayList<Scope>();
        if (!call.isWatched()) {
            return scopes;
        }
        scopes.add(scope(at, "Locals", new Container.Locals(call)));
        if (!at.halt().isEmpty(new Container.Varargs(call))) {
            scopes.add(scope(at, "Varargs", new Container.Varargs(call)));
        }
        if (!at.halt().isEmpty(new Container.Upvalues(call))) {
            scopes.add(scope(at, "Upvalues", new Container.Upvalues(call)));
        }
        var globals = scope(at, "Globals", new Container.Globals(call));
        globals.setExpensive(true);
        scopes.add(globals);
        return scopes;
    }

    private Handles.Frame frame(int handle) {
        return handles.frame(handle)
                .orElseThrow(() -> Refusal.of("frame " + handle + " is gone: the script went on"));
    }

    private Scope scope(Handles.Frame at, String name, Container container) {
        var scope = new Scope();
        scope.setName(name);
        scope.setVariablesReference(handles.of(at.halt(), container));
        if (container instanceof Container.Locals) {
            scope.setPresentationHint("locals");
        }
        return scope;
    }

    List<Variable> variables(VariablesArguments asked) {
        var held = held(asked.getVariablesReference());
        var part =
                asked.getFilter() == null
                        ? Container.Part.ALL
                        : asked.getFilter() == VariablesArgumentsFilter.INDEXED
                                ? Container.Part.ITEMS
                                : Container.Part.OTHERS;
        int count = or(asked.getCount(), 0);
        var found =
                held.halt()
                        .variables(
                                held.container(),
                                part,
                                or(asked.getStart(), 0),
                                count <= 0 ? page : count);
        var shown = new ArrayList<Variable>();
        found.variables().forEach(v -> shown.add(variable(held, v)));
        if (found.more() && count <= 0) {
            shown.add(more(found));
        }
        return shown;
    }

    private Handles.Held held(int handle) {
        return handles.container(handle)
                .orElseThrow(() -> Refusal.of("these variables are gone: the script went on"));
    }

    private Variable variable(Handles.Held held, dev.sloth.lua.debug.Variable v) {
        var shown = new Variable();
        shown.setName(v.name());
        shown.setValue(v.shown().text());
        shown.setType(v.shown().type());
        open(held.halt(), held.container().call(), new Answer.Value(v.value(), v.shown(), ""))
                .ifPresent(opened -> {
                    shown.setVariablesReference(opened.reference());
                    shown.setIndexedVariables(opened.items());
                    shown.setNamedVariables(opened.others());
                });
        return shown;
    }

    private static Variable more(Page found) {
        var more = new Variable();
        more.setName("...");
        more.setValue("more than the " + found.variables().size() + " that are shown");
        return more;
    }

    private record Opened(int reference, int items, int others) {}

    private Optional<Opened> open(Halt halt, Call call, Answer.Value answer) {
        Shown shown = answer.shown();
        return shown.opens()
                ? Optional.of(
                        new Opened(
                                handles.of(halt, new Container.Fields(call, answer.value())),
                                (int) Math.min(shown.items(), Integer.MAX_VALUE),
                                shown.others()))
                : Optional.empty();
    }

    EvaluateResponse evaluate(EvaluateArguments asked) {
        var at = asked.getFrameId() == null ? anywhere() : frame(asked.getFrameId());
        var text = given(asked.getExpression(), "an expression");
        var context = asked.getContext() == null ? "" : asked.getContext();
        var answer =
                value(
                        context.equals(EvaluateArgumentsContext.HOVER)
                                ? at.halt().look(at.call(), text)
                                : at.halt().evaluate(at.call(), text));
        var response = new EvaluateResponse();
        response.setResult(
                context.equals(EvaluateArgumentsContext.REPL)
                        ? answer.printed()
                        : answer.shown().text());
        response.setType(answer.shown().type());
        open(at.halt(), at.call(), answer)
                .ifPresent(opened -> {
                    response.setVariablesReference(opened.reference());
                    response.setIndexedVariables(opened.items());
                    response.setNamedVariables(opened.others());
                });
        return response;
    }

    private Handles.Frame anywhere() {
        return news.halts().stream()
                .findFirst()
                .map(halt -> new Handles.Frame(halt, halt.calls().getFirst()))
                .orElseThrow(() -> Refusal.of("nothing is stopped: there is nothing to look at"));
    }

    private static Answer.Value value(Answer answer) {
        return switch (answer) {
            case Answer.Value value -> value;
            case Answer.Failed(var message) -> throw Refusal.of(message);
        };
    }

    SetVariableResponse set(SetVariableArguments asked) {
        var held = held(asked.getVariablesReference());
        var name = given(asked.getName(), "the name of a variable");
        var text = given(asked.getValue(), "a value");
        var answer = value(held.halt().set(held.container(), name, text));
        var response = new SetVariableResponse();
        response.setValue(answer.shown().text());
        response.setType(answer.shown().type());
        open(held.halt(), held.container().call(), answer)
                .ifPresent(opened -> {
                    response.setVariablesReference(opened.reference());
                    response.setIndexedVariables(opened.items());
                    response.setNamedVariables(opened.others());
                });
        return response;
    }

    SetExpressionResponse set(SetExpressionArguments asked) {
        var at = asked.getFrameId() == null ? anywhere() : frame(asked.getFrameId());
        var target = given(asked.getExpression(), "an expression");
        var text = given(asked.getValue(), "a value");
        var _ = value(at.halt().evaluate(at.call(), target + " = (" + text + "\n)"));
        var answer = value(at.halt().evaluate(at.call(), target));
        var response = new SetExpressionResponse();
        response.setValue(answer.shown().text());
        response.setType(answer.shown().type());
        open(at.halt(), at.call(), answer)
                .ifPresent(opened -> {
                    response.setVariablesReference(opened.reference());
                    response.setIndexedVariables(opened.items());
                    response.setNamedVariables(opened.others());
                });
        return response;
    }

    private static String given(@Nullable String text, String what) {
        if (text == null) {
            throw Refusal.of("this request needs " + what);
        }
        return text;
    }

    private static int or(@Nullable Integer value, int otherwise) {
        return value == null ? otherwise : value;
    }
}
