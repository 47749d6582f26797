package dev.sloth.dsl.lint;

import dev.sloth.api.plugin.Function;
import dev.sloth.api.value.Text;
import dev.sloth.api.value.Value;
import dev.sloth.lua.lint.Subject;
import dev.sloth.lua.lint.Variable;
import dev.sloth.lua.syntax.Expr;
import dev.sloth.lua.syntax.Stat;
import dev.sloth.lua.syntax.TreeWalk;
import dev.sloth.lua.syntax.UnaryOperator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// What the expressions of one script stand for. What the script may have changed is unknown.
final class Meanings {
    /// How many steps are gone from an expression to what it stands for.
    private static final int STEPS_MAX = 100;

    private static final Meaning UNKNOWN = new Meaning.Unknown();

    private final Subject subject;
    private final Offered offered;

    /// Globals that the script sets, and fields such as `log.info`.
    private final Set<String> changed = new HashSet<>();

    Meanings(Subject subject, Offered offered) {
        this.subject = subject;
        this.offered = offered;
        subject.names().globals().stream()
                .filter(use -> use.sets())
                .forEach(use -> changed.add(use.name().text()));
        TreeWalk.over(
                subject.chunk(),
                new TreeWalk.Visitor() {
                    @Override
                    public void stat(Stat stat) {
                        if (stat instanceof Stat.Assign assign) {
                            assign.targets().forEach(target -> note(target));
                        }
                    }
                });
    }

    private void note(Expr target) {
        if (target instanceof Expr.Index index && index.key() instanceof Expr.Str key) {
            if (of(index.object()) instanceof Meaning.Room(var path)) {
                changed.add(path + "." + text(key));
            }
        }
    }

    static String text(Expr.Str string) {
        return Text.ofBytes(string.bytes()).toString();
    }

    boolean isChanged(String path) {
        return changed.contains(path);
    }

    /// Whether the script looks at metatables: it may have given texts other methods.
    boolean areTextsOpen() {
        return isChanged("string")
                || subject.names().globals().stream()
                        .anyMatch(use -> use.name().text().equals("getmetatable"));
    }

    Meaning of(Expr expr) {
        return of(expr, STEPS_MAX);
    }

    private Meaning of(Expr expr, int steps) {
        if (steps == 0) {
            return UNKNOWN;
        }
        return switch (expr) {
            case Expr.Nil _ -> new Meaning.Known(Value.Nil.NIL);
            case Expr.Bool(var value, _) -> new Meaning.Known(Value.Bool.of(value));
            case Expr.Num(var value, _) -> new Meaning.Known(new Value.Num(value));
            case Expr.Str(var bytes, _) -> new Meaning.Known(Text.ofBytes(bytes));
            case Expr.Function _ -> new Meaning.OfType("function");
            case Expr.Table table -> new Meaning.Table(table);
            case Expr.Parenthesized(var inner, _) -> of(inner, steps - 1);
            case Expr.Variable variable -> variable(variable, steps);
            case Expr.Index index -> member(index, steps);
            case Expr.Call call -> call(call, steps);
            case Expr.MethodCall call -> method(call, steps);
            case Expr.Unary(var operator, var operand, _) -> unary(operator, operand);
            case Expr.Binary(var operator, _, _, _, _) ->
                    switch (operator) {
                        case CONCAT -> new Meaning.OfType("string");
                        case EQUAL, NOT_EQUAL, LESS, LESS_OR_EQUAL, GREATER, GREATER_OR_EQUAL ->
                                new Meaning.OfType("boolean");
                        case ADD, SUBTRACT, MULTIPLY, DIVIDE, MODULO, POWER ->
                                new Meaning.OfType("number");
                    };
            case Expr.And _, Expr.Or _, Expr.Varargs _ -> UNKNOWN;
        };
    }

    private static Meaning unary(UnaryOperator operator, Expr operand) {
        return switch (operator) {
            case NOT -> new Meaning.OfType("boolean");
            case LENGTH -> new Meaning.OfType("number");
            case NEGATE ->
                    operand instanceof Expr.Num(var value, _)
                            ? new Meaning.Known(new Value.Num(-value))
                            : new Meaning.OfType("number");
        };
    }

    private Meaning variable(Expr.Variable use, int steps) {
        Optional<Variable> local = subject.names().variable(use);
        if (local.isPresent()) {
            return local.get()
                    .constant()
                    .map(value -> settled(of(value, steps - 1)))
                    .orElse(UNKNOWN);
        }
        String name = use.name().text();
        return changed.contains(name) ? UNKNOWN : offered.global(name);
    }

    /// A table in a variable may have been given other fields.
    private static Meaning settled(Meaning meaning) {
        return meaning instanceof Meaning.Table ? new Meaning.OfType("table") : meaning;
    }

    private Meaning member(Expr.Index index, int steps) {
        if (index.key() instanceof Expr.Str key
                && of(index.object(), steps - 1) instanceof Meaning.Room(var path)
                && !changed.contains(path + "." + text(key))) {
            return offered.member(path, text(key)).orElse(UNKNOWN);
        }
        return UNKNOWN;
    }

    private Meaning call(Expr.Call call, int steps) {
        if (subject.names().isGlobal(call.callee(), "require")
                && call.arguments().size() == 1
                && call.arguments().getFirst() instanceof Expr.Str name
                && offered.isModule(text(name))) {
            return offered.global(text(name));
        }
        return declared(of(call.callee(), steps - 1)).flatMap(offered::given).orElse(UNKNOWN);
    }

    private Meaning method(Expr.MethodCall call, int steps) {
        return of(call.object(), steps - 1) instanceof Meaning.Handle handle
                ? offered.method(handle, call.method().text())
                        .map(method -> offered.given(method).orElse(UNKNOWN))
                        .orElseGet(() -> afterUnknown(handle))
                : UNKNOWN;
    }

    /// Every method of a builder gives the builder: a misspelt one does not hide what follows.
    private Meaning afterUnknown(Meaning.Handle handle) {
        return offered.method(handle, Function.ITSELF).isPresent() ? handle : UNKNOWN;
    }

    /// The function that is called when this is called.
    Optional<Meaning.Declared> declared(Meaning callee) {
        return switch (callee) {
            case Meaning.Declared declared -> Optional.of(declared);
            case Meaning.Room(var path) -> offered.called(path);
            case Meaning.Handle handle -> offered.method(handle, Function.ITSELF);
            case Meaning.Known _, Meaning.Table _, Meaning.OfType _, Meaning.Unknown _ ->
                    Optional.empty();
        };
    }

    /// Whether the last of some arguments may stand for several.
    static boolean isOpen(List<Expr> arguments) {
        return !arguments.isEmpty()
                && (arguments.getLast() instanceof Expr.Call
                        || arguments.getLast() instanceof Expr.MethodCall
                        || arguments.getLast() instanceof Expr.Varargs);
    }
}
