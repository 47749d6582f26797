package dev.sloth.lua;

import dev.sloth.testkit.Gen;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/// Makes well-formed programs of Lua 5.1 that end soon and say much of what they do. What they do
/// is mostly right and sometimes wrong: errors are to be the same as well.
///
/// Nothing is made whose meaning Lua leaves open: the order of `pairs`, the length of a list with
/// holes, addresses, numbers that C does not define a conversion of.
public final class Programs {
    private static final int DEPTH_MAX = 4;

    /// Statements nest no deeper: loops in loops would take too long.
    private static final int NEST_MAX = 4;

    private final Gen gen;
    private final Values values;
    private final StringBuilder text = new StringBuilder();
    private final Scope scope = new Scope();
    private int nest;

    public Programs(Gen gen) {
        this.gen = gen;
        this.values = new Values(gen, scope);
    }

    public String program() {
        int count = 2 + gen.size() / 4;
        for (int i = 0; i < count; i++) {
            if (gen.chance(40)) {
                guarded();
            } else {
                statement();
            }
        }
        line("print(" + visible() + ")");
        return text.toString();
    }

    private String visible() {
        var names = scope.names();
        return names.isEmpty()
                ? "'nothing'"
                : names.subList(Math.max(0, names.size() - 6), names.size()).stream()
                        .collect(Collectors.joining(", "));
    }

    private void line(String line) {
        text.append("  ".repeat(nest)).append(line).append('\n');
    }

    /// What goes wrong in it is seen, and the program goes on.
    private void guarded() {
        boolean handled = gen.chance(15);
        line(handled ? "print(xpcall(function()" : "print(pcall(function(...)");
        boolean outer = values.rest(!handled);
        body(1 + gen.below(3), () -> line("return " + values.list(gen.below(4))));
        values.rest(outer);
        line(
                handled
                        ? "end, function(m) return 'handled', m end))"
                        : "end" + gen.oneOf("", ", 1", ", 'a', nil") + "))");
    }

    private void body(int statements, Runnable end) {
        nest++;
        int mark = scope.mark();
        for (int i = 0; i < statements; i++) {
            statement();
        }
        end.run();
        scope.back(mark);
        nest--;
    }

    private void body() {
        body(1 + gen.below(3), () -> {});
    }

    private void statement() {
        int kinds = nest < NEST_MAX ? 22 : 11;
        switch (gen.below(kinds)) {
            case 0, 1 -> local();
            case 2 -> assign();
            case 3 -> line("print(" + values.list(1 + gen.below(3)) + ")");
            case 4 -> field();
            case 5 -> global();
            case 6 -> insert();
            case 7 -> several();
            case 8 -> line("print(pcall(" + values.called() + "))");
            case 9 -> line("print(" + values.library() + ")");
            case 10 -> line("print(pcall(error, " + values.any(1) + ", " + gen.below(3) + "))");
            case 11 -> branch();
            case 12 -> counting();
            case 13 -> eachOf();
            case 14 -> whileLoop();
            case 15 -> repeatLoop();
            case 16, 17 -> function();
            case 18 -> meta();
            case 19 -> coroutine();
            case 20 -> block();
            default -> guarded();
        }
    }

    // ---- plain statements

    private void local() {
        var kind = gen.oneOf(List.of(Kind.values()));
        var value = values.of(kind, 0);
        line("local " + scope.declare(kind) + " = " + value);
    }

    private void assign() {
        var kind = gen.oneOf(Kind.NUMBER, Kind.TEXT, Kind.BOOLEAN);
        scope.any(kind, gen)
                .ifPresentOrElse(name -> line(name + " = " + values.of(kind, 0)), this::local);
    }

    private void global() {
        var kind = gen.oneOf(Kind.NUMBER, Kind.TEXT, Kind.FIELDS, Kind.BOOLEAN);
        line("G" + gen.below(4) + " = " + values.of(kind, 0));
    }

    private void field() {
        var target = scope.any(Kind.FIELDS, gen).orElse("G" + gen.below(4));
        line(target + values.member() + " = " + values.any(1));
    }

