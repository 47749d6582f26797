package dev.sloth.plugins.goroutine;

import dev.sloth.api.plugin.Call;
import dev.sloth.api.plugin.CallFailure;
import dev.sloth.api.plugin.Function;
import dev.sloth.api.plugin.HandleType;
import dev.sloth.api.plugin.Results;
import dev.sloth.api.plugin.Type;
import dev.sloth.api.value.Value;
import java.util.List;

/// Mutexes, semaphores and the other small things that goroutines agree by.
final class LockFunctions {
    private static final String MUTEX = "goroutine.mutex";
    private static final String RWMUTEX = "goroutine.rwmutex";
    private static final String SEMAPHORE = "goroutine.semaphore";
    private static final String ATOMIC = "goroutine.atomic_int";
    private static final String ONCE = "goroutine.once";
    private static final String COND = "goroutine.cond";

    /// Does something with the target of a method and gives nothing back.
    private interface Act<T> {
        void on(T target, Call call) throws InterruptedException;
    }

    private LockFunctions() {}

    static Function[] functions() {
        return new Function[] {mutex(), rwmutex(), semaphore(), atomicInt(), once(), cond()};
    }

    static HandleType[] types() {
        return new HandleType[] {
            mutexType(), rwmutexType(), semaphoreType(), atomicType(), onceType(), condType(),
        };
    }

    private static <T> Function act(String name, String doc, Class<T> type, Act<T> act) {
        return Function.named(name)
                .doc(doc)
                .body(call -> {
                    act.on(type.cast(call.self()), call);
                    return Results.none();
                });
    }

    private static Function.Builder asks(String name, String doc, String result) {
        return Function.named(name).doc(doc).returns("ok", Type.BOOLEAN, result);
    }

    private static Function mutex() {
        return Function.named("mutex")
                .doc(
                        "Makes a lock that one goroutine holds at a time. It is not released by an"
                                + " error: use with_lock where one may happen.")
                .returns("mutex", Type.HANDLE, "The lock.")
                .example("local m = goroutine.mutex()\nm:lock()\nm:unlock()")
                .body(call -> Results.of(new Value.Handle(MUTEX, new Mutex())));
    }

    private static HandleType mutexType() {
        return HandleType.named(MUTEX, "A lock that one goroutine holds at a time.")
                .methods(
                        act(
                                "lock",
                                "Waits until the lock is free and takes it.",
                                Mutex.class,
                                (m, call) -> m.lock(call.host().concurrency())),
                        act("unlock", "Gives the lock up.", Mutex.class, (m, _) -> m.unlock()),
                        asks("try_lock", "Takes the lock if it is free.", "Whether it was taken.")
                                .body(call -> Results.bool(((Mutex) call.self()).tryLock())),
                        Function.named("with_lock")
                                .doc("Calls a function under the lock, released in any case.")
                                .param("fn", Type.FUNCTION, "What to call.")
                                .returns("values", Type.ANY, "What the function returns.")
                                .example("m:with_lock(function() count = count + 1 end)")
                                .body(call -> {
                                    var mutex = (Mutex) call.self();
                                    mutex.lock(call.host().concurrency());
                                    return underLock(call, mutex::unlock);
                                }));
    }

    private static List<Value> underLock(Call call, Runnable unlock) {
        try {
            return call.function("fn").call(List.of());
        } finally {
            unlock.run();
        }
    }

    private static Function rwmutex() {
        return Function.named("rwmutex")
                .doc("Makes a lock that many readers or one writer hold at a time.")
                .returns("rwmutex", Type.HANDLE, "The lock.")
                .example("local rw = goroutine.rwmutex()\nrw:rlock()\nrw:runlock()")
                .body(call -> Results.of(new Value.Handle(RWMUTEX, new ReadWriteMutex())));
    }

