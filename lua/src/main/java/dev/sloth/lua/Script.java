package dev.sloth.lua;

import dev.sloth.lua.debug.Debugger;
import dev.sloth.lua.hot.Hot;
import dev.sloth.lua.syntax.SyntaxError;
import dev.sloth.lua.vm.Compilation;
import dev.sloth.lua.vm.CompiledScript;
import dev.sloth.lua.vm.Compiler;
import java.util.List;

/// A compiled script: immutable, and free to run in many states at once.
public final class Script {
    private final CompiledScript compiled;

    private Script(CompiledScript compiled) {
        this.compiled = compiled;
    }

    /// What came of compiling.
    public sealed interface Outcome {
        /// It can run.
        record Ready(Script script) implements Outcome {}

        /// Everything that is wrong with the text, in its order.
        record Wrong(List<SyntaxError> errors) implements Outcome {
            public Wrong {
                errors = List.copyOf(errors);
            }
        }
    }

    /// Compiles a text; `name` is what messages call it, usually its file.
    public static Outcome compile(String name, byte[] text) {
        return outcome(Compiler.compile(name, text, Hot.CLASSES));
    }

    /// The same for a debugger, which can stop it: it runs as ever, but nothing of it becomes a
    /// class.
    public static Outcome compile(String name, byte[] text, Debugger debugger) {
        return outcome(Compiler.compile(name, text, debugger.observer()));
    }

    private static Outcome outcome(Compilation compilation) {
        return switch (compilation) {
            case Compilation.Done done -> new Outcome.Ready(new Script(done.script()));
            case Compilation.Failed failed -> new Outcome.Wrong(failed.errors());
        };
    }

    /// The script's name as messages show it.
    public String name() {
        return compiled.name();
    }

    CompiledScript compiled() {
        return compiled;
    }
}
