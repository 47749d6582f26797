package dev.sloth.lua.value;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// Who runs in a state, who waits, and how all of them are stopped.
///
/// There is one baton a state, and only its holder runs Lua. It belongs to a fiber, not to a
/// thread, since coroutines and deep recursions change threads. `guard` protects the books below;
/// it is held for a few instructions only, and never while waiting for the baton.
public final class Fibers {
    private final LuaState s;
    private final Baton baton = new Baton();
    private final ReentrantLock guard = new ReentrantLock();

    /// The fiber that holds the baton; read and written by its holder only.
    @Nullable Fiber running;

    /// Touched by the holder of the baton only.
    private final Carrier carrier = new Carrier();

    private final Fate fate = new Fate();
    private volatile @Nullable Thread runner;

    // guarded by `guard`
    private final Set<Fiber> alive = new LinkedHashSet<>();
    private final Map<Thread, List<TimeLimit>> blocked = new HashMap<>();

    private final TimeLimits limits = new TimeLimits();

    /// Fibers beside the host's calls whose functions have not ended; touched by the baton's holder
    /// only.
    private int spawned;

    /// What the host wants done at the end; touched by the baton's holder only.
    private final List<Runnable> closings = new ArrayList<>();

    /// Touched by the baton's holder only.
    private final Coroutines coroutines;

    Fibers(LuaState s) {
        this.s = s;
        this.coroutines = new Coroutines(s);
    }

    // ---- the host's calls

    /// Runs Lua from the host: takes the baton, or joins in when this thread holds it already.
    public <T> T enter(Supplier<T> body) {
        if (runner == Thread.currentThread()) {
            return body.get();
        }
        var fiber = new Fiber(true);
        baton.await(fiber);
        return entered(fiber, body);
    }

    /// The same when nobody runs and nobody is about to; empty otherwise, or when all was stopped.
    <T> Optional<T> tryEnter(Supplier<T> body) {
        var fiber = new Fiber(true);
        if (fate.isSealed() || !baton.tryTake(fiber)) {
            return Optional.empty();
        }
        try {
            return Optional.of(entered(fiber, body));
        } catch (LuaKilled | LuaExit _) {
            return Optional.empty();
        }
    }

    private <T> T entered(Fiber fiber, Supplier<T> body) {
        begin(fiber);
        try {
            throwIfKilled();
            T result = body.get();
            throwIfKilled();
            s.memory.rest(s);
            return result;
        } finally {
            end(fiber);
        }
    }

    private void begin(Fiber fiber) {
        note(() -> alive.add(fiber));
        running = fiber;
        fiber.context.fiber = fiber;
        fiber.context.load(s);
        runs(Thread.currentThread());
    }

    private void end(Fiber fiber) {
        fiber.end(s);
        note(() -> {
            alive.remove(fiber);
            runner = null;
            breakDeadlock();
        });
        if (fate.isSealed()) {
            closeCoroutines();
            boolean _ = Thread.interrupted();
        }
        running = null;
        baton.pass(fiber);
    }

    private void note(Runnable change) {
        guard.lock();
        try {
            change.run();
        } finally {
            guard.unlock();
        }
    }

    /// Says which thread runs now, so that a kill can interrupt it.
    void runs(Thread thread) {
        runner = thread;
    }

    // ---- fibers

    /// Runs a function of this state on a virtual thread of its own, after all that are ready now;
    /// `ended` is told when it is over, still within the state.
    ///
    /// @throws LuaError when as many run already as the budget allows
    public Fiber spawn(LuaFunction f, Multi arguments, Consumer<Fiber> ended) {
        if (spawned >= s.budget().fibers()) {
            throw s.error("too many goroutines at once (" + spawned + ")");
        }
        s.charge(Fiber.BYTES);
        var fiber = new Fiber(false);
        fiber.body = f;
        fiber.given = arguments;
        Thread thread = Thread.ofVirtual().name("lua-fiber").unstarted(() -> live(fiber, f, ended));
        fiber.thread = thread;
        note(() -> {
            throwIfKilled();
            thread.start();
            alive.add(fiber);
            baton.queue(fiber);
        });
        spawned++;
        return fiber;
    }

