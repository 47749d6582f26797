package dev.sloth.lua.value;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.Semaphore;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// Who runs in a state, who waits, and how all of them are stopped.
///
/// There is one baton a state, and only its holder runs Lua. It belongs to a fiber, not to a
/// thread, since coroutines and deep recursions change threads. `guard` protects the books below;
/// it is held for a few instructions only, and never while waiting for the baton.
public final class Fibers {
    /// How long a virtual thread computes before others have their turn.
    private static final Duration TURN = Duration.ofMillis(5);

    private final LuaState s;
    private final Semaphore baton = new Semaphore(1, true);
    private final ReentrantLock guard = new ReentrantLock();

    /// The fiber that holds the baton; read and written by its holder only.
    @Nullable Fiber running;

    /// When the holder of the baton was last off its carrier, by `nanoTime`; touched by it only.
    private long turnBegan;

    private volatile @Nullable Thread runner;
    private volatile @Nullable String killed;

    /// The call of `os.exit` that ended everything, when it was not in the host's own call.
    private volatile @Nullable LuaExit left;

    // guarded by `guard`
    private final Set<Fiber> alive = new LinkedHashSet<>();
    private final Map<Thread, List<TimeLimit>> blocked = new HashMap<>();

    /// Those that are open; touched by the baton's holder only.
    private final List<TimeLimit> limits = new ArrayList<>();

