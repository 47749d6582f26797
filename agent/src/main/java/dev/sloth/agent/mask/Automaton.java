package dev.sloth.agent.mask;

import java.util.Arrays;
import java.util.Collection;

/// The automaton of Aho and Corasick: one state for each beginning of a pattern, numbered by its
/// length. The first states, where nearly all text stays, have a row with the next state for each
/// byte; the others have their children, and the state to go on from when none fits.
final class Automaton {
    private static final int ROWS_MAX = 4_096;
    private static final int BYTES = 256;
    private static final int NONE = -1;

    private final int[] rows;
    private final int rowCount;
    private final int[] failure;
    private final int[] depth;
    private final int[] longest;
    private final int[] child;
    private final int[] sibling;
    private final byte[] label;

    private Automaton(Tree tree) {
        int n = tree.count;
        int[] order = tree.byLength();
        var number = new int[n];
        for (int i = 0; i < n; i++) {
            number[order[i]] = i;
        }
        this.depth = new int[n];
        this.longest = new int[n];
        this.child = new int[n];
        this.sibling = new int[n];
        this.label = new byte[n];
        this.failure = new int[n];
        for (int i = 0; i < n; i++) {
            int old = order[i];
            depth[i] = tree.depth[old];
            longest[i] = tree.ends[old] ? tree.depth[old] : 0;
            label[i] = tree.label[old];
            child[i] = tree.child[old] == NONE ? NONE : number[tree.child[old]];
            sibling[i] = tree.sibling[old] == NONE ? NONE : number[tree.sibling[old]];
        }
        fail(n);
        this.rowCount = Math.min(n, ROWS_MAX);
        this.rows = rows();
    }

    static Automaton of(Collection<byte[]> patterns) {
        return new Automaton(new Tree(patterns));
    }

    private void fail(int n) {
        for (int s = 0; s < n; s++) {
            for (int c = child[s]; c != NONE; c = sibling[c]) {
                failure[c] = s == 0 ? 0 : below(failure[s], label[c]);
                if (longest[c] == 0) {
                    longest[c] = longest[failure[c]];
                }
            }
        }
    }

    private int below(int from, byte b) {
        int s = from;
        while (true) {
            int found = child(s, b);
            if (found != NONE) {
                return found;
            }
            if (s == 0) {
                return 0;
            }
            s = failure[s];
        }
    }

    private int child(int s, byte b) {
        for (int c = child[s]; c != NONE; c = sibling[c]) {
            if (label[c] == b) {
                return c;
            }
        }
        return NONE;
    }

    private int[] rows() {
        var all = new int[rowCount * BYTES];
        for (int s = 0; s < rowCount; s++) {
            if (s > 0) {
                System.arraycopy(all, failure[s] * BYTES, all, s * BYTES, BYTES);
            }
            for (int c = child[s]; c != NONE; c = sibling[c]) {
                all[s * BYTES + (label[c] & 0xFF)] = c;
            }
        }
        return all;
    }

    /// The state after one more byte.
    int step(int from, byte b) {
        int s = from;
        while (s >= rowCount) {
            int found = child(s, b);
            if (found != NONE) {
                return found;
            }
            s = failure[s];
        }
        return rows[s * BYTES + (b & 0xFF)];
    }

    /// The first place from `at` on whose byte begins a pattern, or `to`.
    int skip(byte[] bytes, int at, int to) {
        int i = at;
        while (i < to && rows[bytes[i] & 0xFF] == 0) {
            i++;
        }
        return i;
    }

    /// How many of the last bytes may belong to a pattern that is still under way.
    int depth(int s) {
        return depth[s];
    }

    /// The length of the longest pattern that ends here; 0 when none does.
    int longest(int s) {
        return longest[s];
    }

    /// All beginnings of patterns.
    private static final class Tree {
        private final int[] depth;
        private final int[] child;
        private final int[] sibling;
        private final byte[] label;
        private final boolean[] ends;
        private int count = 1;

        Tree(Collection<byte[]> patterns) {
            int most = 1;
            for (byte[] pattern : patterns) {
                most += pattern.length;
            }
            depth = new int[most];
            child = new int[most];
            sibling = new int[most];
            label = new byte[most];
            ends = new boolean[most];
            Arrays.fill(child, NONE);
            Arrays.fill(sibling, NONE);
            patterns.forEach(this::add);
        }

        private void add(byte[] pattern) {
            int s = 0;
            for (byte b : pattern) {
                int c = child[s];
                while (c != NONE && label[c] != b) {
                    c = sibling[c];
                }
                if (c == NONE) {
                    c = count++;
                    label[c] = b;
                    depth[c] = depth[s] + 1;
                    sibling[c] = child[s];
                    child[s] = c;
                }
                s = c;
            }
            ends[s] = true;
        }

        int[] byLength() {
            var order = new int[count];
            int filled = 1;
            for (int i = 0; i < filled; i++) {
                for (int c = child[order[i]]; c != NONE; c = sibling[c]) {
                    order[filled++] = c;
                }
            }
            return order;
        }
    }
}
