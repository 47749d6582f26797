package dev.sloth.lua;

import dev.sloth.lua.Programs.Kind;
import dev.sloth.testkit.Gen;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/// Makes expressions.
final class Values {
    private static final List<String> NUMBERS =
            List.of(
                    "1",
                    "2",
                    "3",
                    "10",
                    "-1",
                    "-7",
                    "0.5",
                    "1.5",
                    "-2.25",
                    "1e15",
                    "1e16",
                    "123456789012",
                    "0x1F",
                    "1e-7",
                    "2^53",
                    "1/3",
                    "100",
                    "255",
                    "3.14159265358979");

    private static final List<String> TEXTS =
            List.of(
                    "''",
                    "'a'",
                    "'abc'",
                    "'hello world'",
                    "'10'",
                    "' 7 '",
                    "'0x10'",
                    "'1e2'",
                    "'abcabc x1 y2'",
                    "'a\\nb'",
                    "\"it's\"",
                    "[[long]]",
                    "'%d+'",
                    "'key=value, k2=v2'",
                    "'THE (quick) fox'",
                    "'1,2,,3'",
                    "'\\200\\255'");

    private final Gen gen;
    private final Scope scope;
    private boolean rest = true;

    Values(Gen gen, Scope scope) {
        this.gen = gen;
        this.scope = scope;
    }

    /// Says whether `...` may be used; gives what held before.
    boolean rest(boolean is) {
        boolean before = rest;
        rest = is;
        return before;
    }

    String of(Kind kind, int depth) {
        if (gen.chance(4)) {
            return wild(depth + 1);
        }
        return switch (kind) {
            case NUMBER -> number(depth);
            case TEXT -> "string.sub(" + text(depth) + ", 1, 40)";
            case BOOLEAN -> condition(depth);
            case LIST -> numbers(depth);
            case FIELDS, META -> fields(depth);
            case ANY -> any(depth);
        };
    }

    String list(int count) {
        return IntStream.range(0, count).mapToObj(_ -> any(1)).collect(Collectors.joining(", "));
    }

    private boolean deep(int depth) {
        return depth >= Programs.depthMax();
    }

    String number(int depth) {
        int d = depth + 1;
        if (deep(depth)) {
            return scope.any(Kind.NUMBER, gen).orElseGet(() -> gen.oneOf(NUMBERS));
        }
        return switch (gen.below(14)) {
            case 0, 1, 2 -> gen.oneOf(NUMBERS);
            case 3, 4 -> scope.any(Kind.NUMBER, gen).orElseGet(() -> gen.oneOf(NUMBERS));
            case 5, 6 ->
                    "("
                            + number(d)
                            + gen.oneOf(
                                    " + " + number(d),
                                    " - " + number(d),
                                    " * " + number(d),
                                    gen.oneOf(" / ", " % ") + gen.oneOf("2", "-3", "0.25", "10"),
                                    " ^ " + gen.oneOf("2", "3"))
                            + ")";
            // lua5.1 makes 0 of a constant -0.
            case 7 -> "-" + scope.any(Kind.NUMBER, gen).orElse("(1)");
            case 8 -> "#" + scope.any(Kind.LIST, gen).orElse("{ 1, 2 }");
            case 9 -> "#(" + text(d) + ")";
            case 10 -> "math." + gen.oneOf("floor", "ceil", "abs") + "(" + number(d) + ")";
            case 11 ->
                    "math."
                            + gen.oneOf(
                                    "max(" + number(d) + ", " + number(d),
                                    "min(" + number(d) + ", " + number(d),
                                    "fmod(" + number(d) + ", 3",
                                    "pow(" + number(d) + ", 2")
                            + ")";
            case 12 -> "(" + text(d) + " + " + number(d) + ")";
            default -> "select('#'" + (gen.yes() ? "" : ", " + any(d)) + ")";
        };
    }

