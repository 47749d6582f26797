package dev.sloth.lua.value;

import java.util.Arrays;
import java.util.EnumMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// One world of globals: what a script and its coroutines share, and nothing is shared with any
/// other.
///
/// One thread at a time runs in a state; [#fibers()] hands that right over. The public fields are
/// those of whoever runs now, and are saved and restored when that changes.
public final class LuaState {
    /// Steps between two looks at the kill flag and the step budget.
    private static final int FUEL = 10_000;

    /// Bytes copied or compared that one step of the budget pays for.
    private static final int BYTES_PER_STEP = 1 << 10;

    private static final int STACK_FIRST = 32;

    /// The object half of the latest result; meaningful only right after a call that returned
    /// [LuaValues#TAG].
    public Object out = LuaNil.NIL;

    /// What is running, outermost first: an [Activation], or [Args] for a host function.
    public Object[] stack = new Object[STACK_FIRST];

    /// How many entries of `stack` are in use.
    public int depth;

    /// The depth at which [#crowded()] must be asked.
    public int limit = STACK_FIRST;

    /// Steps left until [#refuel()].
    public int fuel = FUEL;

    /// A function that was called so often is hot.
    public final int hotCalls;

    /// A loop that has turned so often is hot.
    public final int hotTurns;

    /// Whether what is hot becomes a class.
    public final boolean tiered;

    int hostDepth;
    int hopAt = Hop.FRAMES_FIRST;
    int extraDepth;
    @Nullable LuaCoroutine current;

    /// The innermost deep recursion that what runs is in.
    Hop.@Nullable Trip trip;

    @Nullable Imprint imprint;

    private final Budget budget;
    private final LuaTable globals = new LuaTable();
    private final LuaTable registry = new LuaTable();
    private final Map<LuaType, LuaTable> typeMetatables = new EnumMap<>(LuaType.class);
    final MemoryMeter memory;
    private final Fibers fibers;
    private final Hop hop = new Hop(this);
    private long steps;
    private Object attached = LuaNil.NIL;
    private boolean ofItself = true;
    private boolean traced;
    private boolean wentOut;
    private Furnishing furnishing = _ -> {};
    private Runnable goingOut = () -> {};

    public LuaState(Budget budget) {
        this(budget, Tiering.DEFAULT);
    }

    public LuaState(Budget budget, Tiering tiering) {
        this.budget = budget;
        this.tiered = tiering.isOn();
        this.hotCalls = tiered ? tiering.calls() : Integer.MAX_VALUE;
        this.hotTurns = tiered ? tiering.turns() : Integer.MAX_VALUE;
        this.memory = new MemoryMeter(budget);
        this.fibers = new Fibers(this);
        recompute();
    }

    public Budget budget() {
        return budget;
    }

    /// `_G`.
    public LuaTable globals() {
        return globals;
    }

    /// A table for the host's own use, out of the script's reach.
    public LuaTable registry() {
        return registry;
    }

    /// What the host has attached; nil at first.
    public Object attached() {
        return attached;
    }

    /// Attaches something of the host's own, out of the script's reach, for host functions to find.
    /// What it keeps alive counts as the script's memory when it can be visited.
    public void attach(Object what) {
        attached = what;
    }

    public Fibers fibers() {
        return fibers;
    }

    /// The coroutine that runs now; absent in the main one.
    public @Nullable LuaCoroutine coroutine() {
        return current;
    }

    /// The metatable that all values of a type share; tables and handles have their own.
    public @Nullable LuaTable typeMetatable(LuaType type) {
        return typeMetatables.get(type);
    }

    public void setTypeMetatable(LuaType type, @Nullable LuaTable metatable) {
        leavesTrace();
        if (metatable == null) {
            typeMetatables.remove(type);
        } else {
            typeMetatables.put(type, metatable);
        }
    }

    // ---- imprints

    /// To be called by whatever asks or does something outside of the state: what was loaded with
    /// that may be different when it is loaded again.
    public void looksOutside() {
        ofItself &= imprint != null;
        if (!wentOut) {
            goingOut.run();
            wentOut = true;
        }
    }

    /// Has this run before the next look outside, and before no later one unless it fails.
    public void onLookOutside(Runnable first) {
        goingOut = first;
        wentOut = false;
    }

    /// To be called by whatever changes something that is no table and no variable: an [Imprint]
    /// cannot put that back.
    public void leavesTrace() {
        traced |= imprint != null;
    }

    /// Whether what is in the state comes from what was loaded in it alone.
    boolean isOfItself() {
        return ofItself;
    }

    boolean hasTrace() {
        return traced;
    }

    void written(LuaTable table) {
        if (imprint != null) {
            imprint.write(table);
        }
    }

    long walk(Imprint.Observer observer) {
        return memory.walk(this, observer);
    }

    Gauge gauge() {
        return new Gauge(steps, fuel, memory.reading());
    }

