package dev.sloth.lua.debug;

import dev.sloth.lua.value.Args;
import dev.sloth.lua.value.HostFunction;
import dev.sloth.lua.value.Indexing;
import dev.sloth.lua.value.Interlude;
import dev.sloth.lua.value.LuaError;
import dev.sloth.lua.value.LuaState;
import dev.sloth.lua.value.LuaTable;
import dev.sloth.lua.value.LuaValues;
import dev.sloth.lua.value.Metamethod;
import dev.sloth.lua.value.Multi;
import dev.sloth.lua.vm.Compilation;
import dev.sloth.lua.vm.CompiledScript;
import dev.sloth.lua.vm.Compiler;
import dev.sloth.lua.vm.Promoter;
import dev.sloth.lua.vm.Sight;
import java.nio.charset.StandardCharsets;

/// Lua that somebody types while a script waits: it reads and assigns what can be seen from one of
/// the calls under way. Its globals are a table that is empty: what is asked of it, the call's
/// variables answer, and then the call's own globals.
final class Watch {
    private static final String NAME = "watch";

    private final LuaState s;
    private final Sight sight;

    private Watch(LuaState s, Sight sight) {
        this.s = s;
        this.sight = sight;
    }

    /// What came of it.
    sealed interface Outcome {
        record Values(Multi values) implements Outcome {}

        record Failed(String message) implements Outcome {}
    }

    /// What is wrong with the text of an expression; empty if nothing is.
    static String wrong(String expression) {
        return switch (compile("return " + expression)) {
            case Compilation.Done _ -> "";
            case Compilation.Failed failed -> failed.message(NAME);
        };
    }

    /// Computes the one expression that the text is. On the thread that has the right to run in the
    /// state.
    static Outcome value(LuaState s, Sight sight, String text) {
        return switch (compile("return " + text)) {
            case Compilation.Failed failed -> new Outcome.Failed(failed.message(NAME));
            case Compilation.Done _ ->
                    // in parentheses it is one value, whatever it is; of them nothing is told
                    switch (compile("return (" + text + "\n)")) {
                        case Compilation.Done(var script) -> new Watch(s, sight).run(script);
                        case Compilation.Failed _ ->
                                new Outcome.Failed("'" + text + "' is not one value");
                    };
        };
    }

    /// Computes an expression or runs statements. On the thread that has the right to run in the
    /// state.
    static Outcome run(LuaState s, Sight sight, String text) {
        return switch (compiled(text)) {
            case Compilation.Done(var script) -> new Watch(s, sight).run(script);
            case Compilation.Failed failed -> new Outcome.Failed(failed.message(NAME));
        };
    }

    private static Compilation compiled(String text) {
        var expression = compile("return " + text);
        if (expression instanceof Compilation.Done) {
            return expression;
        }
        var statements = compile(text);
        // what cannot be either is more likely meant to be what it begins like
        return statements instanceof Compilation.Done || text.contains("=")
                ? statements
                : expression;
    }

    private static Compilation compile(String text) {
        return Compiler.compile(NAME, text.getBytes(StandardCharsets.UTF_8), Promoter.NONE);
    }

    private Outcome run(CompiledScript script) {
        var given = sight.varargs();
        var arguments = new Multi(new double[given.size()], new Object[given.size()], given.size());
        for (int i = 0; i < arguments.count; i++) {
            arguments.d[i] = given.get(i).number();
            arguments.o[i] = given.get(i).object();
        }
        return Interlude.run(
                s,
                () -> {
                    try {
                        var function = script.in(globals());
                        double d = function.call(s, arguments.d, arguments.o, arguments.count);
                        return new Outcome.Values(s.all(d));
                    } catch (LuaError e) {
                        return new Outcome.Failed(String.valueOf(e.getMessage()));
                    } catch (StackOverflowError e) {
                        return new Outcome.Failed(String.valueOf(s.stackOverflow().getMessage()));
                    }
                });
    }

    private LuaTable globals() {
        var meta = new LuaTable();
        meta.setString(s, Metamethod.INDEX.key(), LuaValues.TAG, new Read());
        meta.setString(s, Metamethod.NEWINDEX.key(), LuaValues.TAG, new Write());
        var globals = new LuaTable();
        globals.setMetatable(s, meta);
        return globals;
    }

    private final class Read extends HostFunction {
        Read() {
            super("__index");
        }

        @Override
        protected double invoke(LuaState z, Args args) {
            var variable = sight.named(args.string(2).toString());
            if (variable.isEmpty()) {
                return Indexing.get(z, LuaValues.TAG, sight.globals(), args.d(2), args.o(2));
            }
            z.out = variable.get().object();
            return variable.get().number();
        }
    }

    private final class Write extends HostFunction {
        Write() {
            super("__newindex");
        }

        @Override
        protected double invoke(LuaState z, Args args) {
            var variable = sight.named(args.string(2).toString());
            if (variable.isPresent()) {
                variable.get().put(args.d(3), args.o(3));
            } else {
                Indexing.set(
                        z,
                        LuaValues.TAG,
                        sight.globals(),
                        args.d(2),
                        args.o(2),
                        args.d(3),
                        args.o(3));
            }
            return z.none();
        }
    }
}