    private void insert() {
        var list = scope.any(Kind.LIST, gen);
        if (list.isEmpty()) {
            local();
            return;
        }
        var name = list.get();
        switch (gen.below(5)) {
            case 0 -> line("table.insert(" + name + ", " + values.number(1) + ")");
            case 1 -> line("table.insert(" + name + ", 1, " + values.number(1) + ")");
            case 2 -> line("print(table.remove(" + name + "))");
            case 3 -> line(name + "[#" + name + " + 1] = " + values.number(1));
            default ->
                    line(
                            "table.sort("
                                    + name
                                    + gen.oneOf("", ", function(a, b) return a > b end")
                                    + ")");
        }
    }

    private void several() {
        int count = 2 + gen.below(2);
        var right = values.list(1 + gen.below(4));
        var names =
                IntStream.range(0, count)
                        .mapToObj(_ -> scope.declare(Kind.ANY))
                        .collect(Collectors.joining(", "));
        line("local " + names + " = " + right);
    }

    // ---- statements with bodies

    private void block() {
        line("do");
        body();
        line("end");
    }

    private void branch() {
        line("if " + values.any(1) + " then");
        body();
        if (gen.yes()) {
            line("elseif " + values.condition(1) + " then");
            body();
        }
        if (gen.yes()) {
            line("else");
            body();
        }
        line("end");
    }

    private void counting() {
        var bounds =
                gen.oneOf(
                        "1, 3",
                        "3, 1, -1",
                        "0.5, 2, 0.5",
                        "1, 0",
                        "'1', 2",
                        "1, 2, 0.75",
                        "-1, 1",
                        "2, 1, -0.25");
        if (gen.chance(8)) {
            bounds = gen.oneOf("nil", "'x'", "{}", "true", "'3'", "2 ^ 2") + ", " + gen.below(3);
        }
        int mark = scope.mark();
        line("for " + scope.declare(Kind.NUMBER) + " = " + bounds + " do");
        loopBody();
        line("end");
        scope.back(mark);
    }

    private void loopBody() {
        body(
                1 + gen.below(2),
                () -> {
                    if (gen.chance(25)) {
                        line("if " + values.condition(1) + " then break end");
                    }
                });
    }

    private void eachOf() {
        int mark = scope.mark();
        switch (gen.below(4)) {
            case 0 -> {
                var over = scope.any(Kind.LIST, gen).orElse("{ 3, 1, 2 }");
                over = "{ unpack(" + over + ", 1, 4) }";
                line(
                        "for "
                                + scope.declare(Kind.NUMBER)
                                + ", "
                                + scope.declare(Kind.ANY)
                                + " in ipairs("
                                + over
                                + ") do");
            }
            case 1 -> {
                var over =
                        "("
                                + values.text(2)
                                + "):sub(1, 6):gmatch('"
                                + new Patterns(gen).pattern()
                                + "')";
                line(
                        "for "
                                + scope.declare(Kind.ANY)
                                + ", "
                                + scope.declare(Kind.ANY)
                                + " in "
                                + over
                                + " do");
            }
            case 2 ->
                    line(
                            "for "
                                    + scope.declare(Kind.NUMBER)
                                    + " in function(_, i) i = (i or 0) + 1; if i < 4 then return i end end do");
            default -> {
                if (gen.chance(20)) {
                    line("for " + scope.declare(Kind.ANY) + " in " + values.any(2) + " do");
                } else {
                    line(
                            "for "
                                    + scope.declare(Kind.ANY)
                                    + " in coroutine.wrap(function() coroutine.yield(1); coroutine.yield('two') end) do");
                }
            }
        }
        loopBody();
        line("end");
        scope.back(mark);
    }

    private void whileLoop() {
        int mark = scope.mark();
        var counter = scope.hidden();
        line("local " + counter + " = " + gen.below(4));
        line("while " + counter + " > 0 and " + values.any(2) + " do");
        nest++;
        line(counter + " = " + counter + " - 1");
        nest--;
        loopBody();
        line("end");
        scope.back(mark);
    }

    private void repeatLoop() {
        int mark = scope.mark();
        var counter = scope.hidden();
        line("local " + counter + " = " + gen.below(3));
        line("repeat");
        nest++;
        int inner = scope.mark();
        line(counter + " = " + counter + " - 1");
        local();
        line("until " + counter + " <= 0 or " + values.any(2));
        scope.back(inner);
        nest--;
        scope.back(mark);
    }

