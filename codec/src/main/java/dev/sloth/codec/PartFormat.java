package dev.sloth.codec;

import dev.sloth.api.workflow.Action;
import dev.sloth.api.workflow.Condition;
import dev.sloth.api.workflow.FunctionRef;
import dev.sloth.api.workflow.Placement;
import dev.sloth.api.workflow.RetryPolicy;
import dev.sloth.api.workflow.Span;
import dev.sloth.api.workflow.Workdir;
import java.time.Duration;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// The small parts of workflows as JSON. What is one of few things is an object with one field that
/// says which, or absent when it is the first of them.
final class PartFormat {
    /// What an absent policy means in this format, whatever scripts mean by it later.
    private static final RetryPolicy RETRY =
            new RetryPolicy(
                    0,
                    RetryPolicy.Strategy.FIXED,
                    Duration.ofSeconds(1),
                    Duration.ofMinutes(5),
                    0,
                    Set.of(RetryPolicy.Reason.FAILED, RetryPolicy.Reason.TIMED_OUT));

    private static final Workdir WORKDIR = new Workdir("", Workdir.Cleanup.ON_SUCCESS);

    private static final Action NOTHING = new Action.Nothing();
    private static final Condition NONE = new Condition.None();
    private static final Placement HERE = new Placement.Here();

    private PartFormat() {}

    // ---- actions

    static void write(Pen pen, String name, Action action) {
        switch (action) {
            case Action.Nothing() -> {}
            case Action.Call(var function) ->
                    pen.fielded(name, () -> pen.text("call", function.path()));
            case Action.Shell(var line, var shell) ->
                    pen.fielded(
                            name,
                            () -> {
                                pen.text("line", line);
                                pen.text("shell", shell, "");
                            });
            case Action.Argv(var words) ->
                    pen.fielded(
                            name,
                            () -> {
                                pen.name("argv");
                                pen.items(words, pen::text);
                            });
        }
    }

    static Action action(Fields of, String name) {
        return of.or(name, NOTHING, json -> action(json.fields()));
    }

    private static Action action(Fields fields) {
        if (fields.find("call").isPresent()) {
            return new Action.Call(new FunctionRef(fields.text("call")));
        }
        if (fields.find("argv").isPresent()) {
            return new Action.Argv(fields.list("argv", Json::text));
        }
        return new Action.Shell(fields.text("line"), fields.text("shell", ""));
    }

    // ---- conditions

    static void write(Pen pen, String name, Condition condition) {
        switch (condition) {
            case Condition.None() -> {}
            case Condition.Call(var function) ->
                    pen.fielded(name, () -> pen.text("call", function.path()));
            case Condition.Shell(var line) -> pen.fielded(name, () -> pen.text("line", line));
            case Condition.Fixed(var value) -> pen.fielded(name, () -> pen.flag("fixed", value));
            case Condition.Named(var word) -> pen.fielded(name, () -> pen.text("named", word));
        }
    }

    static Condition condition(Fields of, String name) {
        return of.or(name, NONE, json -> condition(json.fields()));
    }

    private static Condition condition(Fields fields) {
        if (fields.find("call").isPresent()) {
            return new Condition.Call(new FunctionRef(fields.text("call")));
        }
        if (fields.find("line").isPresent()) {
            return new Condition.Shell(fields.text("line"));
        }
        return fields.find("fixed").isPresent()
                ? new Condition.Fixed(fields.flag("fixed"))
                : new Condition.Named(fields.text("named"));
    }

    // ---- placements

    static void write(Pen pen, String name, Placement placement) {
        switch (placement) {
            case Placement.Here() -> {}
            case Placement.Agents(var names) ->
                    pen.fielded(
                            name,
                            () -> {
                                pen.name("agents");
                                pen.items(names, pen::text);
                            });
            case Placement.Computed(var function) ->
                    pen.fielded(name, () -> pen.text("call", function.path()));
            case Placement.Selector(var wanted) ->
                    pen.fielded(
                            name,
                            () -> {
                                pen.name("selector");
                                ValueFormat.write(pen, wanted);
                            });
        }
    }

    static Placement placement(Fields of, String name) {
        return of.or(name, HERE, json -> placement(json.fields()));
    }

    private static Placement placement(Fields fields) {
        if (fields.find("agents").isPresent()) {
            return new Placement.Agents(fields.list("agents", Json::text));
        }
        return fields.find("call").isPresent()
                ? new Placement.Computed(new FunctionRef(fields.text("call")))
                : new Placement.Selector(ValueFormat.readTable(fields.at("selector")));
    }

