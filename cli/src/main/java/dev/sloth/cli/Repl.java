package dev.sloth.cli;

import dev.sloth.api.value.ScriptFailure;
import dev.sloth.api.value.Text;
import dev.sloth.api.value.Value;
import dev.sloth.api.workflow.Problems;
import dev.sloth.cli.view.Visible;
import dev.sloth.dsl.PlainLua;
import dev.sloth.dsl.ScriptStopped;
import dev.sloth.lua.Script;
import dev.sloth.lua.syntax.Parsed;
import dev.sloth.lua.syntax.Parser;
import dev.sloth.lua.value.LuaExit;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/// What the interactive prompt does with a text: runs it, shows what it gives, and never ends
/// because of it. After a chunk was stopped, a new state begins, since a stopped one is over.
final class Repl implements AutoCloseable {
    private static final String NAME = "stdin";
    private static final String RETURN = "return ";

    /// Gives the names in the table at a path, without calling anything of the user's.
    private static final String NAMES =
            """
            local at = _G
            for name in string.gmatch((...), "[^.:]+") do
                if type(at) ~= "table" then return end
                at = rawget(at, name)
            end
            if type(at) ~= "table" then return end
            local names = {}
            for key in next, at do
                if type(key) == "string" then names[#names + 1] = key end
            end
            return names
            """;

    private final Supplier<PlainLua> states;
    private final PrintStream out;
    private PlainLua lua;

    /// @param out where what is run writes; whoever typed it sees that before the next text
    Repl(Supplier<PlainLua> states, PrintStream out) {
        this.states = states;
        this.out = out;
        this.lua = states.get();
    }

    /// Whether nothing is wrong with the text but that it ends too early.
    static boolean incomplete(String text) {
        var typed = typed(text);
        return !compiles(RETURN + typed)
                && !compiles(typed)
                && (PlainLua.isIncomplete(RETURN + typed) || PlainLua.isIncomplete(typed));
    }

    /// As older prompts of Lua want it, `=` may stand before an expression.
    private static String typed(String text) {
        return text.startsWith("=") ? text.substring(1) : text;
    }

    /// A text that is neither an expression nor statements is read as what it is for longer: what
    /// is wrong is told of that.
    private static String chunk(String text) {
        var expression = RETURN + text;
        boolean isOne = compiles(expression);
        if (isOne || compiles(text)) {
            return isOne ? expression : text;
        }
        int wrong = wrongAt(text);
        return wrongAt(expression) - RETURN.length() > wrong || wrong == 0 ? expression : text;
    }

    private static int wrongAt(String text) {
        return Parser.parse(NAME, bytes(text)) instanceof Parsed.Bad(var errors, _)
                ? errors.getFirst().span().from()
                : text.length();
    }

    private static boolean compiles(String text) {
        return Script.compile(NAME, bytes(text)) instanceof Script.Outcome.Ready;
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    /// Runs the text as an expression if it is one, else as statements; the lines to show.
    List<String> run(String text) {
        try {
            return results(text);
        } finally {
            out.flush();
        }
    }

    private List<String> results(String text) {
        try {
            var results = lua.run(NAME, bytes(chunk(typed(text))), List.of());
            var shown = new Shown(lua);
            return results.stream().map(shown::text).toList();
        } catch (Problems e) {
            return e.list().stream()
                    .map(p -> "%s:%d: %s".formatted(NAME, p.at().line(), Visible.of(p.message())))
                    .toList();
        } catch (ScriptFailure e) {
            var lines = new ArrayList<>(List.of(Visible.of(String.valueOf(e.getMessage()))));
            e.traceback().forEach(place -> lines.add("    " + Visible.of(place)));
            return lines;
        } catch (LuaExit e) {
            if (lua.isKilled()) {
                // It was called beside what was typed, and has ended all of that.
                lua.close();
                lua = states.get();
            }
            return List.of("os.exit does not end the prompt: Ctrl-D does");
        } catch (ScriptStopped e) {
            lua.close();
            lua = states.get();
            return List.of(e.reason(), "a new state begins: globals are as at the start");
        }
    }

    /// Lets what was said since, by what still runs, be seen.
    void flush() {
        out.flush();
    }

    /// Stops the running chunk; from any thread.
    void stop() {
        lua.kill("interrupted!");
    }

    /// Names that may stand behind this beginning, such as `string.re`.
    List<String> completions(String beginning) {
        int cut = Math.max(beginning.lastIndexOf('.'), beginning.lastIndexOf(':')) + 1;
        var prefix = beginning.substring(0, cut);
        var last = beginning.substring(cut);
        return names(prefix).stream()
                .filter(name -> name.startsWith(last))
                .sorted()
                .map(name -> prefix + name)
                .toList();
    }

    private List<String> names(String path) {
        var results = lua.run("completion", bytes(NAMES), List.of(Text.of(path)));
        if (!results.isEmpty() && results.getFirst() instanceof Value.Table names) {
            return names.entries().stream().map(e -> e.value().toString()).toList();
        }
        return List.of();
    }

    @Override
    public void close() {
        lua.close();
    }
}