    /// Whether the time of an open one is up.
    private volatile boolean late;

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
    public <T> T enter(java.util.function.Supplier<T> body) {
        if (runner == Thread.currentThread()) {
            return body.get();
        }
        var fiber = new Fiber(true);
        baton.acquireUninterruptibly();
        begin(fiber);
        try {
            throwIfKilled();
            T result = body.get();
            throwIfKilled();
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
        fiber.done = true;
        note(() -> {
            alive.remove(fiber);
            runner = null;
            breakDeadlock();
        });
        if (killed != null) {
            closeCoroutines();
            boolean _ = Thread.interrupted();
        }
        running = null;
        baton.release();
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

    /// Runs a function of this state on a virtual thread of its own, as soon as the baton is free;
    /// `ended` is told when it is over, still within the state.
    public Fiber spawn(LuaFunction f, Multi arguments, Consumer<Fiber> ended) {
        throwIfKilled();
        var fiber = new Fiber(false);
        fiber.body = f;
        note(() -> alive.add(fiber));
        Thread thread =
                Thread.ofVirtual()
                        .name("lua-fiber")
                        .unstarted(() -> live(fiber, f, arguments, ended));
        fiber.thread = thread;
        thread.start();
        return fiber;
    }

    private void live(Fiber fiber, LuaFunction f, Multi arguments, Consumer<Fiber> ended) {
        baton.acquireUninterruptibly();
        begin(fiber);
        try {
            throwIfKilled();
            s.unwind(0);
            switch (s.protect(f, arguments.d, arguments.o, arguments.count)) {
                case Protected.Ok _ -> {}
                case Protected.Failed failed -> fiber.failed(failed.error());
            }
            fiber.done = true;
            ended.accept(fiber);
        } catch (LuaExit exit) {
            left = exit;
            kill("os.exit(" + exit.status() + ")");
            fiber.failed(LuaError.of(reason()));
        } catch (LuaKilled _) {
            fiber.failed(LuaError.of(reason()));
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

    /// Does something that may block, while others run in the state. `work` must not touch it.
    public <T> T blocking(Callable<T> work) throws Exception {
        Fiber fiber = current();
        Thread self = Thread.currentThread();
        List<TimeLimit> limited = limitsNow();
        note(() -> blocked.put(self, limited));
        release(fiber);
        try {
            throwIfKilled();
            if (isLate(limited)) {
                throw LuaError.of(limited.getFirst().reason());
            }
            return work.call();
        } finally {
            note(() -> blocked.remove(self));
            regain(fiber);
            throwIfKilled();
            if (isLate(limited)) {
                boolean _ = Thread.interrupted();
                throwIfLate(limited);
            }
        }
    }

    private void release(Fiber fiber) {
        fiber.context.save(s);
        running = null;
        runner = null;
        baton.release();
    }

    private void regain(Fiber fiber) {
        baton.acquireUninterruptibly();
        fiber.context.load(s);
        runs(Thread.currentThread());
    }

    void letOthersRun() {
        Fiber fiber = running;
        if (fiber != null && baton.hasQueuedThreads()) {
            release(fiber);
            regain(fiber);
        }
        letTheMachineRun();
    }

    /// A virtual thread is never taken off its carrier by force: as many scripts as there are
    /// processors, each in a loop, would stop every other virtual thread, and with them all time
    /// limits. `Thread.yield` is not enough, since two that yield to each other on one carrier
    /// leave no turn for those who wait elsewhere.
    private void letTheMachineRun() {
        if (System.nanoTime() - turnBegan < TURN.toNanos()) {
            return;
        }
        if (Thread.currentThread().isVirtual()) {
            LockSupport.parkNanos(1);
        }
        turnBegan = System.nanoTime();
    }

    /// Waits until somebody wakes the current fiber; whether that came in time. A wake that came
    /// before counts. When all fibers wait so without a time limit, each gets an error that names
    /// what all wait for.
    ///
    /// @param what what it waits for, for that error, such as `receive on channel`
    /// @param longest zero for no limit
    public boolean park(String what, Duration longest) {
        Fiber fiber = current();
        Thread self = Thread.currentThread();
        boolean forever = longest.isZero();
        long deadline = System.nanoTime() + longest.toNanos();
        String place = s.nearestPlace() + what;
        List<TimeLimit> limited = limitsNow();
        fiber.parked = self;
        note(() -> {
            if (forever && !fiber.woken) {
                fiber.waitsFor = place;
                breakDeadlock();
            }
        });
        release(fiber);
        boolean interrupted = false;
        while (!fiber.woken && fiber.deadlock.isEmpty() && killed == null && !isLate(limited)) {
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
        regain(fiber);
        fiber.parked = null;
        boolean woken = fiber.woken;
        note(() -> {
            fiber.woken = false;
            fiber.waitsFor = "";
        });
        throwIfKilled();
        if (interrupted) {
            self.interrupt();
        }
        if (!woken && !fiber.deadlock.isEmpty()) {
            String message = fiber.deadlock;
            fiber.deadlock = "";
            throw LuaError.of(message);
        }
        throwIfLate(limited);
        return woken;
    }

    /// Wakes a parked fiber, or lets its next [#park] return at once. From any thread.
    public void wake(Fiber fiber) {
        note(() -> {
            fiber.woken = true;
            fiber.waitsFor = "";
        });
        fiber.unpark();
    }

    /// Under `guard`: tells all, if all wait for ever and the host is among them.
    private void breakDeadlock() {
        boolean stuck = !alive.isEmpty();
        boolean hosted = false;
        for (Fiber fiber : alive) {
            stuck &= !fiber.waitsFor.isEmpty();
            hosted |= fiber.isHost();
        }
        if (!stuck || !hosted) {
            return;
        }
        var message = new StringBuilder("deadlock: everything waits");
        for (Fiber fiber : alive) {
            message.append("\n\t").append(fiber.waitsFor);
        }
        for (Fiber fiber : alive) {
            fiber.deadlock = message.toString();
            fiber.waitsFor = "";
            fiber.unpark();
        }
    }

    // ---- time limits

    /// Limits what runs now, from here on until the limit is closed.
    public TimeLimit limit(String reason) {
        var limit = new TimeLimit(this, current(), s.current, reason);
        limits.add(limit);
        return limit;
    }

    void expire(TimeLimit limit) {
        note(() -> {
            if (limit.beUp()) {
                late = true;
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
        limits.remove(limit);
        note(() -> {
            limit.beClosed();
            late = isLate(limits);
        });
    }

    /// Those that concern what runs now.
    private List<TimeLimit> limitsNow() {
        if (limits.isEmpty()) {
            return List.of();
        }
        Fiber fiber = current();
        return limits.stream().filter(limit -> limit.concerns(fiber, s.current)).toList();
    }

    private static boolean isLate(List<TimeLimit> limits) {
        return limits.stream().anyMatch(TimeLimit::isUp);
    }

    private void throwIfLate(List<TimeLimit> limited) {
        for (TimeLimit limit : limited) {
            if (limit.isUp()) {
                throw LuaError.of(s.nearestPlace() + limit.reason());
            }
        }
    }

    /// Whether the time of what runs now is up.
    boolean isLate() {
        return late && isLate(limitsNow());
    }

    /// @throws LuaError when the time of what runs now is up
    void throwIfLate() {
        if (late) {
            throwIfLate(limitsNow());
        }
    }

    // ---- the end

    /// Stops everything in this state, for good. From any thread; the first reason counts.
    public void kill(String reason) {
        List<Thread> busy = new ArrayList<>();
        note(() -> {
            if (killed == null) {
                killed = reason;
            }
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
        return killed != null;
    }

    private String reason() {
        String why = killed;
        return why == null ? "" : why;
    }

    /// For host functions that loop without [LuaState#check].
    ///
    /// @throws LuaExit when the state was ended by `os.exit`
    public void throwIfKilled() {
        String why = killed;
        if (why == null) {
            return;
        }
        LuaExit exit = left;
        if (exit != null) {
            throw new LuaExit(exit.status());
        }
        throw new LuaKilled(why);
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
        if (killed != null || coroutines.count() > 0) {
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
        List<Fiber> left = new ArrayList<>();
        note(() -> left.addAll(alive));
        for (Fiber fiber : left) {
            Thread thread = fiber.thread;
            if (thread != null && thread != Thread.currentThread()) {
                Waiting.forEnd(thread);
            }
        }
        if (runner == Thread.currentThread()) {
            closeCoroutines();
            return;
        }
        baton.acquireUninterruptibly();
        closeCoroutines();
        baton.release();
    }

    void visit(MemoryWalk walk) {
        List<Fiber> all = new ArrayList<>();
        note(() -> all.addAll(alive));
        for (Fiber fiber : all) {
            walk.see(fiber.body);
            if (fiber != running) {
                walk.seeStack(fiber.context.stack, fiber.context.depth);
                walk.see(fiber.context.current);
            }
        }
    }
}
