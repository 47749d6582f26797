package dev.sloth.dsl;

import dev.sloth.api.value.ScriptFailure;
import dev.sloth.api.value.Value;
import dev.sloth.api.workflow.Problems;
import dev.sloth.lua.syntax.Parsed;
import dev.sloth.lua.syntax.Parser;
import java.nio.charset.StandardCharsets;
import java.util.List;

/// A Lua state without a workflow: for plain scripts and for typing line by line. What one text
/// sets, the next finds.
public final class PlainLua implements AutoCloseable {
    private final ScriptState state;
    private final Compiled compiled;

    PlainLua(ScriptState state, Compiled compiled) {
        this.state = state;
        this.compiled = compiled;
    }

    /// Runs a text; `name` is what messages call it.
    ///
    /// @throws Problems when the text is not Lua
    /// @throws ScriptFailure when it raised an error
    /// @throws ScriptStopped when it was killed
    public List<Value> run(String name, byte[] text, List<Value> arguments) {
        return state.call(state.function(compiled.of(name, text)), arguments);
    }

    /// Sets a global variable, such as `arg`; data becomes a fresh table.
    public void set(String global, Value value) {
        state.set(global, value);
    }

    /// A value as Lua's own `tostring` writes it.
    public String show(Value value) {
        if (state.global("tostring") instanceof Value.Callable tostring) {
            return String.valueOf(state.call(tostring, List.of(value)).getFirst());
        }
        return value.type();
    }

    /// Whether a text only ends too early, so that more may be typed.
    public static boolean isIncomplete(String text) {
        return Parser.parse("=", text.getBytes(StandardCharsets.UTF_8)) instanceof Parsed.Bad bad
                && bad.incomplete();
    }

    /// Whether it is over, and nothing runs in it any more.
    public boolean isKilled() {
        return state.isKilled();
    }

    /// Stops what runs, for good; from any thread.
    public void kill(String reason) {
        state.kill(reason);
    }

    @Override
    public void close() {
        state.close();
    }
}
