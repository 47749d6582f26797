package dev.sloth.lua.vm;

import dev.sloth.lua.value.Imprint;
import dev.sloth.lua.value.MemoryWalk;

/// A compiled function, immutable and shared by all states but for hints in its nodes, whose races
/// do no harm.
final class Proto implements MemoryWalk.Visited, Imprint.Constant {
    private static final long BYTES = 1024;
    private static final long BYTES_PER_TEXT_BYTE = 16;

    final String chunk;
    final String name;
    final int params;
    final boolean varargs;
    final int slots;

    /// Slots of parameters that inner functions capture.
    final int[] capturedParams;

    /// Where each captured variable comes from: the slot of the enclosing function's own variable,
    /// or `-1 - i` for its captured variable `i`.
    final int[] captures;

    final Site[] sites;
    final Step body;
    private final int textBytes;

    Proto(
            String chunk,
            String name,
            int params,
            boolean varargs,
            int slots,
            int[] capturedParams,
            int[] captures,
            Site[] sites,
            Step body,
            int textBytes) {
        this.chunk = chunk;
        this.name = name;
        this.params = params;
        this.varargs = varargs;
        this.slots = slots;
        this.capturedParams = capturedParams;
        this.captures = captures;
        this.sites = sites;
        this.body = body;
        this.textBytes = textBytes;
    }

    /// About what the compiled text takes; functions within it are in it.
    long bytes() {
        return BYTES + BYTES_PER_TEXT_BYTE * textBytes;
    }

    @Override
    public long visit(MemoryWalk walk) {
        return bytes();
    }
}