    String text(int depth) {
        int d = depth + 1;
        if (deep(depth)) {
            return scope.any(Kind.TEXT, gen).orElseGet(() -> gen.oneOf(TEXTS));
        }
        return switch (gen.below(12)) {
            case 0, 1, 2 -> gen.oneOf(TEXTS);
            case 3, 4 -> scope.any(Kind.TEXT, gen).orElseGet(() -> gen.oneOf(TEXTS));
            case 5, 6 -> "(" + text(d) + " .. " + gen.oneOf(text(d), number(d)) + ")";
            // A condition may be a function, whose text is where it lies.
            case 7 -> "tostring(" + gen.oneOf(number(d), "not " + condition(d), "nil") + ")";
            case 8 ->
                    "("
                            + text(d)
                            + "):"
                            + gen.oneOf(
                                    "upper()",
                                    "lower()",
                                    "reverse()",
                                    "sub(2)",
                                    "sub(-3, -2)",
                                    "rep(3)");
            case 9 -> format(d);
            case 10 -> "type(" + any(d) + ")";
            default ->
                    "(string.gsub("
                            + text(d)
                            + ", '"
                            + new Patterns(gen).pattern()
                            + "', "
                            + replacement()
                            + "))";
        };
    }

    private String replacement() {
        return gen.oneOf(
                "'<%0>'",
                "''",
                "'%1'",
                "'%%'",
                "{ a = 'A', x = false, b = 1 }",
                "function(c) return nil end",
                "function(...) return select('#', ...) end",
                "'%2'",
                "string.upper");
    }

    private String format(int depth) {
        return switch (gen.below(6)) {
            case 0 ->
                    "string.format('"
                            + flags()
                            + "d', "
                            + gen.oneOf("0", "7", "-42", "123456789", "3.0", "'12'")
                            + ")";
            case 1 ->
                    "string.format('"
                            + flags()
                            + gen.oneOf("x", "X", "o", "u", "c")
                            + "', "
                            + gen.oneOf("65", "97", "255", "48")
                            + ")";
            case 2 ->
                    "string.format('"
                            + flags()
                            + gen.oneOf("g", "f", "e", "G", "E")
                            + "', "
                            + number(depth)
                            + ")";
            case 3 ->
                    "string.format('%"
                            + gen.oneOf("", "10", "-10", ".2", "8.3")
                            + "s', "
                            + text(depth)
                            + ")";
            case 4 -> "string.format('%q', " + text(depth) + ")";
            default -> "string.format('%s=%d%%', " + text(depth) + ", " + gen.below(100) + ")";
        };
    }

    private String flags() {
        return "%"
                + gen.oneOf("", "", "-", "+", " ", "0", "#", "-+")
                + gen.oneOf("", "", "5", "12")
                + gen.oneOf("", "", ".3", ".0", ".10");
    }

    String condition(int depth) {
        int d = depth + 1;
        if (deep(depth)) {
            return gen.oneOf("true", "false");
        }
        return switch (gen.below(9)) {
            case 0 -> gen.oneOf("true", "false", "nil");
            case 1 ->
                    "("
                            + number(d)
                            + gen.oneOf(" < ", " <= ", " > ", " >= ", " == ", " ~= ")
                            + number(d)
                            + ")";
            case 2 ->
                    "("
                            + text(d)
                            + gen.oneOf(" < ", " <= ", " > ", " >= ", " == ", " ~= ")
                            + text(d)
                            + ")";
            case 3 -> "not " + any(d);
            // With a constant before it, lua5.1 names the variable behind it.
            case 4 -> "(({ " + any(d) + " })[1]" + gen.oneOf(" and ", " or ") + any(d) + ")";
            case 5 -> "(" + any(d) + gen.oneOf(" == ", " ~= ") + any(d) + ")";
            case 6 -> "rawequal(" + any(d) + ", " + any(d) + ")";
            case 7 -> "(" + text(d) + "):find('" + new Patterns(gen).pattern() + "')";
            default -> scope.any(Kind.BOOLEAN, gen).orElse("false");
        };
    }

    private String numbers(int depth) {
        int count = gen.below(5);
        return "{ "
                + IntStream.range(0, count)
                        .mapToObj(_ -> number(depth + 2))
                        .collect(Collectors.joining(", "))
                + " }";
    }

