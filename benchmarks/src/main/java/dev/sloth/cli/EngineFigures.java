package dev.sloth.cli;

import com.sun.management.OperatingSystemMXBean;
import com.sun.management.ThreadMXBean;
import dev.sloth.lua.Lua;
import dev.sloth.lua.Script;
import dev.sloth.lua.lib.Kit;
import dev.sloth.lua.lib.Surroundings;
import dev.sloth.lua.syntax.Parsed;
import dev.sloth.lua.syntax.Parser;
import dev.sloth.lua.value.Args;
import dev.sloth.lua.value.Budget;
import dev.sloth.lua.value.Grants;
import dev.sloth.lua.value.HostFunction;
import dev.sloth.lua.value.LuaState;
import dev.sloth.lua.value.LuaString;
import dev.sloth.lua.value.LuaTable;
import dev.sloth.lua.value.LuaValues;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Supplier;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;
import org.luaj.vm2.LuaValue;
import org.luaj.vm2.lib.OneArgFunction;
import org.luaj.vm2.lib.TwoArgFunction;
import org.luaj.vm2.lib.jse.JsePlatform;

/// Prints what the Lua engine costs beside its scripts: calls of functions of the host, fresh
/// states, and parsing. LuaJ does the same calls in the same run.
public final class EngineFigures {
    private static final int ROUNDS = 10;

    /// The system counts a process's time in hundredths of a second.
    private static final int TIMES = 20;

    private static final int STATES = 2_000;
    private static final int FUNCTIONS = 100;
    private static final int TEXT_BYTES = 4 << 20;

    /// What a million turns of a loop do with a function of the host.
    private static final Map<String, String> CALLS =
            new TreeMap<>(
                    Map.of(
                            "1. 1,000,000 calls with a string and a number",
                            "for i = 1, 1000000 do plain('abc', i) end",
                            "2. with a table as the argument",
                            "local t = { n = 1 } for i = 1, 1000000 do reads(t) end",
                            "3. with a table as the result",
                            "local n = 0 for i = 1, 1000000 do n = n + makes(i).n end"));

    private static final LuaString FIELD = LuaString.of("n");

    private EngineFigures() {}

    /// @param arguments a Lua file to parse
    public static void main(String[] arguments) throws IOException {
        System.out.println("| what | LuaJ | sloth | sloth : LuaJ |\n|---|---|---|---|");
        CALLS.forEach((what, text) -> {
            double theirs = best(JsePlatform.standardGlobals(), text);
            double ours = best(text);
            System.out.println(
                    String.format(
                            Locale.ROOT,
                            "| %s, ms of CPU | %.1f | %.1f | %.2f |",
                            what,
                            theirs,
                            ours,
                            ours / theirs));
        });
        System.out.println("\n| what | must | figure |\n|---|---|---|");
        fresh();
        parse(Path.of(arguments[0]));
    }

    private static double best(LuaValue globals, String text) {
        globals.set(
                "plain",
                new TwoArgFunction() {
                    @Override
                    public LuaValue call(LuaValue a, LuaValue b) {
                        return LuaValue.valueOf(a.checkstring().length() + b.checkdouble());
                    }
                });
        globals.set(
                "reads",
                new OneArgFunction() {
                    @Override
                    public LuaValue call(LuaValue table) {
                        return table.checktable().get("n");
                    }
                });
        globals.set(
                "makes",
                new OneArgFunction() {
                    @Override
                    public LuaValue call(LuaValue value) {
                        LuaValue made = LuaValue.tableOf();
                        made.set("n", value);
                        return made;
                    }
                });
        var chunk = ((org.luaj.vm2.Globals) globals).load(text, "calls");
        return best(_ -> chunk.call().todouble());
    }

    private static double best(String text) {
        try (var lua = Lua.newState(Budget.DEFAULT, Grants.NONE)) {
            lua.set(
                    "plain",
                    function("plain", (s, args) -> args.string(1).length() + args.number(2)));
            lua.set("reads", function("reads", (s, args) -> args.table(1).getString(s, FIELD)));
            lua.set("makes", function("makes", EngineFigures::made));
            var script = compiled(text);
            return best(_ -> lua.run(script).size());
        }
    }

