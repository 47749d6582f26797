package dev.sloth.core.run;

import java.util.Arrays;
import java.util.stream.IntStream;

/// An immutable set of small numbers, in order; a changed copy shares all but one path with it. A
/// tree of 64-bit maps, four levels deep.
final class IntSet {
    static final int LIMIT = 1 << 24;

    private static final int TOP = 18;
    private static final int BITS = 6;
    private static final Node NOTHING = new Node(0, new Node[0]);

    private final int size;
    private final Node root;

    private IntSet(int size, Node root) {
        this.size = size;
        this.root = root;
    }

    /// Children stand in the order of their bits, without gaps; leaves have none.
    private static final class Node {
        private final long bits;
        private final Node[] children;

        Node(long bits, Node[] children) {
            this.bits = bits;
            this.children = children;
        }

        int rank(long bit) {
            return Long.bitCount(bits & (bit - 1));
        }
    }

    static IntSet empty() {
        return new IntSet(0, NOTHING);
    }

    int size() {
        return size;
    }

    boolean isEmpty() {
        return size == 0;
    }

    boolean contains(int value) {
        var node = root;
        for (int shift = TOP; shift > 0; shift -= BITS) {
            long bit = bit(value, shift);
            if ((node.bits & bit) == 0) {
                return false;
            }
            node = node.children[node.rank(bit)];
        }
        return (node.bits & bit(value, 0)) != 0;
    }

    /// The smallest.
    ///
    /// @throws IllegalStateException when the set is empty
    int first() {
        if (size == 0) {
            throw new IllegalStateException("nothing in it");
        }
        var node = root;
        int value = Long.numberOfTrailingZeros(node.bits);
        while (node.children.length > 0) {
            node = node.children[0];
            value = (value << BITS) | Long.numberOfTrailingZeros(node.bits);
        }
        return value;
    }

    IntSet with(int value) {
        if (value < 0 || value >= LIMIT) {
            throw new IllegalArgumentException("outside of the set's range: " + value);
        }
        return contains(value) ? this : new IntSet(size + 1, added(root, value, TOP));
    }

    IntSet without(int value) {
        return contains(value) ? new IntSet(size - 1, removed(root, value, TOP)) : this;
    }

    /// All of them, smallest first.
    int[] toArray() {
        var all = IntStream.builder();
        collect(root, 0, TOP, all);
        return all.build().toArray();
    }

    private static void collect(Node node, int prefix, int shift, IntStream.Builder into) {
        int child = 0;
        for (long left = node.bits; left != 0; left &= left - 1) {
            int value = prefix | (Long.numberOfTrailingZeros(left) << shift);
            if (shift == 0) {
                into.add(value);
            } else {
                collect(node.children[child++], value, shift - BITS, into);
            }
        }
    }

    private static long bit(int value, int shift) {
        return 1L << ((value >>> shift) & 63);
    }

    private static Node added(Node node, int value, int shift) {
        long bit = bit(value, shift);
        if (shift == 0) {
            return new Node(node.bits | bit, node.children);
        }
        int rank = node.rank(bit);
        if ((node.bits & bit) != 0) {
            return replaced(node, rank, added(node.children[rank], value, shift - BITS));
        }
        var children = new Node[node.children.length + 1];
        System.arraycopy(node.children, 0, children, 0, rank);
        children[rank] = added(NOTHING, value, shift - BITS);
        System.arraycopy(node.children, rank, children, rank + 1, node.children.length - rank);
        return new Node(node.bits | bit, children);
    }

    private static Node removed(Node node, int value, int shift) {
        long bit = bit(value, shift);
        if (shift == 0) {
            return new Node(node.bits & ~bit, node.children);
        }
        int rank = node.rank(bit);
        var child = removed(node.children[rank], value, shift - BITS);
        if (child.bits != 0) {
            return replaced(node, rank, child);
        }
        var children = new Node[node.children.length - 1];
        System.arraycopy(node.children, 0, children, 0, rank);
        System.arraycopy(node.children, rank + 1, children, rank, children.length - rank);
        return new Node(node.bits & ~bit, children);
    }

    private static Node replaced(Node node, int rank, Node child) {
        var children = node.children.clone();
        children[rank] = child;
        return new Node(node.bits, children);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof IntSet s
                && s.size == size
                && (s.root == root || Arrays.equals(s.toArray(), toArray()));
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(toArray());
    }

    @Override
    public String toString() {
        return Arrays.toString(toArray());
    }
}
