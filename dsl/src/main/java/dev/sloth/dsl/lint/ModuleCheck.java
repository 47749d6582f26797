package dev.sloth.dsl.lint;

import dev.sloth.api.plugin.Function;
import dev.sloth.api.value.Text;
import dev.sloth.api.workflow.Nearest;
import dev.sloth.dsl.bind.Foresight;
import dev.sloth.lua.lint.Check;
import dev.sloth.lua.lint.Finding;
import dev.sloth.lua.lint.Rule;
import dev.sloth.lua.lint.Severity;
import dev.sloth.lua.lint.Subject;
import dev.sloth.lua.syntax.Expr;
import dev.sloth.lua.syntax.Name;
import dev.sloth.lua.syntax.Span;
import dev.sloth.lua.syntax.TreeWalk;
import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Stream;

/// Holds uses of modules, of the objects they give, and of Lua's own libraries against what is
/// declared.
final class ModuleCheck implements Check {
    static final Rule MEMBER =
            new Rule(
                    "unknown-function",
                    Severity.ERROR,
                    "A module or a library has nothing of this name.");
    static final Rule METHOD =
            new Rule(
                    "unknown-method",
                    Severity.ERROR,
                    "A task, a workflow, a text or another object has no such method.");
    static final Rule ARITY =
            new Rule(
                    "wrong-arity",
                    Severity.ERROR,
                    "A call lacks an argument or a field that the function's declaration demands.");
    static final Rule EXTRA =
            new Rule(
                    "extra-argument",
                    Severity.WARNING,
                    "A call has more arguments than the function takes; the others are dropped.");
    static final Rule TYPE =
            new Rule(
                    "wrong-type",
                    Severity.ERROR,
                    "An argument or a field of it is not of the declared type.");
    static final Rule FIELD =
            new Rule(
                    "unknown-field",
                    Severity.ERROR,
                    "A table that a function takes has a field that is not declared.");

    /// Events are called `event` where hooks are told of them, and have fields of their own.
    private static final Set<String> OPEN = Set.of("event");

    private static final String STRING = "string";

    private final Offered offered;

    ModuleCheck(Offered offered) {
        this.offered = offered;
    }

    @Override
    public List<Rule> rules() {
        return List.of(MEMBER, METHOD, ARITY, EXTRA, TYPE, FIELD);
    }

    @Override
    public void look(Subject subject, Consumer<Finding> found) {
        var meanings = new Meanings(subject, offered);
        TreeWalk.over(
                subject.chunk(),
                new TreeWalk.Visitor() {
                    /// What is called, which is shown behind its call.
                    private final Set<Expr> called =
                            Collections.newSetFromMap(new IdentityHashMap<>());

                    @Override
                    public void expr(Expr expr) {
                        switch (expr) {
                            case Expr.Index index ->
                                    member(meanings, index, called.contains(index))
                                            .ifPresent(found);
                            case Expr.Call call -> {
                                called.add(call.callee());
                                call(meanings, call, found);
                            }
                            case Expr.MethodCall call -> method(meanings, call, found);
                            default -> {}
                        }
                    }
                });
    }

    // ---- names

    /// @param called whether it is; otherwise the script may only ask whether it is there
    private Optional<Finding> member(Meanings meanings, Expr.Index index, boolean called) {
        if (!index.dotted()
                || !(index.key() instanceof Expr.Str key)
                || !(meanings.of(index.object()) instanceof Meaning.Room(var path))) {
            return Optional.empty();
        }
        var name = Meanings.text(key);
        return called || Nearest.to(name, offered.members(path)).isPresent()
                ? unknown(meanings, path, name, key.span())
                : Optional.empty();
    }

