package dev.sloth.dsl;

import dev.sloth.api.workflow.Problem;
import dev.sloth.api.workflow.Problems;
import dev.sloth.api.workflow.Span;
import dev.sloth.dsl.define.Code;
import dev.sloth.lua.syntax.SyntaxError;
import dev.sloth.lua.vm.Compilation;
import dev.sloth.lua.vm.CompiledScript;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongConsumer;

/// Compiles texts, and keeps what was compiled lately: a script is loaded for each of its tasks.
final class Compiled {
    /// Scripts that are kept.
    private static final int KEPT_MAX = 64;

    /// What those take together, unless the last one alone takes more.
    private static final long KEPT_BYTES_MAX = 64 << 20;

    private final Debugging debugging;
    private final ReentrantLock lock = new ReentrantLock();

    // guarded by `lock`
    private final Map<Key, CompiledScript> kept = new LinkedHashMap<>(KEPT_MAX * 2, 0.75f, true);
    private long bytes;

    Compiled(Debugging debugging) {
        this.debugging = debugging;
    }

    Debugging debugging() {
        return debugging;
    }

    /// A text by its content.
    private record Key(String name, byte[] text) {
        @Override
        public boolean equals(Object other) {
            return other instanceof Key key
                    && name.equals(key.name)
                    && Arrays.equals(text, key.text);
        }

        @Override
        public int hashCode() {
            return 31 * name.hashCode() + Arrays.hashCode(text);
        }
    }

    /// The compiled text.
    ///
    /// @throws Problems with everything that is wrong with it
    CompiledScript of(String name, byte[] text) {
        return of(name, text, _ -> {});
    }

    /// The same for somebody who has to bear what compiling takes, where it is needed.
    ///
    /// @param taken is told of bytes before they are taken, and throws to refuse them
    CompiledScript of(String name, byte[] text, LongConsumer taken) {
        var key = new Key(name, text);
        lock.lock();
        try {
            var known = kept.get(key);
            if (known != null) {
                return known;
            }
        } finally {
            lock.unlock();
        }
        var script = compile(name, text, taken);
        lock.lock();
        try {
            keep(key, script);
        } finally {
            lock.unlock();
        }
        return script;
    }

    private void keep(Key key, CompiledScript script) {
        if (kept.put(key, script) == null) {
            bytes += bytes(key, script);
        }
        var eldest = kept.entrySet().iterator();
        while (kept.size() > KEPT_MAX || (bytes > KEPT_BYTES_MAX && kept.size() > 1)) {
            var each = eldest.next();
            bytes -= bytes(each.getKey(), each.getValue());
            eldest.remove();
        }
    }

    private static long bytes(Key key, CompiledScript script) {
        return key.text().length + script.bytes();
    }

    private CompiledScript compile(String name, byte[] text, LongConsumer taken) {
        return switch (debugging.compile(name, text, taken)) {
            case Compilation.Done done -> done.script();
            case Compilation.Failed failed ->
                    throw new Problems(
                            failed.errors().stream().map(e -> problem(name, e)).toList());
        };
    }

    private static Problem problem(String name, SyntaxError error) {
        var at = error.span();
        return Code.SYNTAX.at(
                new Span(name, at.line(), at.column()), error.message(), error.remedy());
    }
}
