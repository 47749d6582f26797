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

/// Compiles texts, and keeps what was compiled lately: a script is loaded for each of its tasks.
final class Compiled {
    /// Scripts that are kept.
    private static final int KEPT_MAX = 64;

    private final Debugging debugging;
    private final ReentrantLock lock = new ReentrantLock();
    private final Map<Key, CompiledScript> kept =
            new LinkedHashMap<>(KEPT_MAX * 2, 0.75f, true) {
                private static final long serialVersionUID = 1L;

                @Override
                protected boolean removeEldestEntry(Map.Entry<Key, CompiledScript> eldest) {
                    return size() > KEPT_MAX;
                }
            };

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
        var script = compile(name, text);
        lock.lock();
        try {
            kept.put(key, script);
        } finally {
            lock.unlock();
        }
        return script;
    }

    private CompiledScript compile(String name, byte[] text) {
        return switch (debugging.compile(name, text)) {
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
