package dev.sloth.lua.lib;

import dev.sloth.lua.value.LuaState;
import dev.sloth.lua.value.LuaString;
import dev.sloth.lua.value.MemoryWalk;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/// Builds one string: refuses what would pass the state's limit before making room for it, and lets
/// a kill through every so many bytes.
final class ByteBuilder implements MemoryWalk.Visited {
    private static final long BYTES_EMPTY = 64;

    private static final int LENGTH_MIN = 16;

    /// Bytes written between two looks at the kill flag.
    private static final int BYTES_BETWEEN_CHECKS = 1 << 16;

    /// Bytes that one step of the budget pays for.
    private static final int BYTES_PER_STEP = 16;

    private final LuaState state;
    private byte[] bytes;
    private int length;
    private int unchecked;

    /// @param guess how many bytes there will be, more or less: room for them is made and counted
    ByteBuilder(LuaState state, int guess) {
        this(charged(state, guess), new byte[Math.max(LENGTH_MIN, guess)]);
    }

    private ByteBuilder(LuaState state, byte[] bytes) {
        this.state = state;
        this.bytes = bytes;
    }

    /// One for exactly so many bytes.
    ///
    /// @throws dev.sloth.lua.value.LuaError when that is more than the state allows
    static ByteBuilder ofLength(LuaState state, long length) {
        state.chargeString(length);
        return new ByteBuilder(state, new byte[(int) length]);
    }

    private static LuaState charged(LuaState state, int guess) {
        state.charge(Math.max(LENGTH_MIN, guess));
        return state;
    }

    int length() {
        return length;
    }

    @Override
    public long visit(MemoryWalk walk) {
        return BYTES_EMPTY + bytes.length;
    }

    ByteBuilder append(int b) {
        reserve(1);
        bytes[length++] = (byte) b;
        return this;
    }

    ByteBuilder append(byte[] from, int start, int end) {
        int count = end - start;
        reserve(count);
        System.arraycopy(from, start, bytes, length, count);
        length += count;
        return this;
    }

    ByteBuilder append(LuaString text) {
        return append(text.bytes(), 0, text.length());
    }

    /// Appends Java text of the Latin-1 range, such as a number's.
    ByteBuilder append(String text) {
        byte[] latin = text.getBytes(StandardCharsets.ISO_8859_1);
        return append(latin, 0, latin.length);
    }

    /// Appends what was written first again and again.
    ///
    /// @param unit how many of the bytes are repeated; no others are there yet
    /// @param total how many bytes there are in the end
    ByteBuilder repeat(int unit, int total) {
        int most = Math.max(unit, BYTES_BETWEEN_CHECKS / unit * unit);
        while (length < total) {
            append(bytes, 0, Math.min(Math.min(length, most), total - length));
        }
        return this;
    }

    private void reserve(int count) {
        long needed = (long) length + count;
        if (needed > bytes.length) {
            long room = Math.max(needed, Math.min(length * 2L, state.budget().stringBytes()));
            state.chargeString(room);
            bytes = Arrays.copyOf(bytes, (int) room);
        }
        unchecked += count;
        if (unchecked >= BYTES_BETWEEN_CHECKS) {
            state.check(unchecked / BYTES_PER_STEP);
            unchecked = 0;
        }
    }

    LuaString toLuaString() {
        return LuaString.ofBytes(length == bytes.length ? bytes : Arrays.copyOf(bytes, length));
    }
}