    private void live(Fiber fiber, LuaFunction f, Consumer<Fiber> ended) {
        baton.await(fiber);
        begin(fiber);
        try {
            throwIfKilled();
            s.unwind(0);
            Multi given = fiber.given;
            fiber.given = Multi.NONE;
            switch (s.protect(f, given.d, given.o, given.count)) {
                case Protected.Ok(Multi results) -> fiber.returned(results);
                case Protected.Failed(LuaError error) -> fiber.failed(error);
            }
            fiber.done = true;
            spawned--;
            ended.accept(fiber);
        } catch (LuaExit exit) {
            fate.leave(exit);
            kill("os.exit(" + exit.status() + ")");
            fiber.failed(LuaError.of(fate.reason()));
        } catch (LuaKilled _) {
            fiber.failed(LuaError.of(fate.reason()));
        } finally {
            end(fiber);
        }
    }

    /// The fiber that runs now.
    public Fiber current() {
        Fiber fiber = running;
        if (fiber == null) {
            throw new IllegalStateException("nothing runs in this state");
        }
        return fiber;
    }

    /// Something that may block and fails in no more than two ways that are to be declared.
    @FunctionalInterface
    public interface Work<T, A extends Exception, B extends Exception> {
        T run() throws A, B;
    }

    /// Does something that may block, while others run in the state. `work` must not touch it.
    public <T, A extends Exception, B extends Exception> T blocking(Work<T, A, B> work)
            throws A, B {
        Fiber fiber = current();
        Thread self = Thread.currentThread();
        s.memory.rest(s);
        List<TimeLimit> limited = limitsNow();
        note(() -> blocked.put(self, limited));
        release(fiber);
        T result;
        try {
            throwIfKilled();
            if (TimeLimits.isLate(limited)) {
                throw LuaError.of(limited.getFirst().reason());
            }
            result = work.run();
        } finally {
            note(() -> blocked.remove(self));
            regain(fiber);
            throwIfKilled();
            if (TimeLimits.isLate(limited)) {
                boolean _ = Thread.interrupted();
                throwIfLate(limited);
            }
        }
        s.memory.lookBeside(s);
        return result;
    }

    private void release(Fiber fiber) {
        leave(fiber);
        baton.pass(fiber);
    }

    private void leave(Fiber fiber) {
        fiber.context.save(s);
        running = null;
        runner = null;
    }

    private void regain(Fiber fiber) {
        baton.await(fiber);
        fiber.context.load(s);
        runs(Thread.currentThread());
    }

    void letOthersRun() {
        Fiber fiber = running;
        if (fiber != null && baton.isWanted()) {
            release(fiber);
            regain(fiber);
        }
        carrier.share();
    }

    /// Waits until somebody wakes the current fiber; whether that came in time. A wake that came
    /// before counts. When all fibers wait without end, the host's call gets an error that names
    /// what each waits for.
    ///
    /// @param what tells, under the lock of this, what it waits for, such as `receive on channel`
    /// @param longest zero for no limit
    /// @param keeps what the host keeps for it meanwhile, as the host's guide knows it
    public boolean park(Supplier<String> what, Duration longest, Object keeps) {
        Fiber fiber = current();
        boolean forever = longest.isZero();
        s.memory.rest(s);
        List<TimeLimit> limited = limitsNow();
        fiber.keeps = keeps;
        lieDown(fiber, forever ? Deadlock.wait(s.nearestPlace(), what) : Optional.empty());
        boolean interrupted = sleep(fiber, longest, limited);
        regain(fiber);
        fiber.parked = null;
        fiber.keeps = null;
        boolean woken = fiber.woken;
        String deadlock = fiber.deadlock;
        note(() -> {
            fiber.woken = false;
            fiber.waitsFor = Optional.empty();
            fiber.deadlock = "";
        });
        throwIfKilled();
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
        if (!woken && !deadlock.isEmpty()) {
            throw LuaError.of(deadlock);
        }
        throwIfLate(limited);
        return woken;
    }

    /// Passes the baton on, to come back when woken.
    private void lieDown(Fiber fiber, Optional<Supplier<String>> waitsFor) {
        Thread self = Thread.currentThread();
        leave(fiber);
        note(() -> {
            fiber.parked = self;
            fiber.comes = self;
            baton.pass(fiber);
            if (fiber.woken) {
                baton.queue(fiber);
                return;
            }
            fiber.waitsFor = waitsFor;
            breakDeadlock();
        });
    }

    /// Until the fiber has the baton again, or has a reason to ask for it; whether it was
    /// interrupted meanwhile.
    private boolean sleep(Fiber fiber, Duration longest, List<TimeLimit> limited) {
        boolean forever = longest.isZero();
        long deadline = System.nanoTime() + longest.toNanos();
        boolean interrupted = false;
        while (!fiber.holds && !fiber.woken && !fate.isSealed() && !TimeLimits.isLate(limited)) {
            long left = deadline - System.nanoTime();
            if (forever) {
                LockSupport.park(fiber);
            } else if (left > 0) {
                LockSupport.parkNanos(fiber, left);
            } else {
                break;
            }
            interrupted |= Thread.interrupted();
        }
        return interrupted;
    }

