package dev.sloth.lua.debug;

import dev.sloth.lua.value.LuaError;
import dev.sloth.lua.value.LuaState;
import dev.sloth.lua.vm.Frame;
import dev.sloth.lua.vm.Observer;
import dev.sloth.lua.vm.Stop;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;

/// Stops the scripts that are compiled for it, in as many states as they run. Safe for use by many
/// threads. Close it: a thread looks after its time limits, and what is stopped then goes on.
public final class Debugger implements AutoCloseable {
    private final DebugListener listener;
    private final DebugLimits limits;
    private final Breakpoints breakpoints = new Breakpoints();
    private final Standstill standstill = new Standstill(System::nanoTime);
    private final Map<LuaState, Strand> strands = new ConcurrentHashMap<>();
    private final Map<LuaState, Supplier<String>> names = new ConcurrentHashMap<>();
    private final AtomicInteger lastLine = new AtomicInteger();
    private final AtomicBoolean entry = new AtomicBoolean();
    private final ScheduledThreadPoolExecutor clock;
    private volatile ErrorStops errorStops = ErrorStops.NONE;
    private volatile UnaryOperator<byte[]> hiding = UnaryOperator.identity();
    private volatile boolean off;

    public Debugger(DebugListener listener, DebugLimits limits) {
        this.listener = listener;
        this.limits = limits;
        this.clock =
                new ScheduledThreadPoolExecutor(
                        1, Thread.ofPlatform().daemon().name("lua-watch").factory());
        clock.setRemoveOnCancelPolicy(true);
    }

    /// What scripts are compiled with that are to be stopped: see `Script.compile`.
    public Observer observer() {
        return new Watching();
    }

    // ---- where to stop

    /// Replaces the breakpoints of a script, compiled or not yet; in their order.
    ///
    /// @param chunk the script's name
    public List<Breakpoint.Placed> breakpoints(String chunk, List<Breakpoint> wanted) {
        return breakpoints.set(chunk, wanted);
    }

    /// Stops at errors from now on.
    public void stopAt(ErrorStops errors) {
        errorStops = errors;
    }

    /// Stops whatever runs next, once.
    public void stopAtEntry() {
        entry.set(true);
    }

    /// Takes something out of all texts that are shown from now on.
    public void hide(UnaryOperator<byte[]> what) {
        hiding = what;
    }

    // ---- what there is

    /// Gives the lines of a state a name. Ask the supplier often: states may serve one task after
    /// the other.
    public void name(LuaState s, Supplier<String> name) {
        names.put(s, name);
    }

    /// A state is not used any more.
    public void forget(LuaState s) {
        names.remove(s);
        var strand = strands.remove(s);
        if (strand != null) {
            listener.ended(strand.main());
        }
    }

    /// The states in which watched scripts have run and that are not closed.
    public List<Strand> strands() {
        return List.copyOf(strands.values());
    }

    /// How long scripts were stopped until now, all in all; while several are, their time counts
    /// once. For clocks that are to stand still meanwhile.
    public Duration stoodStill() {
        return standstill.total();
    }

    /// Lets everything go on, and stops nothing any more.
    @Override
    public void close() {
        off = true;
        for (var strand : strands.values()) {
            strand.halt().ifPresent(Debugger::letGo);
        }
        clock.shutdownNow();
    }

    private static void letGo(Halt halt) {
        try {
            halt.resume(Go.ON);
        } catch (Gone _) {
            // that is what is wanted
        }
    }

    // ---- for the rest of the package

    DebugListener listener() {
        return listener;
    }

    DebugLimits limits() {
        return limits;
    }

    Breakpoints breakpoints() {
        return breakpoints;
    }

    Standstill standstill() {
        return standstill;
    }

    UnaryOperator<byte[]> hiding() {
        return hiding;
    }

    ErrorStops errorStops() {
        return errorStops;
    }

    boolean isOff() {
        return off;
    }

    /// Whether this is the beginning that was waited for.
    boolean entry() {
        return entry.get() && entry.compareAndSet(true, false);
    }

    int nextLine() {
        return lastLine.incrementAndGet();
    }

    /// Something that is done later unless this is closed before.
    interface Due extends AutoCloseable {
        @Override
        void close();
    }

    Due after(Duration time, Runnable due) {
        var planned = clock.schedule(due, time.toNanos(), TimeUnit.NANOSECONDS);
        return () -> planned.cancel(false);
    }

    private Strand strand(LuaState s) {
        var known = strands.get(s);
        return known == null ? begun(s) : known;
    }

    private Strand begun(LuaState s) {
        var name = names.getOrDefault(s, () -> "lua");
        var strand = new Strand(this, s, nextLine(), name);
        strands.put(s, strand);
        s.onClose(() -> forget(s));
        listener.began(strand.main());
        return strand;
    }

    private final class Watching implements Observer {
        @Override
        public void compiled(String chunk, SortedSet<Integer> lines) {
            breakpoints.compiled(chunk, lines).forEach(listener::placed);
        }

        @Override
        public void before(LuaState s, Frame f, Stop stop, boolean first) {
            strand(s).passes(f, stop, first);
        }

        @Override
        public void raised(LuaState s, Frame f, LuaError error) {
            strand(s).raised(f, error);
        }
    }
}
