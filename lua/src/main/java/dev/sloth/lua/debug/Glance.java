package dev.sloth.lua.debug;

import dev.sloth.lua.syntax.Expr;
import dev.sloth.lua.syntax.Parsed;
import dev.sloth.lua.syntax.Parser;
import dev.sloth.lua.syntax.Stat;
import dev.sloth.lua.value.LuaFunction;
import dev.sloth.lua.value.LuaNil;
import dev.sloth.lua.value.LuaState;
import dev.sloth.lua.value.LuaString;
import dev.sloth.lua.value.LuaTable;
import dev.sloth.lua.value.LuaText;
import dev.sloth.lua.value.LuaType;
import dev.sloth.lua.value.LuaValues;
import dev.sloth.lua.value.Metamethod;
import dev.sloth.lua.value.Metatables;
import dev.sloth.lua.vm.Sight;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/// Looks up what a name stands for, on which somebody rests a pointer. Nothing runs for that:
/// tables are read as they are, also those that stand behind others by `__index`, and what only
/// code could tell is refused. On the thread that has the right to run in the state.
final class Glance {
    private static final String NAMES_ONLY = "only names are looked up under the pointer";

    /// Tables that may stand behind one another.
    private static final int CHAIN_MAX = 100;

    private final LuaState s;
    private final Sight sight;
    private final String text;

    private Glance(LuaState s, Sight sight, String text) {
        this.s = s;
        this.sight = sight;
        this.text = text;
    }

    /// What came of it.
    sealed interface Outcome {
        record Value(Datum value) implements Outcome {}

        record Refused(String why) implements Outcome {}
    }

    static Outcome at(LuaState s, Sight sight, String text) {
        Object out = s.out;
        try {
            return expression(text)
                    .map(new Glance(s, sight, text)::seen)
                    .orElse(new Outcome.Refused(NAMES_ONLY));
        } catch (StackOverflowError _) {
            return new Outcome.Refused(NAMES_ONLY + ": this has too many levels");
        } finally {
            s.out = out;
        }
    }

    private static Optional<Expr> expression(String text) {
        var parsed = Parser.parse("look", ("return " + text).getBytes(StandardCharsets.UTF_8));
        return parsed instanceof Parsed.Ok(var chunk)
                        && chunk.main().block().stats().size() == 1
                        && chunk.main().block().stats().getFirst() instanceof Stat.Return only
                        && only.values().size() == 1
                ? Optional.of(only.values().getFirst())
                : Optional.empty();
    }

    private Outcome seen(Expr expression) {
        return switch (expression) {
            case Expr.Variable(var name) -> variable(name.text());
            case Expr.Index index ->
                    switch (seen(index.object())) {
                        case Outcome.Refused refused -> refused;
                        case Outcome.Value(var object) -> entry(object, index);
                    };
            case Expr.Nil _ -> new Outcome.Value(Datum.NIL);
            case Expr.Bool(var is, var _) -> new Outcome.Value(new Datum(LuaValues.TAG, is));
            case Expr.Num(var number, var _) -> new Outcome.Value(new Datum(number, LuaNil.NIL));
            case Expr.Str(var bytes, var _) -> new Outcome.Value(string(LuaString.ofBytes(bytes)));
            case Expr.Varargs _,
                    Expr.Function _,
                    Expr.Call _,
                    Expr.MethodCall _,
                    Expr.Binary _,
                    Expr.Unary _,
                    Expr.And _,
                    Expr.Or _,
                    Expr.Parenthesized _,
                    Expr.Table _ ->
                    new Outcome.Refused(NAMES_ONLY);
        };
    }

    private static Datum string(LuaString text) {
        return new Datum(LuaValues.TAG, text);
    }

    private Outcome variable(String name) {
        return sight.named(name)
                .<Outcome>map(v -> new Outcome.Value(new Datum(v.number(), v.object())))
                .orElseGet(() ->
                        behind(
                                new Datum(LuaValues.TAG, sight.globals()),
                                string(LuaString.of(name)),
                                name));
    }

    private Outcome entry(Datum object, Expr.Index index) {
        return switch (seen(index.key())) {
            case Outcome.Refused refused -> refused;
            case Outcome.Value(var key) -> behind(object, key, written(index));
        };
    }

    private String written(Expr e) {
        byte[] all = ("return " + text).getBytes(StandardCharsets.UTF_8);
        return new String(
                all, e.span().from(), e.span().to() - e.span().from(), StandardCharsets.UTF_8);
    }

    /// What an object has at a key, or a table behind it.
    private Outcome behind(Datum object, Datum key, String name) {
        Datum at = object;
        for (int i = 0; i < CHAIN_MAX; i++) {
            var own = own(at, key);
            if (own.isPresent()) {
                return new Outcome.Value(own.get());
            }
            Object handler = Metatables.method(s, at.d(), at.o(), Metamethod.INDEX);
            switch (handler) {
                case LuaNil _ -> {
                    return nothing(at, name);
                }
                case LuaFunction _ -> {
                    return needsCode(name);
                }
                case Double number -> at = new Datum(number, LuaNil.NIL);
                default -> at = new Datum(LuaValues.TAG, handler);
            }
        }
        return new Outcome.Refused("'%s' stands behind too many tables".formatted(name));
    }

    private static Outcome needsCode(String name) {
        return new Outcome.Refused(
                ("'%s' is what code of the script makes of it (__index), which is not run"
                                + " under the pointer: ask for it in a watch or the console")
                        .formatted(name));
    }

    /// What a table or a text itself has at a key, unless that is nil.
    private Optional<Datum> own(Datum object, Datum key) {
        var table =
                switch (object.o()) {
                    case LuaTable plain -> Optional.of(plain);
                    case LuaText rich -> Optional.of(rich.fields());
                    default -> Optional.<LuaTable>empty();
                };
        return table.flatMap(t -> {
            double d = t.get(s, key.d(), key.o());
            return LuaValues.isNumber(d) || s.out != LuaNil.NIL
                    ? Optional.of(new Datum(d, s.out))
                    : Optional.empty();
        });
    }

    private static Outcome nothing(Datum object, String name) {
        return object.o() instanceof LuaTable
                ? new Outcome.Value(Datum.NIL)
                : new Outcome.Refused(
                        "there is no '%s': a %s has no fields"
                                .formatted(name, LuaType.of(object.d(), object.o()).luaName()));
    }
}
