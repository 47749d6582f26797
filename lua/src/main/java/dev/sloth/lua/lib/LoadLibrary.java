package dev.sloth.lua.lib;

import dev.sloth.lua.hot.Hot;
import dev.sloth.lua.value.Activation;
import dev.sloth.lua.value.Args;
import dev.sloth.lua.value.Grants;
import dev.sloth.lua.value.LuaError;
import dev.sloth.lua.value.LuaFunction;
import dev.sloth.lua.value.LuaNil;
import dev.sloth.lua.value.LuaNumbers;
import dev.sloth.lua.value.LuaState;
import dev.sloth.lua.value.LuaString;
import dev.sloth.lua.value.LuaTable;
import dev.sloth.lua.value.LuaValues;
import dev.sloth.lua.value.Multi;
import dev.sloth.lua.value.Protected;
import dev.sloth.lua.vm.Compilation;
import dev.sloth.lua.vm.Compiler;
import dev.sloth.lua.vm.Terms;
import java.io.IOException;
import java.nio.file.StandardOpenOption;
import java.util.Set;

/// Functions that compile text, and those that change what functions take for their globals.
final class LoadLibrary {
    /// Bytes of `=name` that messages show, from its beginning.
    private static final int NAME_BYTES_MAX = 59;

    /// Bytes of `@file` that messages show, from its end.
    private static final int FILE_BYTES_MAX = 52;

    /// Bytes of a chunk's own text that messages show as its name.
    private static final int TEXT_BYTES_MAX = 63;

    private LoadLibrary() {}

    static void open(LuaState s) {
        Shelf.globals(s)
                .add("getfenv", LoadLibrary::environment)
                .add("load", LoadLibrary::load)
                .add("loadstring", LoadLibrary::loadString)
                .add("setfenv", LoadLibrary::setEnvironment);
    }

    static void grant(LuaState s, Grants grants) {
        Shelf.globals(s)
                .granted(grants, "dofile", LoadLibrary::doFile)
                .granted(grants, "loadfile", LoadLibrary::loadFile);
    }

    private static double load(LuaState s, Args args) {
        LuaTable globals = args.count() >= 4 ? args.table(4) : s.globals();
        if (args.o(1) instanceof LuaFunction reader) {
            LuaString name = args.optString(2, LuaString.of("=(load)"));
            try {
                return compiled(s, args, pieces(s, args, reader), shown(name), globals);
            } catch (LuaError e) {
                return failed(s, e.d(), e.o());
            }
        }
        LuaString text = args.string(1);
        return compiled(s, args, text, shown(args.optString(2, text)), globals);
    }

    private static double loadString(LuaState s, Args args) {
        LuaString text = args.string(1);
        return compiled(s, args, text, shown(args.optString(2, text)), s.globals());
    }

    private static LuaString pieces(LuaState s, Args args, LuaFunction reader) {
        ByteBuilder out = new ByteBuilder(s, 1 << 10);
        args.keep(out);
        while (true) {
            double d = piece(s, reader);
            if (LuaValues.isNumber(d)) {
                out.append(LuaNumbers.text(d));
            } else if (s.out == LuaNil.NIL) {
                return out.toLuaString();
            } else if (s.out instanceof LuaString piece) {
                if (piece.length() == 0) {
                    return out.toLuaString();
                }
                out.append(piece);
            } else {
                throw s.error("reader function must return a string");
            }
            s.check(1);
        }
    }

    /// What the reader gives; of its failure nothing is left on the call stack.
    private static double piece(LuaState s, LuaFunction reader) {
        return switch (s.protect(reader, Multi.NONE.d, Multi.NONE.o, 0)) {
            case Protected.Ok(var values) -> {
                s.out = values;
                yield s.first(LuaValues.TAG);
            }
            case Protected.Failed(var error) -> throw error;
        };
    }

