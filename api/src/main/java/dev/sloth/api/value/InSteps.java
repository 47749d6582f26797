package dev.sloth.api.value;

/// An allowance that is asked for little at a time, and asks for more at once.
final class InSteps implements Allowance {
    private final Allowance of;
    private long left;

    InSteps(Allowance of) {
        this.of = of;
    }

    @Override
    public void take(long bytes) {
        if (bytes > left) {
            long more = Math.max(bytes, STEP);
            of.take(more);
            left += more;
        }
        left -= bytes;
    }

    @Override
    public boolean tryTake(long bytes) {
        return of.tryTake(bytes);
    }

    @Override
    public Allowance inSteps() {
        return this;
    }
}
