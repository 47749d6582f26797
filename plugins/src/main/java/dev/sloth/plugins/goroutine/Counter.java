package dev.sloth.plugins.goroutine;

/// A whole number that goroutines share.
final class Counter {
    private long value;

    Counter(long value) {
        this.value = value;
    }

    long load() {
        return value;
    }

    long add(long more) {
        value += more;
        return value;
    }

    long swap(long next) {
        long old = value;
        value = next;
        return old;
    }
}
