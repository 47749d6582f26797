package dev.sloth.core.run;

import java.util.AbstractList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.function.IntFunction;

/// An immutable row of items, numbered from 0; a changed copy shares all but one path with it.
final class IntTree<T> {
    private static final int BITS = 5;
    private static final int WIDTH = 1 << BITS;

    private final int size;
    private final int top;
    private final Object[] root;

    private IntTree(int size, int top, Object[] root) {
        this.size = size;
        this.top = top;
        this.root = root;
    }

    static <T> IntTree<T> of(int size, IntFunction<T> item) {
        int top = 0;
        while (size > WIDTH << top) {
            top += BITS;
        }
        return new IntTree<>(size, top, built(0, size, top, item));
    }

    private static Object[] built(int from, int size, int shift, IntFunction<?> item) {
        int span = 1 << shift;
        var node = new Object[Math.min(WIDTH, (size - from + span - 1) >> shift)];
        for (int i = 0; i < node.length; i++) {
            int start = from + (i << shift);
            node[i] = shift == 0 ? item.apply(start) : built(start, size, shift - BITS, item);
        }
        return node;
    }

    int size() {
        return size;
    }

    /// The casts hold because only `built` and `replaced` make nodes.
    @SuppressWarnings("unchecked")
    T at(int index) {
        var node = root;
        for (int shift = top; shift > 0; shift -= BITS) {
            node = (Object[]) node[(index >>> shift) & (WIDTH - 1)];
        }
        return (T) node[index & (WIDTH - 1)];
    }

    IntTree<T> with(int index, T item) {
        return new IntTree<>(size, top, replaced(root, index, top, item));
    }

    private static Object[] replaced(Object[] node, int index, int shift, Object item) {
        var copy = node.clone();
        int slot = (index >>> shift) & (WIDTH - 1);
        copy[slot] = shift == 0 ? item : replaced((Object[]) node[slot], index, shift - BITS, item);
        return copy;
    }

    /// The same items as a list.
    List<T> asList() {
        return new AbstractList<>() {
            @Override
            public T get(int index) {
                return at(Objects.checkIndex(index, size));
            }

            @Override
            public int size() {
                return size;
            }
        };
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof IntTree<?> t && t.size == size && Arrays.deepEquals(t.root, root);
    }

    @Override
    public int hashCode() {
        return Arrays.deepHashCode(root);
    }

    @Override
    public String toString() {
        return Arrays.deepToString(root);
    }
}
