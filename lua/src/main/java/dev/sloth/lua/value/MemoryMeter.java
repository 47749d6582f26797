package dev.sloth.lua.value;

import java.util.concurrent.atomic.AtomicLong;

/// Counts what is allocated, and when that since the last look passes half of what the budget
/// leaves free, walks what is alive.
final class MemoryMeter {
    private static final int MARK_FIRST = 1;

    /// Where little is left, so much of the budget is allocated between two looks. Who is refused
    /// as often as is allowed has then taken a fifth more than the budget.
    private static final int LOOKS_OF_BUDGET = 256;

    private static final long LOOK_APART_MIN = 64 << 10;

    /// So much may be taken beside before it is looked at.
    private static final long BESIDE_MAX = LOOK_APART_MIN;

    /// What was taken beside the one who runs, and is not yet in `allocated`.
    private final AtomicLong beside = new AtomicLong();

    private final long most;
    private final long apart;
    private long allocated;
    private long liveAtLook;
    private long nextLook;
    private int walks = MARK_FIRST;
    private int refusals;
    private long heldWhenRefused;

    MemoryMeter(long most) {
        this.most = most;
        this.apart = Math.max(most / LOOKS_OF_BUDGET, LOOK_APART_MIN);
        this.nextLook = most / 2;
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

    /// Looks if what was taken beside makes it time to.
    void lookBeside(LuaState s) {
        if (beside.get() != 0 && add(beside.getAndSet(0))) {
            look(s, 0);
        }
    }

    /// The same for who takes beside and refuses itself what is too much.
    boolean fits(LuaState s) {
        return !add(beside.getAndSet(0)) || held(s, 0) <= most;
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
            long allocated, long liveAtLook, long nextLook, int refusals, long heldWhenRefused) {}

    Reading reading() {
        return new Reading(allocated, liveAtLook, nextLook, refusals, heldWhenRefused);
    }

    void set(Reading to) {
        allocated = to.allocated;
        liveAtLook = to.liveAtLook;
        nextLook = to.nextLook;
        refusals = to.refusals;
        heldWhenRefused = to.heldWhenRefused;
    }

    void look(LuaState s, long wanted) {
        long held = held(s, wanted);
        if (held + wanted > most) {
            // What waited in the expression that failed is gone, though the script freed nothing.
            heldWhenRefused = held - wanted;
            refuse(s);
        }
    }

    /// Walks, and begins to count anew from what was found.
    private long held(LuaState s, long wanted) {
        var walk = new MemoryWalk(s, walks++);
        s.visitRoots(walk);
        long held = walk.bytes();
        long live = held + wanted;
        allocated = 0;
        liveAtLook = live;
        // Who was refused may take a little more, or could not even deal with it.
        nextLook = Math.max((most - live) / 2, apart);
        if (held < heldWhenRefused - apart) {
            refusals = 0;
        }
        return held;
    }

    private void refuse(LuaState s) {
        if (++refusals > Budget.MEMORY_REFUSALS_MAX) {
            s.fibers()
                    .kill(
                            "script exceeded "
                                    + most
                                    + " bytes of memory, caught the error and went on");
            s.fibers().throwIfKilled();
        }
        throw s.error("not enough memory");
    }
}
