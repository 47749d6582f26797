package dev.sloth.lua.lib;

import dev.sloth.lua.value.LuaState;
import java.util.Arrays;

/// Finds bytes in bytes.
final class ByteSearch {
    /// Places tried between two looks at the kill flag.
    private static final int PLACES_BETWEEN_CHECKS = 1 << 14;

    private ByteSearch() {}

    /// The first place from `from` on where `wanted` lies in `subject`, or -1.
    static int indexOf(LuaState s, byte[] subject, byte[] wanted, int from) {
        int last = subject.length - wanted.length;
        if (wanted.length == 0) {
            return from;
        }
        byte first = wanted[0];
        int work = 0;
        for (int at = from; at <= last; at++) {
            work++;
            if (subject[at] == first) {
                int same =
                        Arrays.mismatch(subject, at, at + wanted.length, wanted, 0, wanted.length);
                if (same < 0) {
                    return at;
                }
                work += same >>> 3;
            }
            if (work >= PLACES_BETWEEN_CHECKS) {
                s.check(work);
                work = 0;
            }
        }
        return -1;
    }
}
