package dev.sloth.dsl;

import dev.sloth.api.value.ScriptFailure;
import dev.sloth.api.value.Text;
import dev.sloth.api.value.Value;
import dev.sloth.api.workflow.Nearest;
import dev.sloth.api.workflow.Problem;
import dev.sloth.api.workflow.Problems;
import dev.sloth.api.workflow.Span;
import dev.sloth.dsl.define.Code;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/// The script of a hook, loaded to react to one event. Used by one thread; killed from any.
public final class HookScript implements AutoCloseable {
    private static final String EVENT = "event";
    private static final String EVENT_TYPES = "event_types";
    private static final String TYPES = "a word or a list of words";
    private static final String NAME = "name";
    private static final String DESCRIPTION = "description";
    private static final String EXECUTE = "execute";

    /// What the table that a file returns may say.
    private static final List<String> FIELDS = List.of(NAME, DESCRIPTION, EVENT_TYPES, EXECUTE);

    private static final String CONDITION = "the condition of the hook";

    /// What hooks find beside the modules. The event has the name of a module: both are there.
    private static final byte[] HELPERS =
            """
            setmetatable(event, { __index = require("event") })
            function contains(list, value)
                for _, item in ipairs(list or {}) do
                    if item == value then return true end
                end
                return false
            end
            """
                    .getBytes(StandardCharsets.UTF_8);

    private final ScriptState state;
    private final Compiled compiled;
    private final Source source;

    private Value returned = Value.Nil.NIL;

    HookScript(ScriptState state, Compiled compiled, Source source) {
        this.state = state;
        this.compiled = compiled;
        this.source = source;
    }

    /// Makes the event known to the script, as its global `event`. To be called first.
    public void about(Value event) {
        state.set(EVENT, event);
    }

    /// Whether an expression over `event` holds; an empty one does.
    ///
    /// @throws ScriptFailure when it raises an error
    /// @throws Problems when it is none
    /// @throws ScriptStopped when it was killed
    public boolean holds(String condition) {
        if (condition.isBlank()) {
            return true;
        }
        var results = run(CONDITION, expression(condition));
        return !results.isEmpty() && results.getFirst().truthy();
    }

    private static byte[] expression(String condition) {
        return ("return (" + condition + "\n)").getBytes(StandardCharsets.UTF_8);
    }

    /// Looks at an expression without asking it.
    ///
    /// @throws Problems when it is none
    public void check(String condition) {
        if (!condition.isBlank()) {
            var _ = compiled.of(CONDITION, expression(condition));
        }
    }

    /// Runs the file itself: this defines what reacts.
    ///
    /// @throws ScriptFailure when it raises an error
    /// @throws Problems when it is no script
    /// @throws ScriptStopped when it was killed
    public void load() {
        var _ = run("=", HELPERS);
        var results = run(source.name(), source.text());
        returned = results.isEmpty() ? Value.Nil.NIL : results.getFirst();
    }

    private List<Value> run(String name, byte[] text) {
        return state.call(state.function(compiled.of(name, text)), List.of());
    }

    /// What a loaded file says of itself.
    ///
    /// @param name empty when it does not say
    /// @param types the types of events that it wants; none when it does not say
    public record Declared(String name, String description, List<String> types) {
        public Declared {
            types = List.copyOf(types);
        }
    }

    /// @throws Problems when there is nothing in it that reacts, it says what is not known, or what
    ///   it says is no text
    public Declared declared() {
        if (returned instanceof Value.Table table) {
            checkFields(table);
        }
        var _ = reacting();
        if (!(returned instanceof Value.Table table)) {
            return new Declared("", "", List.of());
        }
        return new Declared(
                said(table, NAME), said(table, DESCRIPTION), types(table.at(EVENT_TYPES)));
    }

    private void checkFields(Value.Table table) {
        var unknown =
                table.entries().stream()
                        .map(entry -> shown(entry.key()))
                        .filter(name -> !FIELDS.contains(name))
                        .sorted()
                        .map(this::unknown)
                        .toList();
        if (!unknown.isEmpty()) {
            throw new Problems(unknown);
        }
    }

    private static String shown(Value key) {
        return switch (key) {
            case Text text -> text.toString();
            case Value.Num number when number.whole() -> Long.toString((long) number.value());
            case Value other -> other.type();
        };
    }

    private Problem unknown(String name) {
        return Code.FIELD.at(
                new Span(source.name(), 0, 0),
                "the table that the file returns has a field '%s', which no hook has%s"
                        .formatted(name, Nearest.hint(name, FIELDS)),
                "Known are " + String.join(", ", FIELDS) + ".");
    }

    private String said(Value.Table table, String field) {
        var value = table.at(field);
        return value == Value.Nil.NIL ? "" : text(value, field, "text");
    }

    private List<String> types(Value given) {
        if (given == Value.Nil.NIL) {
            return List.of();
        }
        if (!(given instanceof Value.Table named)) {
            return List.of(text(given, EVENT_TYPES, TYPES));
        }
        var types = new ArrayList<String>();
        for (var entry : named.entries()) {
            types.add(text(entry.value(), EVENT_TYPES, TYPES));
        }
        return types;
    }

    private String text(Value value, String field, String wanted) {
        if (value instanceof Text text) {
            return text.toString();
        }
        throw new Problems(
                Code.TYPE.at(
                        new Span(source.name(), 0, 0),
                        "%s is %s, not a %s".formatted(field, wanted, value.type()),
                        "Correct the table that the file returns."));
    }

    private Value.Callable reacting() {
        if (state.global("on_event") instanceof Value.Callable function) {
            return function;
        }
        if (returned instanceof Value.Table table
                && table.at(EXECUTE) instanceof Value.Callable function) {
            return function;
        }
        throw new Problems(
                Code.NO_REACTION.at(
                        new Span(source.name(), 0, 0),
                        "there is nothing in the file that reacts to an event",
                        "Define function on_event(event) ... end, or return a table with"
                                + " execute = function(event) ... end."));
    }

    /// Lets a loaded script react, and gives its results.
    ///
    /// @throws ScriptFailure when it raises an error
    /// @throws ScriptStopped when it was killed
    public List<Value> react() {
        return state.call(reacting(), List.of(state.global(EVENT)));
    }

    /// Stops what runs, for good and within 50 ms; from any thread.
    public void kill(String reason) {
        state.kill(reason);
    }

    @Override
    public void close() {
        state.close();
    }
}
