package dev.sloth.lua.lib;

import dev.sloth.lua.value.LuaString;

/// A compiled pattern: one instruction per pattern item, each with its set of bytes.
///
/// Immutable, so that it may be kept and used again. A malformed item becomes an instruction that
/// fails when matching gets there, because Lua's own matcher complains no earlier.
final class Pattern {
    static final int SINGLE = 0;
    static final int STAR = 1;
    static final int PLUS = 2;
    static final int LAZY = 3;
    static final int OPTIONAL = 4;
    static final int OPEN = 5;
    static final int OPEN_POSITION = 6;
    static final int CLOSE = 7;
    static final int BACK_REFERENCE = 8;
    static final int BALANCE = 9;
    static final int FRONTIER = 10;
    static final int AT_END = 11;
    static final int ACCEPT = 12;
    static final int MALFORMED = 13;

    /// Words that one set of bytes takes.
    static final int SET_WORDS = 4;

    final LuaString source;
    final boolean anchored;
    final int[] ops;
    final int[] arguments;
    final long[] sets;
    final String complaint;

    /// The instruction whose set the first byte of any match must be in, or -1 if a match may be
    /// empty or its start is not that simple.
    final int first;

    Pattern(
            LuaString source,
            boolean anchored,
            int[] ops,
            int[] arguments,
            long[] sets,
            String complaint) {
        this.source = source;
        this.anchored = anchored;
        this.ops = ops;
        this.arguments = arguments;
        this.sets = sets;
        this.complaint = complaint;
        this.first = firstSet(ops);
    }

    private static int firstSet(int[] ops) {
        int pc = 0;
        while (ops[pc] == OPEN || ops[pc] == OPEN_POSITION) {
            pc++;
        }
        // with so many captures the complaint about them must come first
        boolean simple = pc < Matcher.CAPTURES_MAX && (ops[pc] == SINGLE || ops[pc] == PLUS);
        return simple ? pc : -1;
    }

    boolean has(int pc, int c) {
        return ((sets[pc * SET_WORDS + (c >>> 6)] >>> c) & 1) != 0;
    }
}
