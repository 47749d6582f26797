package dev.sloth.lua.value;

import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;

/// Counts what is allocated, and when that since the last look passes half of what the budget
/// leaves free, walks what is alive. Between two looks all that was allocated counts as alive for
/// the pool that the state shares with others: where that gets scarce, and where nobody runs, it
/// looks once it has allocated as much as was alive.
final class MemoryMeter {
    private static final int MARK_FIRST = 1;

    /// Where little is left, so much of the budget is allocated between two looks. Who is refused
    /// as often as is allowed has then taken a fifth more than the budget.
    private static final int LOOKS_OF_BUDGET = 256;

    private static final long LOOK_APART_MIN = 64 << 10;

    /// So much may be taken beside before it is looked at.
    private static final long BESIDE_MAX = LOOK_APART_MIN;

    /// Who shares a scarce pool looks when so much was allocated, or as much as is alive.
    private static final long SCARCE_APART = 1 << 20;

    /// The same for who is about to wait, which may be for long.
    private static final long RESTING_APART = 8 << 20;

    /// Where the pool has no room, others may give some back within so many looks, so far apart.
    private static final int ROOM_LOOKS = 20;

    private static final long ROOM_LOOK_NANOS = 5_000_000;

    /// What was taken beside the one who runs, and is not yet in `allocated`.
    private final AtomicLong beside = new AtomicLong();

    private final long most;
    private final long apart;
    private final MemoryPool.Share share;
    private long allocated;
    private long liveAtLook;

    /// What was alive or allocated and has been replaced since: garbage, but in the heap.
    private long replaced;

    /// When so much is allocated, the budget wants a look.
    private long lookDue;

    /// When so much is allocated, it wants one or the share has to grow.
    private long nextLook;

    private int walks = MARK_FIRST;
    private int refusals;
    private long heldWhenRefused;

    MemoryMeter(Budget budget) {
        this.most = Math.min(budget.memoryBytes(), budget.pool().most());
        this.apart = Math.max(most / LOOKS_OF_BUDGET, LOOK_APART_MIN);
        this.share = budget.pool().open();
        lookAfter(most / 2);
    }

    private void lookAfter(long bytes) {
        lookDue = bytes;
        nextLook = Math.min(bytes, share.bytes() - liveAtLook - replaced);
    }

    /// Counts what becomes larger by being copied: both are there for a while.
    void grow(LuaState s, long from, long to) {
        replaced += from;
        nextLook -= from;
        if (add(to - from)) {
            look(s, to - from, from);
        }
    }

    /// Whether it is time to look.
    boolean add(long bytes) {
        allocated += bytes;
        return allocated > nextLook;
    }

    /// From any thread; whether it is time to look.
    boolean addBeside(long bytes) {
        return beside.addAndGet(bytes) >= BESIDE_MAX;
    }

    /// Looks if what was taken beside makes it time to, or others need what is garbage here.
    void lookBeside(LuaState s) {
        if (beside.get() != 0 && add(beside.getAndSet(0))) {
            look(s, 0);
        }
        if (share.isScarce()) {
            settle(s, SCARCE_APART);
        }
    }

    /// Before nobody runs: what is garbage is not kept from others meanwhile.
    void rest(LuaState s) {
        if (s.budget().pool().isBounded()) {
            settle(s, RESTING_APART);
        }
    }

    private void settle(LuaState s, long atLeast) {
        if (isMuch(atLeast)) {
            long _ = held(s, 0);
        }
    }

    /// So that looks cost no more than a part of what was allocated.
    private boolean isMuch(long atLeast) {
        return allocated + replaced > Math.max(liveAtLook, atLeast);
    }

    /// The same for who takes beside and refuses itself what is too much.
    boolean fits(LuaState s) {
        return !add(beside.getAndSet(0)) || isCovered() || (held(s, 0) <= most && hasRoom(s));
    }

    /// Gives back what the state has of the pool, for good.
    void close() {
        share.close();
    }

    long bytes() {
        return liveAtLook + allocated;
    }

    /// Walks what is alive, and tells of each object in it.
    long walk(LuaState s, Imprint.Observer observer) {
        var walk = new MemoryWalk(s, walks++, observer);
        s.visitRoots(walk);
        return walk.bytes();
    }

    /// What it shows.
    record Reading(
            long allocated, long liveAtLook, long lookDue, int refusals, long heldWhenRefused) {}

    Reading reading() {
        return new Reading(allocated, liveAtLook, lookDue, refusals, heldWhenRefused);
    }

    void set(Reading to) {
        allocated = to.allocated;
        liveAtLook = to.liveAtLook;
        refusals = to.refusals;
        heldWhenRefused = to.heldWhenRefused;
        replaced = 0;
        share.settle(bytes());
        lookAfter(to.lookDue);
    }

    void look(LuaState s, long wanted) {
        look(s, wanted, 0);
    }

    private void look(LuaState s, long wanted, long copied) {
        if (isCovered()) {
            return;
        }
        long held = held(s, wanted);
        replaced = copied;
        boolean tooMuch = held + wanted > most;
        if (tooMuch && most == s.budget().memoryBytes()) {
            throw refused(s, held - wanted, most + " bytes of memory", "not enough memory");
        }
        if (tooMuch || !hasRoom(s)) {
            throw refused(
                    s,
                    held - wanted,
                    "the memory of all scripts together",
                    "not enough memory for all scripts together");
        }
        lookAfter(lookDue);
    }

    /// Whether no look is due, and all that is allocated has its place in the pool.
    private boolean isCovered() {
        if (allocated > lookDue
                || (share.isScarce() && isMuch(SCARCE_APART))
                || !share.cover(bytes() + replaced)) {
            return false;
        }
        lookAfter(lookDue);
        return true;
    }

    /// Waits a little for others to give back what is garbage, where others have anything.
    private boolean hasRoom(LuaState s) {
        for (int i = 0; !share.cover(liveAtLook + replaced); i++) {
            if (i == ROOM_LOOKS || !share.isOfMany()) {
                return false;
            }
            LockSupport.parkNanos(this, ROOM_LOOK_NANOS);
            s.fibers().throwIfKilled();
        }
        return true;
    }

    /// Walks, and begins to count anew from what was found.
    private long held(LuaState s, long wanted) {
        var walk = new MemoryWalk(s, walks++);
        s.visitRoots(walk);
        long held = walk.bytes();
        long live = held + wanted;
        allocated = 0;
        replaced = 0;
        liveAtLook = live;
        // Who was refused may take a little more, or could not even deal with it.
        share.settle(live);
        lookAfter(Math.max((most - live) / 2, apart));
        if (held < heldWhenRefused - apart) {
            refusals = 0;
        }
        return held;
    }

    private LuaError refused(LuaState s, long held, String what, String why) {
        // What waited in the expression that failed is gone, though the script freed nothing.
        heldWhenRefused = held;
        if (++refusals > Budget.MEMORY_REFUSALS_MAX) {
            s.fibers().kill("script exceeded " + what + ", caught the error and went on");
            s.fibers().throwIfKilled();
        }
        nextLook = Math.max(nextLook, LOOK_APART_MIN);
        return s.error(why);
    }
}