    private Optional<Finding> unknown(Meanings meanings, String path, String name, Span at) {
        var members = offered.members(path);
        boolean known =
                members.isEmpty()
                        || members.contains(name)
                        || OPEN.contains(path)
                        || meanings.isChanged(path + "." + name);
        if (known) {
            return Optional.empty();
        }
        var hint = Nearest.hint(name, members);
        return Optional.of(
                MEMBER.at(
                        at,
                        "'" + path + "' has no '" + name + "'" + hint,
                        hint.isEmpty() && offered.isModule(path)
                                ? "`sloth-runner modules " + path + "` shows what it has."
                                : ""));
    }

    private void method(Meanings meanings, Expr.MethodCall call, Consumer<Finding> found) {
        var name = call.method();
        switch (meanings.of(call.object())) {
            case Meaning.Handle handle -> {
                var method = offered.method(handle, name.text());
                if (method.isEmpty()) {
                    found.accept(unknown(handle, name.text(), name.span()));
                } else {
                    judge(meanings, method.get(), call.arguments(), call.span(), found);
                }
            }
            case Meaning.Room(var path) -> colon(meanings, path, call).ifPresent(found);
            case Meaning.Known(Text _) -> textual(meanings, name).ifPresent(found);
            case Meaning.OfType(var type) when type.equals("string") ->
                    textual(meanings, name).ifPresent(found);
            case Meaning.Declared _,
                    Meaning.Known _,
                    Meaning.Table _,
                    Meaning.OfType _,
                    Meaning.Unknown _ -> {}
        }
    }

    /// Texts have the functions of `string` for methods, unless the script gives them others.
    private Optional<Finding> textual(Meanings meanings, Name name) {
        var names = offered.members(STRING);
        boolean known =
                names.contains(name.text())
                        || meanings.isChanged(STRING + "." + name.text())
                        || meanings.areTextsOpen();
        return known
                ? Optional.empty()
                : Optional.of(
                        METHOD.at(
                                name.span(),
                                "a text has no method '%s'%s"
                                        .formatted(name.text(), Nearest.hint(name.text(), names)),
                                ""));
    }

    private static Finding unknown(Meaning.Handle handle, String name, Span at) {
        var names =
                handle.type().methods().stream()
                        .map(Function::name)
                        .filter(method -> !method.equals(Function.ITSELF))
                        .toList();
        var hint = Nearest.hint(name, names);
        return METHOD.at(
                at,
                "a " + handle.type().name() + " has no method '" + name + "'" + hint,
                hint.isEmpty() ? "Known are " + String.join(", ", names) + "." : "");
    }

    /// A module's function that is called as if the module were an object gets the module first.
    private Optional<Finding> colon(Meanings meanings, String path, Expr.MethodCall call) {
        var name = call.method();
        if (!offered.isModule(path) || meanings.isChanged(path + "." + name.text())) {
            return Optional.empty();
        }
        return offered.member(path, name.text()).isPresent()
                ? Optional.of(
                        TYPE.at(
                                name.span(),
                                "'%s' is called with a colon and gets the module itself first"
                                        .formatted(path + "." + name.text()),
                                "Write " + path + "." + name.text() + "(...)."))
                : unknown(meanings, path, name.text(), name.span());
    }

    // ---- arguments

    private void call(Meanings meanings, Expr.Call call, Consumer<Finding> found) {
        meanings.declared(meanings.of(call.callee()))
                .ifPresent(callee -> judge(meanings, callee, call.arguments(), call.span(), found));
    }

    private static void judge(
            Meanings meanings,
            Meaning.Declared callee,
            List<Expr> arguments,
            Span call,
            Consumer<Finding> found) {
        boolean open = Meanings.isOpen(arguments);
        var given = new ArrayList<Foresight.Argument>();
        for (int i = 0; i < arguments.size() - (open ? 1 : 0); i++) {
            given.add(argument(meanings, arguments.get(i)));
        }
        for (var refusal : Foresight.of(callee.function(), given, open)) {
            found.accept(finding(refusal, callee, arguments, call));
        }
    }

