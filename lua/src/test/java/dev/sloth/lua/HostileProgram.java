package dev.sloth.lua;

import dev.sloth.lua.value.Args;
import dev.sloth.lua.value.Budget;
import dev.sloth.lua.value.Grants;
import dev.sloth.lua.value.HostFunction;
import dev.sloth.lua.value.LuaError;
import dev.sloth.lua.value.LuaKilled;
import dev.sloth.lua.value.LuaState;
import dev.sloth.lua.value.MemoryPool;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/// A program with a small heap that runs hostile scripts, and says how each has ended and what of
/// the heap is in use afterwards: one after the other, or many at once on virtual threads.
final class HostileProgram {
    private static final int AT_ONCE = 200;

    /// The serial collector leaves some of what is dead where it is, but at each fourth collection.
    private static final int THOROUGH_COLLECTIONS = 4;

    /// A script that has the whole program for itself.
    private static final Budget ALONE =
            Budget.DEFAULT
                    .withMemoryBytes(12 << 20)
                    .withStringBytes(5 << 20)
                    .withSteps(3_000_000)
                    .withCoroutines(2_000)
                    .withFibers(2_000);

    /// One of many.
    private static final Budget SHARED =
            Budget.DEFAULT
                    .withMemoryBytes(640 << 10)
                    .withStringBytes(256 << 10)
                    .withSteps(2_000_000)
                    .withCallDepth(500)
                    .withHostDepth(50)
                    .withCoroutines(50)
                    .withFibers(50);

    /// One of many that have memory together, of which each alone might have four times as much as
    /// the program has.
    private static final Budget POOLED =
            SHARED.withMemoryBytes(Budget.MEMORY_BYTES_DEFAULT)
                    .withStringBytes(Budget.STRING_BYTES_DEFAULT)
                    .withCoroutines(Budget.COROUTINES_DEFAULT)
                    .withFibers(Budget.FIBERS_DEFAULT);

    private static final long POOL = 32 << 20;

    private HostileProgram() {}

    /// @param args `alone`, `shared` or `pooled`, and the folder with the scripts
    public static void main(String[] args) throws Exception {
        List<Path> scripts = scripts(Path.of(args[1]));
        run(scripts.getFirst(), ALONE);
        long before = used();
        ends(args[0], scripts).forEach(System.out::println);
        System.out.println("kept " + (used() - before));
    }

    private static List<String> ends(String how, List<Path> scripts) throws Exception {
        return switch (how) {
            case "alone" -> alone(scripts);
            case "shared" -> atOnce(scripts, SHARED);
            default -> pooled(scripts);
        };
    }

    private static List<String> pooled(List<Path> scripts) throws Exception {
        var pool = new MemoryPool(POOL);
        var ends = atOnce(scripts, POOLED.withPool(pool));
        if (pool.taken() != 0) {
            throw new IllegalStateException(pool.taken() + " bytes were not given back");
        }
        return ends;
    }

    private static List<Path> scripts(Path folder) throws IOException {
        try (var all = Files.list(folder)) {
            return all.sorted().toList();
        }
    }

    private static List<String> alone(List<Path> scripts) throws IOException {
        List<String> ends = new ArrayList<>();
        for (Path script : scripts) {
            ends.add(script.getFileName() + ": " + run(script, ALONE));
        }
        return ends;
    }

    private static List<String> atOnce(List<Path> scripts, Budget budget) throws Exception {
        List<Callable<String>> runs = new ArrayList<>();
        for (int i = 0; i < AT_ONCE; i++) {
            Path script = scripts.get(i % scripts.size());
            runs.add(() -> script.getFileName() + ": " + run(script, budget));
        }
        List<String> ends = new ArrayList<>();
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (Future<String> end : threads.invokeAll(runs)) {
                ends.add(end.get());
            }
        }
        return ends;
    }

    private static String run(Path script, Budget budget) throws IOException {
        try (Lua lua = Lua.newState(budget, Grants.NONE)) {
            lua.set("go", new Go());
            lua.set("pause", new Pause());
            return Runs.text(lua.run(Runs.script(Files.readString(script))));
        } catch (LuaError | LuaKilled e) {
            return String.valueOf(e.getMessage());
        }
    }

    /// Bytes of the heap that something refers to.
    static long used() {
        var runtime = Runtime.getRuntime();
        for (int i = 0; i < THOROUGH_COLLECTIONS; i++) {
            System.gc();
        }
        return runtime.totalMemory() - runtime.freeMemory();
    }

    /// `go(f)` starts a goroutine.
    private static final class Go extends HostFunction {
        Go() {
            super("go");
        }

        @Override
        protected double invoke(LuaState s, Args args) {
            s.fibers().spawn(args.function(1), args.from(2), _ -> {});
            return s.none();
        }
    }

    /// `pause()` lets others run for a moment.
    private static final class Pause extends HostFunction {
        Pause() {
            super("pause");
        }

        @Override
        protected double invoke(LuaState s, Args args) {
            return s.ret(s.fibers().park(() -> "pause", Duration.ofMillis(1), ""));
        }
    }
}