    private static double compiled(
            LuaState s, Args args, LuaString text, String name, LuaTable globals) {
        var loading = new Loading(s);
        args.keep(loading);
        try {
            var terms = Terms.of(Hot.CLASSES).telling(loading).forOneState();
            return switch (Compiler.compile(name, text.bytes(), terms)) {
                case Compilation.Done(var script) -> {
                    s.charge(script.bytes());
                    yield s.ret(script.in(globals));
                }
                case Compilation.Failed wrong ->
                        failed(s, LuaValues.TAG, LuaString.of(wrong.message(name)));
            };
        } catch (LuaError e) {
            return failed(s, e.d(), e.o());
        }
    }

    private static double failed(LuaState s, double d, Object o) {
        return s.multi(new double[] {LuaValues.TAG, d}, new Object[] {LuaNil.NIL, o}, 2);
    }

    /// A chunk's name as messages show it: the beginning of `=name`, the end of `@file`, else the
    /// text's first line. Bytes are cut, as in C: of a character that is cut through a mark is
    /// left.
    private static String shown(LuaString name) {
        int length = name.length();
        int first = length == 0 ? 0 : name.at(0);
        if (first == '=') {
            return name.slice(1, Math.min(length, 1 + NAME_BYTES_MAX)).toString();
        }
        if (first == '@') {
            int from = length - FILE_BYTES_MAX;
            return from <= 1 ? name.slice(1, length).toString() : "..." + name.slice(from, length);
        }
        int end = 0;
        while (end < Math.min(length, TEXT_BYTES_MAX)
                && name.at(end) != '\n'
                && name.at(end) != '\r') {
            end++;
        }
        return "[string \"" + name.slice(0, end) + (end < length ? "..." : "") + "\"]";
    }

    private static double loadFile(LuaState s, Args args) {
        String name = args.string(1).toString();
        String doing = "open";
        try {
            s.looksOutside();
            var path = Own.of(s).file(name);
            var channel = IoLibrary.channel(s, path, Set.of(StandardOpenOption.READ));
            doing = "read";
            LuaString text = text(s, LuaFile.of(channel, true, false, false));
            return compiled(s, args, text, name, s.globals());
        } catch (IOException e) {
            return cannot(s, doing, name, Outcomes.message(e));
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
            return cannot(s, doing, name, "interrupted");
        }
    }

    private static double cannot(LuaState s, String doing, String name, String why) {
        var message = "cannot %s %s: %s".formatted(doing, name, why);
        return failed(s, LuaValues.TAG, LuaString.of(message));
    }

    /// As a script reads it: within its memory, whatever the file is.
    private static LuaString text(LuaState s, LuaFile file)
            throws IOException, InterruptedException {
        try {
            return FileReading.text(s, file);
        } finally {
            file.close(s);
        }
    }

    private static double doFile(LuaState s, Args args) {
        var loaded = s.all(loadFile(s, args));
        if (loaded.o[0] instanceof LuaFunction chunk) {
            return chunk.call(s);
        }
        throw new LuaError(loaded.d[1], loaded.o[1]);
    }

    private static double environment(LuaState s, Args args) {
        if (args.o(1) instanceof LuaFunction function) {
            return s.ret(function.environment(s));
        }
        long level = args.optInteger(1, 1);
        return s.ret(level == 0 ? s.globals() : at(s, args, level).environment(s));
    }

    private static LuaFunction at(LuaState s, Args args, long level) {
        if (level < 0) {
            throw args.bad(1, "level must be non-negative");
        }
        return switch (s.entry((int) Math.min(level, Integer.MAX_VALUE))) {
            case Activation a -> a.function();
            case LuaFunction host -> host;
            default -> throw args.bad(1, "invalid level");
        };
    }

    private static double setEnvironment(LuaState s, Args args) {
        LuaTable globals = args.table(2);
        LuaFunction function =
                args.o(1) instanceof LuaFunction given ? given : at(s, args, args.integer(1));
        s.leavesTrace();
        if (!function.setEnvironment(globals)) {
            throw s.error("'setfenv' cannot change environment of given object");
        }
        return s.ret(function);
    }
}
