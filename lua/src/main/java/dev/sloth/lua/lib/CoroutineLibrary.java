package dev.sloth.lua.lib;

import dev.sloth.lua.value.Args;
import dev.sloth.lua.value.HostFunction;
import dev.sloth.lua.value.Imprint;
import dev.sloth.lua.value.LuaCoroutine;
import dev.sloth.lua.value.LuaError;
import dev.sloth.lua.value.LuaNil;
import dev.sloth.lua.value.LuaState;
import dev.sloth.lua.value.LuaString;
import dev.sloth.lua.value.LuaValues;
import dev.sloth.lua.value.MemoryWalk;
import dev.sloth.lua.value.Multi;
import dev.sloth.lua.value.Texts;

/// The `coroutine` table.
final class CoroutineLibrary {
    private CoroutineLibrary() {}

    static void open(LuaState s) {
        Shelf.library(s, "coroutine", 8)
                .add("create", (z, args) -> z.ret(made(z, args)))
                .add("isyieldable", (z, _) -> z.ret(z.coroutine() != null))
                .add("resume", CoroutineLibrary::resume)
                .add("running", CoroutineLibrary::running)
                .add("status", CoroutineLibrary::status)
                .add("wrap", CoroutineLibrary::wrap)
                .add("yield", CoroutineLibrary::yieldOut);
    }

    private static LuaCoroutine made(LuaState s, Args args) {
        s.charge(LuaCoroutine.BYTES);
        return new LuaCoroutine(args.function(1));
    }

    private static double resume(LuaState s, Args args) {
        LuaCoroutine coroutine = args.coroutine(1);
        Multi given = args.from(2);
        long mark = s.mark();
        try {
            Multi got = s.all(coroutine.resume(s, given.d, given.o, given.count));
            return ProtectedCalls.succeeded(s, got);
        } catch (LuaError e) {
            s.unwind(mark);
            return ProtectedCalls.failed(s, e);
        }
    }

    private static double running(LuaState s, Args args) {
        LuaCoroutine current = s.coroutine();
        return s.ret(current == null ? LuaNil.NIL : current);
    }

    private static double status(LuaState s, Args args) {
        return s.ret(args.coroutine(1).status().toString());
    }

    private static double wrap(LuaState s, Args args) {
        return s.ret(new Wrapped(made(s, args)));
    }

    /// A coroutine as a function that resumes it.
    private static final class Wrapped extends HostFunction
            implements MemoryWalk.Visited, Imprint.Constant {
        private static final long BYTES = 16;

        private final LuaCoroutine coroutine;

        Wrapped(LuaCoroutine coroutine) {
            super("wrap");
            this.coroutine = coroutine;
        }

        @Override
        public long visit(MemoryWalk walk) {
            walk.see(coroutine);
            return BYTES;
        }

        @Override
        protected double invoke(LuaState s, Args args) {
            return go(s, coroutine, args);
        }
    }

    private static double go(LuaState s, LuaCoroutine coroutine, Args args) {
        Multi given = args.from(1);
        long mark = s.mark();
        try {
            return coroutine.resume(s, given.d, given.o, given.count);
        } catch (LuaError e) {
            s.unwind(mark);
            if (e.o() instanceof LuaString || LuaValues.isNumber(e.d())) {
                // the place of the call comes before the place of the error, as in 5.1
                LuaError placed = s.error(Texts.raw(e.d(), e.o()).toString());
                placed.initCause(e);
                throw placed;
            }
            throw e;
        }
    }

    private static double yieldOut(LuaState s, Args args) {
        Multi given = args.from(1);
        return LuaCoroutine.yieldValues(s, given.d, given.o, given.count);
    }
}