    private static HandleType rwmutexType() {
        return HandleType.named(RWMUTEX, "A lock for many readers or one writer.")
                .methods(
                        act(
                                "lock",
                                "Waits until the lock is free and takes it for writing.",
                                ReadWriteMutex.class,
                                (m, call) -> m.lock(call.host().concurrency())),
                        act(
                                "unlock",
                                "Gives the lock for writing up.",
                                ReadWriteMutex.class,
                                (m, _) -> m.unlock()),
                        act(
                                "rlock",
                                "Waits until nobody writes and takes the lock for reading.",
                                ReadWriteMutex.class,
                                (m, call) -> m.readLock(call.host().concurrency())),
                        act(
                                "runlock",
                                "Gives the lock for reading up.",
                                ReadWriteMutex.class,
                                (m, _) -> m.readUnlock()),
                        asks("try_lock", "Takes it for writing if free.", "Whether it was taken.")
                                .body(call ->
                                        Results.bool(((ReadWriteMutex) call.self()).tryLock())),
                        asks("try_rlock", "Takes it for reading if free.", "Whether it was taken.")
                                .body(call ->
                                        Results.bool(
                                                ((ReadWriteMutex) call.self()).tryReadLock())));
    }

    private static Function semaphore() {
        return Function.named("semaphore")
                .doc("Makes a lock that up to n goroutines hold at a time.")
                .param("n", Type.INTEGER, "How many.")
                .returns("semaphore", Type.HANDLE, "The semaphore.")
                .example("local s = goroutine.semaphore(3)\ns:acquire()\ns:release()")
                .body(call -> {
                    long n = call.integer("n");
                    if (n < 1 || n > Integer.MAX_VALUE) {
                        throw new CallFailure("a semaphore needs n of at least 1");
                    }
                    return Results.of(new Value.Handle(SEMAPHORE, new Semaphore((int) n)));
                });
    }

    private static HandleType semaphoreType() {
        return HandleType.named(SEMAPHORE, "A lock for up to n goroutines.")
                .methods(
                        act(
                                "acquire",
                                "Waits until one of the n is free and takes it.",
                                Semaphore.class,
                                (s, call) -> s.acquire(call.host().concurrency())),
                        act("release", "Gives one back.", Semaphore.class, (s, _) -> s.release()),
                        asks("try_acquire", "Takes one if it is free.", "Whether it was taken.")
                                .body(call -> Results.bool(((Semaphore) call.self()).tryAcquire())),
                        Function.named("available")
                                .doc("Counts those that are free.")
                                .returns("n", Type.INTEGER, "How many.")
                                .body(call ->
                                        Results.number(((Semaphore) call.self()).available())),
                        Function.named("capacity")
                                .doc("Says how many there are in all.")
                                .returns("n", Type.INTEGER, "How many.")
                                .body(call ->
                                        Results.number(((Semaphore) call.self()).capacity())));
    }

    private static Function atomicInt() {
        return Function.named("atomic_int")
                .doc("Makes a whole number that goroutines share.")
                .optional("value", Type.INTEGER, "What it starts from; 0 if nil.")
                .returns("atomic_int", Type.HANDLE, "The number.")
                .example("local n = goroutine.atomic_int(0)\nn:add(1)")
                .body(call ->
                        Results.of(
                                new Value.Handle(ATOMIC, new Counter(call.integer("value", 0)))));
    }

    private static HandleType atomicType() {
        return HandleType.named(ATOMIC, "A whole number that goroutines share.")
                .methods(
                        Function.named("add")
                                .doc("Adds to the number.")
                                .param("delta", Type.INTEGER, "How much.")
                                .returns("value", Type.INTEGER, "The new number.")
                                .body(call ->
                                        number(((Counter) call.self()).add(call.integer("delta")))),
                        Function.named("load")
                                .doc("Reads the number.")
                                .returns("value", Type.INTEGER, "The number.")
                                .body(call -> number(((Counter) call.self()).load())),
                        Function.named("store")
                                .doc("Sets the number.")
                                .param("value", Type.INTEGER, "The new number.")
                                .body(call -> {
                                    ((Counter) call.self()).swap(call.integer("value"));
                                    return Results.none();
                                }),
                        Function.named("swap")
                                .doc("Sets the number and gives the old one.")
                                .param("value", Type.INTEGER, "The new number.")
                                .returns("old", Type.INTEGER, "What it was.")
                                .body(call ->
                                        number(
                                                ((Counter) call.self())
                                                        .swap(call.integer("value")))),
                        compareAndSwap());
    }

