package dev.sloth.agent.mask;

import java.util.Arrays;

/// Masks one stream of bytes that comes in chunks. What comes out does not depend on where the
/// chunks were cut. Used by one thread at a time.
public final class MaskStream {
    private static final byte[] STARS = {'*', '*', '*'};

    private final Scan scan;

    /// Looks ahead where nothing is held back.
    private final Scan ahead;

    /// What has not been handed on yet.
    private byte[] held = new byte[256];

    private int length;

    /// Where secrets were found in it, in order and apart from each other.
    private int[] starts = new int[8];

    private int[] ends = new int[8];
    private int found;

    /// Whether the stars of the first of them are out already.
    private boolean firstIsShown;

    MaskStream(Automaton automaton) {
        this.scan = new Scan(automaton);
        this.ahead = new Scan(automaton);
    }

    /// Takes what can be handed on.
    @FunctionalInterface
    public interface Taker {
        void take(byte[] bytes, int from, int count);
    }

    public void take(byte[] bytes, int count, Taker taker) {
        int clean = length == 0 ? clean(bytes, count) : 0;
        if (clean > 0) {
            taker.take(bytes, 0, clean);
        }
        int before = length;
        append(bytes, clean, count);
        scanFrom(before);
        emit(scan.open(held, length), taker);
    }

    /// How many of the first bytes belong to no pattern, neither to one that ends among them all
    /// nor to one that is still under way at their end.
    private int clean(byte[] bytes, int count) {
        ahead.restart();
        int at = ahead.run(bytes, 0, count);
        int open = ahead.open(bytes, at);
        return ahead.hits() ? Math.min(open, ahead.start(bytes, at)) : open;
    }

    private void append(byte[] bytes, int from, int to) {
        int wanted = length + to - from;
        if (wanted > held.length) {
            held = Arrays.copyOf(held, Math.max(wanted, held.length * 2));
        }
        System.arraycopy(bytes, from, held, length, to - from);
        length = wanted;
    }

    private void scanFrom(int from) {
        int at = from;
        while (at < length) {
            at = scan.run(held, at, length);
            if (scan.hits()) {
                add(scan.start(held, at), at);
            }
        }
    }

    /// Two that overlap are one.
    private void add(int from, int to) {
        int start = Math.max(0, from);
        while (found > 0 && ends[found - 1] > start) {
            start = Math.min(start, starts[found - 1]);
            found--;
            if (found == 0 && firstIsShown) {
                start = 0;
                break;
            }
        }
        if (found == starts.length) {
            starts = Arrays.copyOf(starts, found * 2);
            ends = Arrays.copyOf(ends, found * 2);
        }
        starts[found] = start;
        ends[found] = to;
        found++;
    }

    /// Hands on all that nothing which comes later can change.
    private void emit(int safe, Taker taker) {
        int at = 0;
        int done = 0;
        boolean open = false;
        while (done < found && starts[done] < safe) {
            if (starts[done] > at) {
                taker.take(held, at, starts[done] - at);
            }
            if (done > 0 || !firstIsShown) {
                taker.take(STARS, 0, STARS.length);
            }
            at = Math.min(ends[done], safe);
            open = ends[done] > safe;
            if (open) {
                break;
            }
            done++;
        }
        if (at < safe) {
            taker.take(held, at, safe - at);
        }
        forget(safe, done, open);
    }

    private void forget(int safe, int done, boolean open) {
        if (safe > 0) {
            System.arraycopy(held, safe, held, 0, length - safe);
            length -= safe;
        }
        for (int i = done; i < found; i++) {
            starts[i - done] = Math.max(0, starts[i] - safe);
            ends[i - done] = ends[i] - safe;
        }
        found -= done;
        if (done > 0 || open) {
            firstIsShown = open;
        }
    }

    /// Hands on the rest, and is as new.
    public void finish(Taker taker) {
        emit(length, taker);
        scan.restart();
        length = 0;
        found = 0;
        firstIsShown = false;
    }
}