    private static Foresight.Argument argument(Meanings meanings, Expr expr) {
        return switch (meanings.of(expr)) {
            case Meaning.Known(var value) -> new Foresight.Argument.Known(value);
            case Meaning.OfType(var type) -> new Foresight.Argument.OfType(type);
            case Meaning.Declared _ -> new Foresight.Argument.OfType("function");
            case Meaning.Handle _ -> new Foresight.Argument.OfType("userdata");
            case Meaning.Room _ -> new Foresight.Argument.OfType("table");
            case Meaning.Table(var table) -> table(meanings, table, true);
            case Meaning.Unknown _ -> new Foresight.Argument.Unknown();
        };
    }

    /// @param list whether what is in it without a name counts
    private static Foresight.Argument table(Meanings meanings, Expr.Table table, boolean list) {
        var fields = new ArrayList<Foresight.Field>();
        var items = new ArrayList<Foresight.Argument>();
        boolean complete = true;
        for (var field : table.fields()) {
            switch (field) {
                case Expr.Field.Item(var value) -> {
                    if (list) {
                        items.add(item(meanings, value));
                    }
                }
                case Expr.Field.Named(var name, var value) ->
                        fields.add(new Foresight.Field(name.text(), shallow(meanings, value)));
                case Expr.Field.Keyed(Expr.Str key, var value) ->
                        fields.add(
                                new Foresight.Field(Meanings.text(key), shallow(meanings, value)));
                case Expr.Field.Keyed _ -> complete = false;
            }
        }
        return new Foresight.Argument.Table(fields, complete, items);
    }

    private static Foresight.Argument item(Meanings meanings, Expr expr) {
        return meanings.of(expr) instanceof Meaning.Table(var table)
                ? table(meanings, table, false)
                : argument(meanings, expr);
    }

    /// Tables in fields are told by their type alone.
    private static Foresight.Argument shallow(Meanings meanings, Expr expr) {
        return meanings.of(expr) instanceof Meaning.Table
                ? new Foresight.Argument.OfType("table")
                : argument(meanings, expr);
    }

    private static Finding finding(
            Foresight.Refusal refusal, Meaning.Declared callee, List<Expr> arguments, Span call) {
        var at = place(refusal, arguments).orElse(call);
        var rule =
                switch (refusal.kind()) {
                    case MISSING -> ARITY;
                    case FURTHER -> EXTRA;
                    case TYPE -> TYPE;
                    case UNKNOWN_FIELD -> FIELD;
                };
        return rule.at(at, "'" + callee.shown() + "': " + refusal.reason(), usage(callee));
    }

    private static Optional<Span> place(Foresight.Refusal refusal, List<Expr> arguments) {
        if (refusal.argument() >= arguments.size()) {
            return Optional.empty();
        }
        var argument = arguments.get(refusal.argument());
        var about = refusal.item() == 0 ? argument : item(argument, refusal.item());
        return Optional.of(field(about, refusal.field()).orElse(about.span()));
    }

    private static Expr item(Expr list, int number) {
        return list instanceof Expr.Table table
                ? table.fields().stream()
                        .flatMap(field ->
                                field instanceof Expr.Field.Item(var value)
                                        ? Stream.of(value)
                                        : Stream.empty())
                        .skip(number - 1L)
                        .findFirst()
                        .orElse(list)
                : list;
    }

    private static Optional<Span> field(Expr expr, String wanted) {
        if (expr instanceof Expr.Table table) {
            for (var field : table.fields()) {
                if (field instanceof Expr.Field.Named(var name, _) && name.text().equals(wanted)) {
                    return Optional.of(name.span());
                }
            }
        }
        return Optional.empty();
    }

    /// How the function is called, as the reference shows it.
    private static String usage(Meaning.Declared callee) {
        var words = new ArrayList<String>();
        for (var parameter : callee.function().parameters()) {
            words.add(parameter.optional() ? "[" + parameter.name() + "]" : parameter.name());
        }
        if (callee.function().variadic()) {
            words.add("...");
        }
        return "Call it as " + callee.shown() + "(" + String.join(", ", words) + ").";
    }
}