    private static List<Value> number(long whole) {
        return Results.number((double) whole);
    }

    private static Function compareAndSwap() {
        return Function.named("compare_and_swap")
                .doc("Sets the number if it is the one expected.")
                .param("old", Type.INTEGER, "What is expected.")
                .param("new", Type.INTEGER, "What to set it to.")
                .returns("swapped", Type.BOOLEAN, "Whether it was set.")
                .body(call -> {
                    var counter = (Counter) call.self();
                    boolean same = counter.load() == call.integer("old");
                    if (same) {
                        counter.swap(call.integer("new"));
                    }
                    return Results.bool(same);
                });
    }

    private static Function once() {
        return Function.named("once")
                .doc("Makes a guard that lets only the first call through.")
                .returns("once", Type.HANDLE, "With the method call.")
                .example("local o = goroutine.once()\no:call(setup)")
                .body(call -> Results.of(new Value.Handle(ONCE, new Once())));
    }

    private static HandleType onceType() {
        return HandleType.named(ONCE, "Lets only the first call through.")
                .methods(
                        Function.named("call")
                                .doc(
                                        "Calls the function if nothing was called before; otherwise"
                                                + " waits until that call is over. A call that"
                                                + " failed counts.")
                                .param("fn", Type.FUNCTION, "What to call.")
                                .returns("called", Type.BOOLEAN, "Whether it was this call.")
                                .body(call ->
                                        Results.bool(
                                                ((Once) call.self())
                                                        .call(
                                                                call.host().concurrency(),
                                                                call.function("fn")))));
    }

    private static Function cond() {
        return Function.named("cond")
                .doc("Makes a condition: goroutines wait at it until another signals.")
                .optional("mutex", Type.HANDLE, "The mutex it belongs to; one of its own if nil.")
                .returns("cond", Type.HANDLE, "The condition.")
                .example("local c = goroutine.cond()\nc:lock()\nc:wait()\nc:unlock()")
                .body(call -> {
                    var given = call.value("mutex");
                    if (given == Value.Nil.NIL) {
                        return cond(new Mutex());
                    }
                    if (given instanceof Value.Handle(_, Mutex mutex)) {
                        return cond(mutex);
                    }
                    throw new CallFailure("cond takes a goroutine.mutex");
                });
    }

    private static List<Value> cond(Mutex mutex) {
        return Results.of(new Value.Handle(COND, new Meeting(mutex)));
    }

    private static HandleType condType() {
        return HandleType.named(COND, "A condition that goroutines wait at.")
                .methods(
                        act(
                                "wait",
                                "Gives the mutex up, waits for a signal, and takes it again.",
                                Meeting.class,
                                (c, call) -> c.await(call.host().concurrency())),
                        act("signal", "Wakes one that waits.", Meeting.class, (c, _) -> c.signal()),
                        act(
                                "broadcast",
                                "Wakes all that wait.",
                                Meeting.class,
                                (c, _) -> c.broadcast()),
                        act(
                                "lock",
                                "Locks the mutex of the condition.",
                                Meeting.class,
                                (c, call) -> c.mutex().lock(call.host().concurrency())),
                        act(
                                "unlock",
                                "Unlocks the mutex of the condition.",
                                Meeting.class,
                                (c, _) -> c.mutex().unlock()),
                        asks("try_lock", "Locks the mutex if it is free.", "Whether it was taken.")
                                .body(call ->
                                        Results.bool(((Meeting) call.self()).mutex().tryLock())),
                        Function.named("get_mutex")
                                .doc("Gives the mutex of the condition.")
                                .returns("mutex", Type.HANDLE, "The mutex.")
                                .body(call ->
                                        Results.of(
                                                new Value.Handle(
                                                        MUTEX, ((Meeting) call.self()).mutex()))));
    }
}