    private static double made(LuaState s, Args args) {
        var table = new LuaTable(0, 1);
        table.setString(s, FIELD, args.number(1), LuaValues.TAG);
        return s.ret(table);
    }

    private interface Body {
        double of(LuaState s, Args args);
    }

    private static HostFunction function(String name, Body body) {
        return new HostFunction(name) {
            @Override
            protected double invoke(LuaState s, Args args) {
                return body.of(s, args);
            }
        };
    }

    private static Script compiled(String text) {
        return switch (Script.compile("calls", text.getBytes(StandardCharsets.UTF_8))) {
            case Script.Outcome.Ready(var script) -> script;
            case Script.Outcome.Wrong(var errors) ->
                    throw new IllegalArgumentException(errors.toString());
        };
    }

    /// The least processor time of several rounds, of the whole process, in milliseconds.
    private static double best(ToDoubleFunction<Integer> round) {
        var process = (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
        return IntStream.range(0, ROUNDS)
                .mapToDouble(i -> {
                    long from = process.getProcessCpuTime();
                    for (int time = 0; time < TIMES; time++) {
                        double _ = round.applyAsDouble(i);
                    }
                    return (process.getProcessCpuTime() - from) / 1e6 / TIMES;
                })
                .min()
                .orElseThrow();
    }

    private static void fresh() {
        var functions = new LinkedHashMap<String, HostFunction>();
        var names = new LinkedHashMap<LuaString, HostFunction>();
        for (int i = 0; i < FUNCTIONS; i++) {
            var function = function("f" + i, (s, _) -> s.none());
            functions.put(function.name(), function);
            names.put(LuaString.of(function.name()), function);
        }
        var kit = Kit.of(functions);
        fresh(
                "in a kit",
                () -> Lua.newState(Budget.DEFAULT, kit, Grants.NONE, Surroundings.NOTHING));
        fresh(
                "set in each state",
                () -> {
                    var lua = Lua.newState(Budget.DEFAULT, Grants.NONE);
                    var s = lua.state();
                    return s.fibers()
                            .enter(() -> {
                                names.forEach((name, function) -> {
                                    s.globals().setString(s, name, LuaValues.TAG, function);
                                });
                                return lua;
                            });
                });
    }

    /// What it takes to make a state and to close it.
    private static void fresh(String how, Supplier<Lua> making) {
        var thread = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        var micros = new double[ROUNDS];
        var kibibytes = new double[ROUNDS];
        for (int round = 0; round < ROUNDS; round++) {
            long allocated = thread.getCurrentThreadAllocatedBytes();
            long time = thread.getCurrentThreadCpuTime();
            for (int i = 0; i < STATES; i++) {
                making.get().close();
            }
            micros[round] = (thread.getCurrentThreadCpuTime() - time) / 1e3 / STATES;
            kibibytes[round] =
                    (thread.getCurrentThreadAllocatedBytes() - allocated) / 1024.0 / STATES;
        }
        System.out.println(
                String.format(
                        Locale.ROOT,
                        "| a fresh state with the library and %d functions of the host, %s |"
                                + " 100 us, 16 KiB | %.1f us, %.1f KiB |",
                        FUNCTIONS,
                        how,
                        Arrays.stream(micros).min().orElseThrow(),
                        Arrays.stream(kibibytes).min().orElseThrow()));
    }

    private static void parse(Path file) throws IOException {
        var one = "do\n" + Files.readString(file).replaceFirst("^#.*", "") + "\nend\n";
        var text = one.repeat(TEXT_BYTES / one.length() + 1).getBytes(StandardCharsets.UTF_8);
        double ms =
                best(_ -> {
                    if (!(Parser.parse("text", text) instanceof Parsed.Ok ok)) {
                        throw new IllegalStateException("the text is wrong");
                    }
                    return ok.chunk().text().length;
                });
        System.out.println(
                String.format(
                        Locale.ROOT,
                        "| parsing, all that the process takes | 20 MB/s | %.1f MB/s |",
                        text.length / 1e3 / ms));
    }
}