    /// It can call what was declared before, so it ends.
    private void function() {
        int parameters = gen.below(4);
        boolean rest = gen.chance(30);
        var name = scope.promised();
        int mark = scope.mark();
        var list = new ArrayList<String>();
        for (int i = 0; i < parameters; i++) {
            list.add(scope.declare(Kind.ANY));
        }
        if (rest) {
            list.add("...");
        }
        line(
                gen.oneOf("local function " + name + "(", "local " + name + " = function(")
                        + String.join(", ", list)
                        + ")");
        boolean outer = values.rest(rest);
        body(
                gen.below(3),
                () ->
                        line(
                                gen.oneOf("return ", "return ", "return (").equals("return (")
                                        ? "return (" + values.any(1) + ")"
                                        : "return " + values.list(gen.below(4))));
        values.rest(outer);
        line("end");
        scope.back(mark);
        scope.fulfil(name);
    }

    private static final List<String> BINARY =
            List.of(
                    "__add",
                    "__sub",
                    "__mul",
                    "__div",
                    "__mod",
                    "__pow",
                    "__concat",
                    "__eq",
                    "__lt",
                    "__le");

    private void meta() {
        var parts = new ArrayList<String>();
        int count = 1 + gen.below(4);
        for (int i = 0; i < count; i++) {
            parts.add(event());
        }
        var shared = scope.hidden();
        line("local " + shared + " = { " + String.join(", ", parts) + " }");
        line(
                "local "
                        + scope.declare(Kind.META)
                        + " = setmetatable("
                        + values.fields(1)
                        + ", "
                        + shared
                        + ")");
        line(
                "local "
                        + scope.declare(Kind.META)
                        + " = setmetatable({ n = "
                        + gen.below(9)
                        + " }, "
                        + shared
                        + ")");
    }

    private String event() {
        return switch (gen.below(8)) {
            case 0 -> "__index = " + values.fields(1);
            case 1 ->
                    "__index = function(t, k) return "
                            + gen.oneOf(
                                    "k", "rawget(t, 'n')", "'<' .. tostring(k) .. '>'", "nil .. k")
                            + " end";
            case 2 ->
                    "__newindex = function(t, k, v) rawset(t, k, "
                            + gen.oneOf("v", "{ v }", "tostring(v)")
                            + ") end";
            case 3 -> "__call = function(self, ...) return select('#', ...), ... end";
            case 4 -> "__tostring = function(t) return 'T' .. tostring(rawget(t, 'n')) end";
            case 5 ->
                    "__unm = function(a) return "
                            + gen.oneOf("'minus'", "a", "error('no minus')")
                            + " end";
            case 6 -> "__metatable = " + gen.oneOf("'locked'", "false", "{ 1 }");
            default ->
                    gen.oneOf(BINARY)
                            + " = function(a, b) return "
                            + gen.oneOf(
                                    "type(a) .. type(b)",
                                    "true",
                                    "false",
                                    "nil",
                                    "rawequal(a, b)",
                                    "error({ 1 })",
                                    "error('in meta')")
                            + " end";
        };
    }

    private void coroutine() {
        var name = scope.hidden();
        line("local " + name + " = coroutine." + gen.oneOf("create", "wrap") + "(function(...)");
        boolean wrapped = text.indexOf("coroutine.wrap", text.length() - 60) >= 0;
        boolean outer = values.rest(true);
        body(
                gen.below(2),
                () -> {
                    for (int i = gen.below(3); i > 0; i--) {
                        line("print('got', coroutine.yield(" + values.list(gen.below(3)) + "))");
                    }
                    line("return " + values.list(gen.below(3)));
                });
        values.rest(outer);
        line("end)");
        for (int i = 1 + gen.below(3); i > 0; i--) {
            var arguments = values.list(gen.below(3));
            line(
                    wrapped
                            ? "print(pcall("
                                    + name
                                    + (arguments.isEmpty() ? "" : ", ")
                                    + arguments
                                    + "))"
                            : "print(coroutine.resume("
                                    + name
                                    + (arguments.isEmpty() ? "" : ", ")
                                    + arguments
                                    + "))");
            if (!wrapped) {
                line("print(coroutine.status(" + name + "))");
            }
        }
    }

    /// What a variable most likely holds.
    enum Kind {
        NUMBER,
        TEXT,
        BOOLEAN,
        LIST,
        FIELDS,
        META,
        ANY
    }

    /// Depth of expressions.
    static int depthMax() {
        return DEPTH_MAX;
    }
}
