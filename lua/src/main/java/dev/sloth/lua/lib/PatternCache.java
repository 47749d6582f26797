package dev.sloth.lua.lib;

import dev.sloth.lua.value.LuaString;

/// Remembers one state's latest compiled patterns, since scripts use few of them over and over.
final class PatternCache {
    /// Compiled patterns kept; a power of two.
    private static final int PLACES = 32;

    /// Longer patterns are rare and are compiled anew each time.
    private static final int PATTERN_BYTES_MAX = 256;

    private Pattern[] places = {};

    Pattern of(LuaString source, boolean anchors) {
        if (source.length() > PATTERN_BYTES_MAX) {
            return PatternCompiler.compile(source, anchors);
        }
        if (places.length == 0) {
            places = new Pattern[PLACES];
        }
        // only a leading ^ makes the two readings differ, and only then the pattern is not kept
        if (!anchors && source.length() > 0 && source.at(0) == '^') {
            return PatternCompiler.compile(source, false);
        }
        int hash = source.hashCode();
        int place = (hash ^ hash >>> 8 ^ hash >>> 16) & (PLACES - 1);
        Pattern kept = places[place];
        if (kept != null && kept.source.equals(source)) {
            return kept;
        }
        Pattern made = PatternCompiler.compile(source, anchors);
        places[place] = made;
        return made;
    }
}
