package dev.sloth.lua.syntax;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Collectors;

/// Writes a tree as text with all brackets, to compare it with what a test expects.
public final class TreeText {
    private TreeText() {}

    public static String of(String source) {
        return of(source.getBytes(StandardCharsets.UTF_8));
    }

    public static String of(byte[] source) {
        return switch (Parser.parse("test", source)) {
            case Parsed.Ok(var chunk) -> of(chunk.main().block());
            case Parsed.Bad(var errors, _) -> "error: " + errors.getFirst().message();
        };
    }

    private static String of(Block block) {
        return block.stats().stream().map(TreeText::of).collect(Collectors.joining(" "));
    }

    private static String of(Stat stat) {
        return switch (stat) {
            case Stat.Local s -> "local " + names(s.names()) + " = " + list(s.values());
            case Stat.LocalFunction s -> "local " + s.name().text() + " = " + of(s.body());
            case Stat.Assign s -> list(s.targets()) + " = " + list(s.values());
            case Stat.CallStat s -> of(s.call());
            case Stat.Do s -> "do {" + of(s.block()) + "}";
            case Stat.While s -> "while " + of(s.condition()) + " {" + of(s.block()) + "}";
            case Stat.Repeat s -> "repeat {" + of(s.block()) + "} " + of(s.condition());
            case Stat.If s -> ifText(s);
            case Stat.NumericFor s ->
                    "for %s = %s, %s, %s {%s}"
                            .formatted(
                                    s.variable().text(),
                                    of(s.from()),
                                    of(s.to()),
                                    s.step().map(TreeText::of).orElse("-"),
                                    of(s.block()));
            case Stat.GenericFor s ->
                    "for %s in %s {%s}"
                            .formatted(names(s.names()), list(s.values()), of(s.block()));
            case Stat.Return s -> "return " + list(s.values());
            case Stat.Break _ -> "break";
            case Stat.Goto s -> "goto " + s.label().text();
            case Stat.Label s -> "::" + s.name().text() + "::";
        };
    }

    private static String ifText(Stat.If stat) {
        String branches =
                stat.branches().stream()
                        .map(b -> of(b.condition()) + " {" + of(b.block()) + "}")
                        .collect(Collectors.joining(" or if "));
        return "if " + branches + stat.otherwise().map(b -> " else {" + of(b) + "}").orElse("");
    }

    private static String of(FunctionBody body) {
        return "function %s(%s%s) {%s}"
                .formatted(
                        body.name(),
                        names(body.parameters()),
                        body.varargs() ? "..." : "",
                        of(body.block()));
    }

    private static String names(List<Name> names) {
        return names.stream().map(Name::text).collect(Collectors.joining(","));
    }

    private static String list(List<Expr> exprs) {
        return exprs.stream().map(TreeText::of).collect(Collectors.joining(", "));
    }

    private static String of(Expr expr) {
        return switch (expr) {
            case Expr.Nil _ -> "nil";
            case Expr.Bool e -> String.valueOf(e.value());
            case Expr.Num e -> String.valueOf(e.value());
            case Expr.Str e -> "'" + new String(e.bytes(), StandardCharsets.UTF_8) + "'";
            case Expr.Varargs _ -> "...";
            case Expr.Function e -> of(e.body());
            case Expr.Variable e -> e.name().text();
            case Expr.Index e -> of(e.object()) + (e.dotted() ? "." : "") + "[" + of(e.key()) + "]";
            case Expr.Call e -> of(e.callee()) + "(" + list(e.arguments()) + ")";
            case Expr.MethodCall e ->
                    of(e.object()) + ":" + e.method().text() + "(" + list(e.arguments()) + ")";
            case Expr.Binary e -> "<%s %s %s>".formatted(of(e.left()), e.operator(), of(e.right()));
            case Expr.Unary e -> "<" + e.operator() + " " + of(e.operand()) + ">";
            case Expr.And e -> "<" + of(e.left()) + " and " + of(e.right()) + ">";
            case Expr.Or e -> "<" + of(e.left()) + " or " + of(e.right()) + ">";
            case Expr.Parenthesized e -> "(" + of(e.inner()) + ")";
            case Expr.Table e ->
                    e.fields().stream()
                            .map(TreeText::of)
                            .collect(Collectors.joining(", ", "{", "}"));
        };
    }

    private static String of(Expr.Field field) {
        return switch (field) {
            case Expr.Field.Item(var value) -> of(value);
            case Expr.Field.Named(var name, var value) -> name.text() + "=" + of(value);
            case Expr.Field.Keyed(var key, var value) -> "[" + of(key) + "]=" + of(value);
        };
    }
}