    void set(Gauge to) {
        steps = to.steps();
        fuel = to.fuel();
        memory.set(to.memory());
        out = LuaNil.NIL;
    }

    /// Gives the state what its library keeps for it.
    public void furnish(Furnishing kept) {
        furnishing = kept;
    }

    public Furnishing furnishing() {
        return furnishing;
    }

    /// Lets chance in this state begin anew.
    public void seed(long start) {
        furnishing.seed(start);
    }

    // ---- results

    /// Gives an object back from a host function.
    public double ret(Object o) {
        out = o;
        return LuaValues.TAG;
    }

    public double ret(boolean b) {
        out = b ? Boolean.TRUE : Boolean.FALSE;
        return LuaValues.TAG;
    }

    public double ret(String text) {
        out = LuaString.of(text);
        return LuaValues.TAG;
    }

    /// Gives nil back.
    public double nil() {
        out = LuaNil.NIL;
        return LuaValues.TAG;
    }

    /// Gives nothing back.
    public double none() {
        out = Multi.NONE;
        return LuaValues.TAG;
    }

    /// Gives several values back; takes the arrays over.
    public double multi(double[] d, Object[] o, int count) {
        out = new Multi(d, o, count);
        return LuaValues.TAG;
    }

    /// Cuts a call's result to its first value: `s.first(f.call(s))`.
    public double first(double d) {
        if (LuaValues.isObject(d) && out instanceof Multi m) {
            if (m.count == 0) {
                out = LuaNil.NIL;
                return LuaValues.TAG;
            }
            out = m.o[0];
            return m.d[0];
        }
        return d;
    }

    /// A call's result as several values, however many they are: `s.all(f.call(s))`.
    public Multi all(double d) {
        if (LuaValues.isObject(d)) {
            return out instanceof Multi m ? m : new Multi(new double[] {d}, new Object[] {out}, 1);
        }
        return new Multi(new double[] {d}, new Object[] {LuaNil.NIL}, 1);
    }

    // ---- limits

    /// Counts steps of a long-running host function and looks whether the state was killed. Cheap:
    /// call it in every loop that a script can make long.
    public void check(int done) {
        fuel -= done;
        if (fuel < 0) {
            refuel();
        }
    }

    /// Counts bytes copied or compared, as [#check] counts steps: ten thousand turns of a loop over
    /// huge strings take minutes.
    public void checkBytes(long bytes) {
        if (bytes >= BYTES_PER_STEP) {
            check((int) (bytes / BYTES_PER_STEP));
        }
    }

    /// The text, once a look at all of it is counted.
    LuaString counted(LuaString text) {
        checkBytes(text.length());
        return text;
    }

    /// What is due when `fuel` has run out: the kill flag, the step budget, what was taken beside,
    /// other fibers' turn, and other states'.
    public void refuel() {
        steps += FUEL - fuel;
        fuel = FUEL;
        if (steps > budget.steps()) {
            fibers.kill("script exceeded " + budget.steps() + " steps");
        }
        fibers.throwIfKilled();
        if (fibers.isLate()) {
            // who catches it is looked at with the next step: fuel that runs out within `pcall`,
            // again and again, would never be seen outside of it
            steps -= FUEL;
            fuel = 0;
            fibers.throwIfLate();
        }
        memory.lookBeside(this);
        Arrays.fill(stack, depth, stack.length, LuaNil.NIL);
        fibers.letOthersRun();
        letOtherStatesRun();
    }

    /// Virtual threads are not preempted: without this, as many busy states as there are processors
    /// would keep all other virtual threads waiting.
    @SuppressWarnings("ThreadPriorityCheck") // it is about turns, not about correctness
    private static void letOtherStatesRun() {
        if (Thread.currentThread().isVirtual()) {
            Thread.yield();
        }
    }

    /// Counts bytes that a script is about to allocate; "not enough memory" when its live memory
    /// passes the budget.
    public void charge(long bytes) {
        if (memory.add(bytes)) {
            memory.look(this, bytes);
        }
    }

    /// Counts bytes that another thread than the one that runs is about to allocate, without
    /// waiting for it: with the next look, which is at once when nobody runs. Who is attached
    /// counts them as alive from before on.
    ///
    /// @return false when the look has found more alive than may be
    public boolean chargeBeside(long bytes) {
        return !memory.addBeside(bytes) || fibers.tryEnter(() -> memory.fits(this)).orElse(true);
    }

    /// Bytes alive at the last look and allocated since: an upper estimate of what is in use.
    public long memoryBytes() {
        return memory.bytes();
    }

    /// Has this run once when the state is closed, after everything in it has ended.
    public void onClose(Runnable closing) {
        fibers.onClose(closing);
    }

    /// Counts a string about to be made, and refuses one beyond the budget.
    public void chargeString(long bytes) {
        if (bytes > budget.stringBytes()) {
            throw error("string length overflow");
        }
        charge(bytes + 40);
    }

