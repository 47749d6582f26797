package dev.sloth.lua.value;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/// A Lua string: immutable bytes. Text from Java is UTF-8. Equal bytes are equal strings.
public sealed class LuaString implements Comparable<LuaString> permits LuaText {
    public static final LuaString EMPTY = new LuaString(new byte[0]);

    private final byte[] bytes;
    private int hash;

    LuaString(byte[] bytes) {
        this.bytes = bytes;
    }

    public static LuaString of(String text) {
        return new LuaString(text.getBytes(StandardCharsets.UTF_8));
    }

    /// Takes the array over: the caller must not change it any more.
    public static LuaString ofBytes(byte[] bytes) {
        return bytes.length == 0 ? EMPTY : new LuaString(bytes);
    }

    public int length() {
        return bytes.length;
    }

    /// The byte at a zero-based index, 0 to 255.
    public int at(int index) {
        return bytes[index] & 0xff;
    }

    /// The bytes themselves, not a copy: read only.
    public byte[] bytes() {
        return bytes;
    }

    /// The part from `from` (zero-based) up to `to` (left out).
    public LuaString slice(int from, int to) {
        return from == 0 && to == bytes.length
                ? this
                : ofBytes(Arrays.copyOfRange(bytes, from, to));
    }

    /// As Java text; bytes that are not UTF-8 become replacement characters.
    @Override
    public String toString() {
        return new String(bytes, StandardCharsets.UTF_8);
    }

    @Override
    public final boolean equals(Object other) {
        return other instanceof LuaString s && Arrays.equals(bytes, s.bytes);
    }

    @Override
    public final int hashCode() {
        int h = hash;
        if (h == 0) {
            h = Arrays.hashCode(bytes);
            hash = h == 0 ? 1 : h;
        }
        return hash;
    }

    /// By unsigned bytes, as `strcmp` in the C locale.
    @Override
    public final int compareTo(LuaString other) {
        return Arrays.compareUnsigned(bytes, other.bytes);
    }
}
