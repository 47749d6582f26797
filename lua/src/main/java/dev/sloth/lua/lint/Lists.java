package dev.sloth.lua.lint;

import dev.sloth.lua.syntax.Expr;
import dev.sloth.lua.syntax.FunctionBody;
import dev.sloth.lua.syntax.Name;
import dev.sloth.lua.syntax.Span;
import dev.sloth.lua.syntax.Stat;
import dev.sloth.lua.syntax.TreeWalk;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/// Lists in which something is there twice, or that do not fit each other.
final class Lists implements Check {
    static final Rule FIELD =
            new Rule(
                    "duplicate-field",
                    Severity.WARNING,
                    "A table has a field twice; the last one counts.");
    static final Rule PARAMETER =
            new Rule(
                    "duplicate-parameter",
                    Severity.WARNING,
                    "A function has two parameters of one name; the last one counts.");
    static final Rule BALANCE =
            new Rule(
                    "unbalanced-assignment",
                    Severity.WARNING,
                    "There are more values than variables, or fewer, with no call at the end that"
                            + " could give several.");

    @Override
    public List<Rule> rules() {
        return List.of(FIELD, PARAMETER, BALANCE);
    }

    @Override
    public void look(Subject subject, Consumer<Finding> found) {
        TreeWalk.over(
                subject.chunk(),
                new TreeWalk.Visitor() {
                    @Override
                    public void expr(Expr expr) {
                        if (expr instanceof Expr.Table table) {
                            fields(table, found);
                        }
                    }

                    @Override
                    public void body(FunctionBody body) {
                        parameters(body, found);
                    }

                    @Override
                    public void stat(Stat stat) {
                        balance(stat).ifPresent(found);
                    }
                });
    }

    private static void fields(Expr.Table table, Consumer<Finding> found) {
        Map<Object, Integer> lines = new HashMap<>();
        int items = 0;
        for (Expr.Field field : table.fields()) {
            items += field instanceof Expr.Field.Item ? 1 : 0;
            Optional<Key> key = key(field, items);
            if (key.isEmpty()) {
                continue;
            }
            Integer before = lines.put(key.get().value(), key.get().span().line());
            if (before != null) {
                found.accept(
                        FIELD.at(
                                key.get().span(),
                                "the table has the field '%s' in line %d already"
                                        .formatted(key.get().shown(), before),
                                "Remove one of them."));
            }
        }
    }

    private record Key(Object value, Span span) {
        String shown() {
            return value instanceof Double number && number == Math.rint(number)
                    ? Long.toString(Math.round(number))
                    : String.valueOf(value);
        }
    }

    /// @param items how many items the table has up to this field
    private static Optional<Key> key(Expr.Field field, int items) {
        return switch (field) {
            case Expr.Field.Item(var value) -> Optional.of(new Key((double) items, value.span()));
            case Expr.Field.Named(var name, _) -> Optional.of(new Key(name.text(), name.span()));
            case Expr.Field.Keyed(Expr.Str(var bytes, var span), _) ->
                    Optional.of(new Key(new String(bytes, StandardCharsets.ISO_8859_1), span));
            case Expr.Field.Keyed(Expr.Num(var value, var span), _) ->
                    Optional.of(new Key(value + 0.0, span));
            case Expr.Field.Keyed _ -> Optional.empty();
        };
    }

    private static void parameters(FunctionBody body, Consumer<Finding> found) {
        Set<String> names = new HashSet<>();
        for (Name name : body.parameters()) {
            if (!name.text().startsWith("_") && !names.add(name.text())) {
                found.accept(
                        PARAMETER.at(
                                name.span(),
                                "the parameter '" + name.text() + "' is there twice",
                                "Give one of them another name."));
            }
        }
    }

    private static Optional<Finding> balance(Stat stat) {
        return switch (stat) {
            case Stat.Local s -> balance(s.names().size(), s.values());
            case Stat.Assign s -> balance(s.targets().size(), s.values());
            default -> Optional.empty();
        };
    }

    private static Optional<Finding> balance(int variables, List<Expr> values) {
        if (values.size() > variables) {
            return Optional.of(
                    BALANCE.at(
                            values.get(variables).span(),
                            "there is no variable for this value",
                            "Remove it, or name a variable for it."));
        }
        if (values.isEmpty() || values.size() == variables || givesSeveral(values.getLast())) {
            return Optional.empty();
        }
        return Optional.of(
                BALANCE.at(
                        values.getLast().span(),
                        "there are %d variables, but only %d %s"
                                .formatted(
                                        variables,
                                        values.size(),
                                        values.size() == 1 ? "value" : "values"),
                        "Give each a value, or say nil for those that have none."));
    }

    /// Whether an expression may stand for several values; a nil at the end stands for all others.
    private static boolean givesSeveral(Expr last) {
        return last instanceof Expr.Call
                || last instanceof Expr.MethodCall
                || last instanceof Expr.Varargs
                || last instanceof Expr.Nil;
    }
}
