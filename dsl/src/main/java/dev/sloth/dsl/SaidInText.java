package dev.sloth.dsl;

import dev.sloth.lua.syntax.Chunk;
import dev.sloth.lua.syntax.Expr;
import dev.sloth.lua.syntax.Parsed;
import dev.sloth.lua.syntax.Parser;
import dev.sloth.lua.syntax.TreeWalk;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// What a script says of other files in so many words: what it says only while it runs is not seen.
/// Nothing is run.
public final class SaidInText {
    private static final String HOOK = "hook";
    private static final String ADD = "add";
    private static final String ON = "on";
    private static final String FILE = "file";
    private static final String WHEN = "when";

    /// Where `hook.add` and `hook.on` have their arguments when these have no names.
    private static final int FILE_PLACE = 1;

    private static final int ADD_WHEN_PLACE = 4;
    private static final int ON_OPTIONS_PLACE = 2;

    private final Set<HookFile> hooks = new LinkedHashSet<>();
    private final Set<String> imported = new LinkedHashSet<>();
    private final Set<String> required = new LinkedHashSet<>();

    private SaidInText(Chunk chunk) {
        TreeWalk.over(
                chunk,
                new TreeWalk.Visitor() {
                    @Override
                    public void expr(Expr expr) {
                        if (expr instanceof Expr.Call call) {
                            look(call);
                        }
                    }
                });
    }

    /// A file that a call of `hook.add` or `hook.on` names as that of a hook.
    ///
    /// @param file as it is written: its path in the project
    /// @param condition for which the hook is called, as it is written; empty when there is none
    public record HookFile(String file, String condition) {}

    /// Nothing when the text is no script.
    public static Optional<SaidInText> of(String name, byte[] text) {
        return switch (Parser.parse(name, text)) {
            case Parsed.Ok(var chunk) -> Optional.of(new SaidInText(chunk));
            case Parsed.Bad _ -> Optional.empty();
        };
    }

    /// The hooks of which both the file and the condition are written down.
    public Set<HookFile> hooks() {
        return Set.copyOf(hooks);
    }

    /// What it gives to `import`.
    public Set<String> imported() {
        return Set.copyOf(imported);
    }

    /// What it gives to `require`.
    public Set<String> required() {
        return Set.copyOf(required);
    }

    private void look(Expr.Call call) {
        var arguments = call.arguments();
        if (call.callee() instanceof Expr.Variable(var name) && name.text().equals("import")) {
            text(arguments, 0).ifPresent(imported::add);
        }
        if (call.callee() instanceof Expr.Variable(var name) && name.text().equals("require")) {
            text(arguments, 0).ifPresent(required::add);
        }
        if (call.callee() instanceof Expr.Index index && isHook(index.object())) {
            text(index.key()).flatMap(name -> hook(name, arguments)).ifPresent(hooks::add);
        }
    }

    private static boolean isHook(Expr object) {
        return object instanceof Expr.Variable(var name) && name.text().equals(HOOK);
    }

    private static Optional<HookFile> hook(String function, List<Expr> arguments) {
        return switch (function) {
            case ADD -> added(arguments);
            case ON -> {
                var condition =
                        arguments.size() > ON_OPTIONS_PLACE
                                ? said(arguments.get(ON_OPTIONS_PLACE), WHEN)
                                : Optional.of("");
                yield hook(text(arguments, FILE_PLACE), condition);
            }
            default -> Optional.empty();
        };
    }

    private static Optional<HookFile> added(List<Expr> arguments) {
        if (arguments.size() == 1) {
            return hook(said(arguments.getFirst(), FILE), said(arguments.getFirst(), WHEN));
        }
        var condition =
                arguments.size() > ADD_WHEN_PLACE
                        ? orNil(arguments.get(ADD_WHEN_PLACE))
                        : Optional.of("");
        return hook(text(arguments, FILE_PLACE), condition);
    }

    private static Optional<HookFile> hook(Optional<String> file, Optional<String> condition) {
        return file.filter(path -> !path.isEmpty()).isPresent() && condition.isPresent()
                ? Optional.of(new HookFile(file.get(), condition.get()))
                : Optional.empty();
    }

    /// What a table says of a field; the empty text when it says nothing, and nothing when that is
    /// not written down.
    private static Optional<String> said(Expr options, String field) {
        if (options instanceof Expr.Nil) {
            return Optional.of("");
        }
        if (!(options instanceof Expr.Table(var fields, _))) {
            return Optional.empty();
        }
        Optional<String> found = Optional.of("");
        for (var each : fields) {
            switch (each) {
                case Expr.Field.Named(var name, var value) when name.text().equals(field) ->
                        found = orNil(value);
                case Expr.Field.Keyed(var key, var value) -> {
                    var name = text(key);
                    if (name.isEmpty()) {
                        return Optional.empty();
                    }
                    found = name.get().equals(field) ? orNil(value) : found;
                }
                case Expr.Field.Named _, Expr.Field.Item _ -> {}
            }
        }
        return found;
    }

    private static Optional<String> orNil(Expr value) {
        return value instanceof Expr.Nil ? Optional.of("") : text(value);
    }

    private static Optional<String> text(List<Expr> arguments, int place) {
        return arguments.size() > place ? text(arguments.get(place)) : Optional.empty();
    }

    private static Optional<String> text(Expr value) {
        return value instanceof Expr.Str(byte[] bytes, _)
                ? Optional.of(new String(bytes, StandardCharsets.UTF_8))
                : Optional.empty();
    }
}