    /// Wakes a parked fiber, which gets its turn after all that are ready now, or lets its next
    /// [#park] return at once. From any thread.
    public void wake(Fiber fiber) {
        note(() -> {
            fiber.woken = true;
            fiber.waitsFor = Optional.empty();
            if (fiber.parked != null) {
                baton.queue(fiber);
            }
        });
    }

    /// Under `guard`: tells the host, if all wait for ever and it is among them. The others are
    /// left as they are: the host may wake them, and otherwise they end with it.
    private void breakDeadlock() {
        for (Fiber host : Deadlock.hostsIn(alive)) {
            host.deadlock = Deadlock.message(alive);
            host.waitsFor = Optional.empty();
            baton.queue(host);
        }
    }

    // ---- time limits

    /// Limits what runs now, from here on until the limit is closed.
    public TimeLimit limit(String reason) {
        var limit = new TimeLimit(this, current(), s.current, reason);
        limits.open(limit);
        return limit;
    }

    void expire(TimeLimit limit) {
        note(() -> {
            if (limits.expire(limit)) {
                blocked.forEach((thread, limited) -> {
                    if (limited.contains(limit)) {
                        thread.interrupt();
                    }
                });
                alive.forEach(Fiber::unpark);
            }
        });
    }

    void end(TimeLimit limit) {
        note(() -> limits.close(limit));
    }

    private List<TimeLimit> limitsNow() {
        return limits.concerning(running, s.current);
    }

    private void throwIfLate(List<TimeLimit> limited) {
        TimeLimits.firstUp(limited)
                .ifPresent(limit -> {
                    throw LuaError.of(s.nearestPlace() + limit.reason());
                });
    }

    /// Whether the time of what runs now is up.
    boolean isLate() {
        return limits.late() && TimeLimits.isLate(limitsNow());
    }

    /// @throws LuaError when the time of what runs now is up
    void throwIfLate() {
        if (limits.late()) {
            throwIfLate(limitsNow());
        }
    }

    // ---- the end

    /// Stops everything in this state, for good. From any thread; the first reason counts.
    public void kill(String reason) {
        List<Thread> busy = new ArrayList<>();
        note(() -> {
            fate.seal(reason);
            busy.addAll(blocked.keySet());
            Thread now = runner;
            if (now != null && now != Thread.currentThread()) {
                busy.add(now);
            }
            busy.forEach(Thread::interrupt);
            alive.forEach(Fiber::unpark);
        });
    }

    public boolean isKilled() {
        return fate.isSealed();
    }

    /// For host functions that loop without [LuaState#check].
    ///
    /// @throws LuaExit when the state was ended by `os.exit`
    public void throwIfKilled() {
        fate.throwIfSealed();
    }

    Coroutines begun() {
        return coroutines;
    }

    /// How many coroutines have begun and not ended. Not while a call is under way in another
    /// thread.
    public int coroutines() {
        return coroutines.count();
    }

    private void closeCoroutines() {
        coroutines.close();
        closings.forEach(Runnable::run);
        closings.clear();
    }

    /// Whether nothing runs, nothing waits, and nothing was killed.
    boolean isAtRest() {
        if (fate.isSealed() || coroutines.count() > 0) {
            return false;
        }
        guard.lock();
        try {
            return alive.isEmpty();
        } finally {
            guard.unlock();
        }
    }

    void onClose(Runnable closing) {
        s.leavesTrace();
        closings.add(closing);
    }

    /// Kills what runs, ends every coroutine's and fiber's thread, and waits for them.
    public void close() {
        kill("state closed");
        for (Fiber fiber : alive()) {
            Thread thread = fiber.thread;
            if (thread != null && thread != Thread.currentThread()) {
                Waiting.forEnd(thread);
            }
        }
        if (runner == Thread.currentThread()) {
            closeAll();
            return;
        }
        var closing = new Fiber(true);
        baton.await(closing);
        closeAll();
        baton.pass(closing);
    }

    private void closeAll() {
        closeCoroutines();
        s.memory.close();
    }

    /// Those that run or wait, in the order in which they began.
    List<Fiber> alive() {
        List<Fiber> all = new ArrayList<>();
        note(() -> all.addAll(alive));
        return all;
    }

    void visit(MemoryWalk walk) {
        for (Fiber fiber : alive()) {
            walk.see(fiber);
            if (fiber != running) {
                fiber.context.visit(walk);
            }
        }
    }
}