    String fields(int depth) {
        return "{ "
                + gen.oneOf("", "n = ", "[1] = ", "['x y'] = ", "k = ", "[true] = ")
                + any(depth + 2)
                + gen.oneOf("", ", k = " + any(depth + 2), "; [2] = " + number(depth + 2), ", ")
                + " }";
    }

    String any(int depth) {
        if (gen.chance(10)) {
            return wild(depth + 1);
        }
        return switch (gen.below(9)) {
            case 0, 1 -> number(depth);
            case 2, 3 -> text(depth);
            case 4 -> condition(depth);
            case 5 -> deep(depth) ? "{}" : fields(depth);
            case 6 -> gen.oneOf("nil", "true", "false");
            case 7 -> rest && gen.yes() ? "(...)" : scope.any(gen).orElse("nil");
            default -> scope.any(gen).orElse("nil");
        };
    }

    /// What may be wrong.
    private String wild(int depth) {
        int d = depth + 1;
        if (deep(depth)) {
            return scope.any(gen).orElse("nil");
        }
        return switch (gen.below(12)) {
            case 0 -> thing() + member();
            case 1 -> thing() + "(" + list(gen.below(3)) + ")";
            case 2 ->
                    gen.oneOf(
                            "(" + any(d) + gen.oneOf(" + ", " - ", " * ") + any(d) + ")",
                            "(" + any(d) + gen.oneOf(" / 4", " % 3", " ^ 2") + ")",
                            // Else a loop could double it for ever.
                            "string.sub(" + any(d) + " .. " + any(d) + ", 1, 40)");
            case 3 -> "(" + any(d) + gen.oneOf(" < ", " <= ", " > ", " >= ") + any(d) + ")";
            case 4 -> "-" + thing();
            case 5 -> "#" + gen.oneOf("nil", "1", scope.any(Kind.TEXT, gen).orElse("true"));
            case 6 ->
                    thing()
                            + ":"
                            + gen.oneOf("n(" + list(1), "k(", "upper(" + list(1), "sub(" + place())
                            + ")";
            case 7 -> thing() + member() + member();
            case 8 ->
                    scope.any(Kind.META, gen).orElse("G1")
                            + gen.oneOf(
                                    "(1, 2)", ".n", ".other", " + 1", " .. 'x'", " == 1", "[1]");
            case 9 ->
                    "("
                            + scope.any(Kind.META, gen).orElse("G1")
                            + gen.oneOf(" < ", " <= ", " == ", " + ", " .. ")
                            + scope.any(Kind.META, gen).orElse("1")
                            + ")";
            case 10 ->
                    "(function(...) return "
                            + list(gen.below(3))
                            + " end)("
                            + list(gen.below(2))
                            + ")";
            default -> library();
        };
    }

    private String thing() {
        return gen.chance(20) ? "G" + gen.below(4) : scope.any(gen).orElse("G1");
    }

    String member() {
        return gen.oneOf(".n", ".k", ".other", "[1]", "['x y']", "[2]", ".n");
    }

    /// A function and what it is called with.
    String called() {
        return scope.function(gen).orElse("function(...) return select('#', ...), ... end")
                + gen.oneOf("", ", " + any(1), ", " + any(1) + ", " + any(1));
    }

    /// A call of the library, with arguments that mostly fit.
    String library() {
        return switch (gen.below(4)) {
            case 0 -> search();
            case 1 -> texts();
            case 2 -> tables();
            default -> others();
        };
    }

    /// @param more arguments, each with a comma before it
    private static String call(String function, String... more) {
        return "pcall(" + function + String.join("", more) + ")";
    }

    private String then(String argument) {
        return ", " + argument;
    }

