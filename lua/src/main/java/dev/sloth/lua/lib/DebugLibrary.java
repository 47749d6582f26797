package dev.sloth.lua.lib;

import dev.sloth.lua.value.Activation;
import dev.sloth.lua.value.Args;
import dev.sloth.lua.value.Grants;
import dev.sloth.lua.value.LuaCoroutine;
import dev.sloth.lua.value.LuaFunction;
import dev.sloth.lua.value.LuaHandle;
import dev.sloth.lua.value.LuaNil;
import dev.sloth.lua.value.LuaNumbers;
import dev.sloth.lua.value.LuaState;
import dev.sloth.lua.value.LuaString;
import dev.sloth.lua.value.LuaTable;
import dev.sloth.lua.value.LuaValues;
import dev.sloth.lua.value.Metatables;
import dev.sloth.lua.vm.LuaClosure;

/// The `debug` table, as far as the engine shows its insides: who calls whom, and metatables.
final class DebugLibrary {
    private static final String OPTIONS = "nSlufL>";

    private DebugLibrary() {}

    static void open(LuaState s, Grants grants) {
        Shelf.library(s, "debug", 4)
                .granted(grants, "debug.getinfo", DebugLibrary::about)
                .granted(grants, "debug.getmetatable", DebugLibrary::metatable)
                .granted(grants, "debug.setmetatable", DebugLibrary::setMetatable)
                .granted(grants, "debug.traceback", DebugLibrary::traceback);
    }

    private static double traceback(LuaState s, Args args) {
        boolean ofAnother = args.o(1) instanceof LuaCoroutine;
        int message = ofAnother ? 2 : 1;
        if (!args.isNil(message)
                && !args.isNumber(message)
                && !(args.o(message) instanceof LuaString)) {
            return s.ret(args.o(message));
        }
        int level = Math.clamp(args.optInteger(message + 1, ofAnother ? 0 : 1), 0, 1 << 20);
        String calls = ofAnother ? args.coroutine(1).traceback(level) : s.traceback(level);
        ByteBuilder out = new ByteBuilder(s, calls.length() + 64);
        if (!args.isNil(message)) {
            out.append(args.string(message)).append('\n');
        }
        return s.ret(out.append(LuaString.of(calls)).toLuaString());
    }

    private static double about(LuaState s, Args args) {
        String wanted = args.optString(2, LuaString.of("nSluf")).toString();
        for (int i = 0; i < wanted.length(); i++) {
            if (OPTIONS.indexOf(wanted.charAt(i)) < 0) {
                throw args.bad(2, "invalid option");
            }
        }
        Shelf shelf = Shelf.of(s, 8);
        if (args.o(1) instanceof LuaFunction function) {
            return s.ret(describe(shelf, function, wanted).table());
        }
        if (!LuaValues.isNumber(LuaNumbers.coerce(args.d(1), args.o(1)))) {
            throw args.bad(1, "function or level expected");
        }
        long level = args.integer(1);
        if (level < 0 || level > s.depth) {
            return s.nil();
        }
        return switch (s.entry((int) level)) {
            case Activation a -> {
                described(shelf, a, wanted);
                called(shelf, s, (int) level, wanted);
                yield s.ret(shelf.table());
            }
            case LuaFunction host -> {
                describe(shelf, host, wanted);
                called(shelf, s, (int) level, wanted);
                yield s.ret(shelf.table());
            }
            default -> s.nil();
        };
    }

    private static Shelf describe(Shelf shelf, LuaFunction function, String wanted) {
        if (wanted.contains("f")) {
            shelf.set("func", function);
        }
        if (wanted.contains("S")) {
            origin(shelf, function);
        }
        if (wanted.contains("l")) {
            shelf.set("currentline", -1);
        }
        if (wanted.contains("n")) {
            shelf.set("namewhat", LuaString.of(""));
        }
        if (wanted.contains("u")) {
            shelf.set("nups", function instanceof LuaClosure closure ? closure.captured() : 0);
        }
        return shelf;
    }

    private static void origin(Shelf shelf, LuaFunction function) {
        if (!(function instanceof LuaClosure closure)) {
            shelf.set("what", LuaString.of("C"))
                    .set("source", LuaString.of("=[C]"))
                    .set("short_src", LuaString.of("[C]"))
                    .set("linedefined", -1)
                    .set("lastlinedefined", -1);
            return;
        }
        shelf.set("what", LuaString.of(closure.firstLine() == 0 ? "main" : "Lua"))
                .set("source", LuaString.of("@" + closure.chunk()))
                .set("short_src", LuaString.of(closure.chunk()))
                .set("linedefined", closure.firstLine())
                .set("lastlinedefined", closure.lastLine());
    }

    private static void described(Shelf shelf, Activation a, String wanted) {
        describe(shelf, a.function(), wanted);
        if (wanted.contains("l")) {
            shelf.set("currentline", a.line());
        }
    }

    /// What the caller calls the function at a level.
    private static void called(Shelf shelf, LuaState s, int level, String wanted) {
        if (!wanted.contains("n")) {
            return;
        }
        String kind = "";
        if (s.entry(level + 1) instanceof Activation caller && !caller.calleeName().isEmpty()) {
            kind = caller.calleeKind();
            shelf.set("name", LuaString.of(caller.calleeName()));
        }
        shelf.set("namewhat", LuaString.of(kind));
    }

    private static double metatable(LuaState s, Args args) {
        args.any(1);
        LuaTable metatable = Metatables.of(s, args.d(1), args.o(1));
        return s.ret(metatable == null ? LuaNil.NIL : metatable);
    }

    private static double setMetatable(LuaState s, Args args) {
        if (args.count() < 2 || !(args.isNil(2) || args.o(2) instanceof LuaTable)) {
            throw args.bad(2, "nil or table expected");
        }
        LuaTable metatable = args.o(2) instanceof LuaTable table ? table : null;
        if (LuaValues.isNumber(args.d(1))) {
            s.setTypeMetatable(args.type(1), metatable);
            return s.ret(true);
        }
        switch (args.o(1)) {
            case LuaTable table -> table.setMetatable(s, metatable);
            case LuaHandle handle -> {
                s.leavesTrace();
                handle.setMetatable(metatable);
            }
            default -> s.setTypeMetatable(args.type(1), metatable);
        }
        return s.ret(true);
    }
}
