package dev.sloth.lua;

import dev.sloth.lua.value.Budget;
import dev.sloth.lua.value.Grants;
import dev.sloth.lua.value.LuaError;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Collectors;

/// Short ways to run a script in a test.
final class Runs {
    private Runs() {}

    static Lua open() {
        return open(Budget.DEFAULT);
    }

    static Lua open(Budget budget) {
        return Lua.newState(budget, Grants.NONE);
    }

    static Script script(String text) {
        return switch (Script.compile("test.lua", text.getBytes(StandardCharsets.UTF_8))) {
            case Script.Outcome.Ready ready -> ready.script();
            case Script.Outcome.Wrong wrong ->
                    throw new AssertionError("does not compile: " + wrong.errors());
        };
    }

    /// What a script returns in a fresh state, as text.
    static String result(String text) {
        return result(Budget.DEFAULT, text);
    }

    static String result(Budget budget, String text) {
        try (Lua lua = open(budget)) {
            return text(lua.run(script(text)));
        }
    }

    static String text(List<Object> values) {
        return values.stream().map(Runs::one).collect(Collectors.joining(" "));
    }

    private static String one(Object value) {
        return value instanceof Double d
                ? dev.sloth.lua.value.LuaNumbers.format(d)
                : value.toString();
    }

    /// The message a script fails with.
    static String error(String text) {
        return error(Budget.DEFAULT, text);
    }

    static String error(Budget budget, String text) {
        try (Lua lua = open(budget)) {
            lua.run(script(text));
        } catch (LuaError e) {
            return e.getMessage();
        }
        throw new AssertionError("the script did not fail");
    }
}