    /// Asked when `depth` has reached `limit`: makes room, or says that the call has to go on in
    /// another thread with [#hop], or fails with "stack overflow".
    public boolean crowded() {
        if (depth >= budget.callDepth() + extraDepth) {
            throw stackOverflow();
        }
        if (depth >= hopAt) {
            return true;
        }
        stack = Arrays.copyOf(stack, Math.min(stack.length * 2, budget.callDepth() * 2 + 1000));
        recompute();
        return false;
    }

    /// Goes on in a thread with a fresh stack, and waits for it.
    public double hop(Hop.Body body) {
        return hop.run(body);
    }

    void recompute() {
        limit = Math.min(Math.min(stack.length, hopAt), budget.callDepth() + extraDepth);
    }

    /// The error for too deep a recursion.
    public LuaError stackOverflow() {
        return error("stack overflow");
    }

    /// A host function that blocks must not begin to when the interrupt of a kill is spent already.
    void enterHost(Args call) {
        fibers.throwIfKilled();
        fibers.throwIfLate();
        if (hostDepth >= budget.hostDepth() + extraDepth) {
            throw error("C stack overflow");
        }
        if (depth >= stack.length) {
            stack = Arrays.copyOf(stack, stack.length * 2);
            recompute();
        }
        stack[depth++] = call;
        hostDepth++;
    }

    void leaveHost() {
        depth--;
        hostDepth--;
    }

    /// Remembers how deep we are; whoever catches a [LuaError] must [#unwind] to it.
    public long mark() {
        return (long) hostDepth << 32 | depth;
    }

    public void unwind(long mark) {
        depth = (int) mark;
        hostDepth = (int) (mark >>> 32);
    }

    /// Calls a function as `pcall` does: an error comes back as a value. Other than catching
    /// [LuaError] by hand, this restores the depth and turns a Java stack overflow into a Lua
    /// error.
    public Protected protect(LuaFunction f, double[] d, Object[] o, int n) {
        long mark = mark();
        try {
            return new Protected.Ok(all(f.call(this, d, o, n)));
        } catch (LuaError e) {
            unwind(mark);
            return new Protected.Failed(e);
        } catch (StackOverflowError e) {
            unwind(mark);
            return new Protected.Failed(stackOverflow());
        }
    }

    /// As `xpcall`: the handler runs while the failed calls are still to be seen in a traceback,
    /// and its first result becomes the error.
    public Protected protect(LuaFunction f, double[] d, Object[] o, int n, LuaFunction handler) {
        long mark = mark();
        try {
            return new Protected.Ok(all(f.call(this, d, o, n)));
        } catch (LuaError e) {
            return handled(e, handler, mark);
        } catch (StackOverflowError e) {
            return handled(stackOverflow(), handler, mark);
        }
    }

    private Protected handled(LuaError e, LuaFunction handler, long mark) {
        int before = extraDepth;
        extraDepth = Tracebacks.HANDLER_DEPTH;
        recompute();
        try {
            double d = first(handler.call(this, e.d(), e.o()));
            return new Protected.Failed(new LuaError(d, out));
        } catch (LuaError | StackOverflowError again) {
            return new Protected.Failed(LuaError.of("error in error handling"));
        } finally {
            extraDepth = before;
            recompute();
            unwind(mark);
        }
    }

    // ---- places

    /// An error with the place of the Lua code that runs, or that called the host function that
    /// runs.
    public LuaError error(String message) {
        boolean inLua = depth > 0 && stack[depth - 1] instanceof Activation;
        return LuaError.of(where(inLua ? 0 : 1) + message);
    }

    /// `file:line: ` of the function at a level: 0 is the one that runs now, 1 its caller. Empty
    /// for a host function.
    public String where(int level) {
        Object at = entry(level);
        return at instanceof Activation a ? Tracebacks.place(a) : "";
    }

    /// `file:line: ` of the innermost Lua function.
    String nearestPlace() {
        return Tracebacks.nearest(stack, depth);
    }

    /// What runs at a level: an [Activation], a [HostFunction], or nil where nothing does or the
    /// caller is gone through a tail call.
    public Object entry(int level) {
        return Tracebacks.entry(stack, Math.min(depth, stack.length), level);
    }

    /// The calls under way, as `debug.traceback` shows them.
    public String traceback(int fromLevel) {
        return Tracebacks.of(stack, Math.min(depth, stack.length), fromLevel);
    }

    /// Everything the memory walk starts from.
    void visitRoots(MemoryWalk walk) {
        walk.see(globals);
        walk.see(registry);
        if (attached instanceof MemoryWalk.Visited reaching) {
            walk.see(reaching);
        }
        typeMetatables.values().forEach(walk::see);
        walk.see(out);
        walk.seeStack(stack, depth);
        if (current != null) {
            walk.see(current);
        }
        fibers.visit(walk);
    }
}