    // ---- policies

    static void write(Pen pen, String name, RetryPolicy policy) {
        if (policy.equals(RETRY)) {
            return;
        }
        pen.fielded(
                name,
                () -> {
                    pen.number("retries", policy.retries(), RETRY.retries());
                    pen.word("strategy", policy.strategy(), RETRY.strategy());
                    pen.duration("delay", policy.delay(), RETRY.delay());
                    pen.duration("delayMax", policy.delayMax(), RETRY.delayMax());
                    if (policy.jitter() != RETRY.jitter()) {
                        pen.name("jitter");
                        pen.json().writeNumber(policy.jitter());
                    }
                    if (!policy.on().equals(RETRY.on())) {
                        pen.name("on");
                        pen.items(sorted(policy.on()), reason -> pen.text(Words.of(reason)));
                    }
                });
    }

    private static Set<RetryPolicy.Reason> sorted(Set<RetryPolicy.Reason> reasons) {
        var sorted = EnumSet.noneOf(RetryPolicy.Reason.class);
        sorted.addAll(reasons);
        return sorted;
    }

    static RetryPolicy retry(Fields of, String name) {
        return of.or(name, RETRY, json -> retry(json.fields()));
    }

    private static RetryPolicy retry(Fields fields) {
        return new RetryPolicy(
                fields.count("retries", RETRY.retries()),
                fields.word("strategy", RETRY.strategy(), RetryPolicy.Strategy.values()),
                fields.duration("delay", RETRY.delay()),
                fields.duration("delayMax", RETRY.delayMax()),
                fields.or("jitter", RETRY.jitter(), json -> Double.parseDouble(json.digits())),
                fields.or("on", RETRY.on(), PartFormat::reasons));
    }

    private static Set<RetryPolicy.Reason> reasons(Json json) {
        var on = EnumSet.noneOf(RetryPolicy.Reason.class);
        json.items().forEach(word -> on.add(Words.read(word.text(), RetryPolicy.Reason.values())));
        return on;
    }

    static void write(Pen pen, String name, Workdir workdir) {
        if (!workdir.equals(WORKDIR)) {
            pen.fielded(
                    name,
                    () -> {
                        pen.text("path", workdir.path(), WORKDIR.path());
                        pen.word("cleanup", workdir.cleanup(), WORKDIR.cleanup());
                    });
        }
    }

    static Workdir workdir(Fields of, String name) {
        return of.or(
                name,
                WORKDIR,
                json ->
                        new Workdir(
                                json.fields().text("path", WORKDIR.path()),
                                json.fields()
                                        .word(
                                                "cleanup",
                                                WORKDIR.cleanup(),
                                                Workdir.Cleanup.values())));
    }

    // ---- hooks and places

    static <H extends Enum<H>> void write(Pen pen, String name, Map<H, FunctionRef> hooks) {
        if (!hooks.isEmpty()) {
            var sorted = new EnumMap<>(hooks);
            pen.fielded(
                    name,
                    () ->
                            sorted.forEach(
                                    (hook, function) -> pen.text(Words.of(hook), function.path())));
        }
    }

    static <H extends Enum<H>> Map<H, FunctionRef> hooks(Fields of, String name, H[] all) {
        var hooks = new HashMap<H, FunctionRef>();
        of.map(name, Json::text)
                .forEach((word, path) -> hooks.put(Words.read(word, all), new FunctionRef(path)));
        return hooks;
    }

    /// File, line and column, with colons between them.
    static void write(Pen pen, String name, Span at) {
        if (!at.equals(Span.NOWHERE)) {
            pen.text(name, at.file() + ":" + at.line() + ":" + at.column());
        }
    }

    static Span span(Fields of, String name) {
        return of.or(name, Span.NOWHERE, json -> span(json.text()));
    }

    private static Span span(String text) {
        int column = text.lastIndexOf(':');
        int line = text.lastIndexOf(':', column - 1);
        if (line < 0) {
            throw Damage.found("not a place: " + text);
        }
        return new Span(
                text.substring(0, line),
                Integer.parseInt(text.substring(line + 1, column)),
                Integer.parseInt(text.substring(column + 1)));
    }

    static List<String> texts(Fields of, String name) {
        return of.list(name, Json::text);
    }
}