    private String search() {
        var pattern = then("'" + new Patterns(gen).pattern() + "'");
        var subject = then(sometimes(text(2)));
        var from = gen.oneOf("", ", 2", ", -2", ", 1, true", ", 10");
        return switch (gen.below(3)) {
            case 0 -> call("string.find", subject, pattern, from);
            case 1 -> call("string.match", subject, pattern, gen.oneOf("", ", 2", ", -3"));
            default ->
                    call(
                            "string.gsub",
                            then(text(2)),
                            pattern,
                            then(replacement()),
                            gen.oneOf("", ", 1", ", 0"));
        };
    }

    private String texts() {
        var subject = then(sometimes(text(2)));
        return switch (gen.below(6)) {
            case 0 ->
                    call("string.rep", subject, gen.oneOf(", 0", ", 2", ", -1", ", 3.7", ", '2'"));
            case 1 -> call("string.sub", subject, then(place()), then(place()));
            case 2 -> call("string.byte", subject, gen.oneOf("", ", 1, -1", ", 2", ", -1", ", 10"));
            case 3 -> call("string.char", gen.oneOf("", ", 65, 66, 1", ", 256", ", '70'", ", 1.5"));
            case 4 -> call("tonumber", then(gen.oneOf(any(2), text(2))));
            default -> call("string.format", then(wrongFormat()), then(formatted()));
        };
    }

    private String wrongFormat() {
        return gen.oneOf(
                "'%d'", "'%5.1f|'", "'%q'", "'%c'", "'%y'", "'%'", "'%10.123f'", "'%i'", "'%-5d|'");
    }

    private String formatted() {
        return gen.oneOf("1", "65", "'x'", "'12'", "{}", "nil");
    }

    private String tables() {
        var list = then(sometimes(numbers(2)));
        return switch (gen.below(6)) {
            case 0 -> call("unpack", list, gen.oneOf("", ", 1, 2", ", 2", ", 1, 0", ", -1, 1"));
            case 1 -> call("table.concat", list, gen.oneOf("", ", ', '", ", '', 1, 2", ", '-', 3"));
            case 2 ->
                    call("setmetatable", then(sometimes("{}")), gen.oneOf(", nil", ", {}", ", 1"));
            case 3 -> call("rawget", then(sometimes("{ n = 1 }")), ", 'n'");
            case 4 -> call("next", gen.oneOf(", {}", ", { 5 }", ", nil", ", 1"));
            default ->
                    call(
                            "table." + gen.oneOf("insert", "remove", "sort", "getn", "maxn"),
                            gen.oneOf(", { 3, 1, 2 }", ", nil", ", {}", ", 1"),
                            gen.oneOf("", ", 1", ", 2, 3", ", nil"));
        };
    }

    private String others() {
        return switch (gen.below(7)) {
            case 0 -> "tonumber(" + gen.oneOf("'ff'", "'zz'", "'12'", "' 7'") + ", " + base() + ")";
            case 1 ->
                    call(
                            "select",
                            then(gen.oneOf("1", "2", "-1", "'#'", "0", "'x'")),
                            then(list(2)));
            case 2 -> call("ipairs", then(any(2)));
            case 3 -> call("math." + function(), then(sometimes(number(2))));
            case 4 ->
                    call(
                            "error",
                            gen.oneOf(", 'm'", ", { 1 }", ", nil", ", 'm', 0", ", 42", ", 'm', 2"));
            case 5 -> call("assert", gen.oneOf(", false", ", nil", ", 1, 2", ", false, 'why'", ""));
            default -> call("tostring", gen.oneOf("", then(number(2)), ", nil", then(meta())));
        };
    }

    private String base() {
        return gen.oneOf("16", "36", "8", "10", "2");
    }

    private String function() {
        return gen.oneOf("floor", "abs", "exp", "sin", "modf", "frexp", "deg", "rad", "ceil");
    }

    private String meta() {
        return scope.any(Kind.META, gen).orElse("true");
    }

    /// Numbers that do not fit into C's integers become whatever they become there.
    private String place() {
        return gen.oneOf(
                "0", "1", "2", "-1", "-2", "5", "100", "-100", "1.5", "'2'", "nil", "{}", "'x'");
    }

    private String sometimes(String right) {
        return gen.chance(12) ? any(3) : right;
    }
}
