package dev.sloth.lua.value;

/// Counts what is allocated, and when that since the last look passes half of what the budget
/// leaves free, walks what is alive.
final class MemoryMeter {
    private static final int MARK_FIRST = 1;

    /// Where little is left, so much of the budget is allocated between two looks. Who is refused
    /// as often as is allowed has then taken a fifth more than the budget.
    private static final int LOOKS_OF_BUDGET = 256;

    private static final long LOOK_APART_MIN = 64 << 10;

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
        if (live > most) {
            // What waited in the expression that failed is gone, though the script freed nothing.
            heldWhenRefused = held - wanted;
            refuse(s);
        }
    }

    private void refuse(LuaState s) {
        if (++refusals > Budget.MEMORY_REFUSALS_MAX) {
            s.killForMemory();
        }
        throw s.error("not enough memory");
    }
}
