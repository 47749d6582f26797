package dev.sloth.codec;

import java.util.Locale;

/// Constants as words: `TIMED_OUT` is `timed_out`. Whoever renames a constant changes the format,
/// which the recorded journals in the tests will tell.
public final class Words {
    private Words() {}

    public static String of(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT);
    }

    static <E extends Enum<E>> E read(String word, E[] all) {
        for (var constant : all) {
            if (constant.name().equalsIgnoreCase(word) && of(constant).equals(word)) {
                return constant;
            }
        }
        throw Damage.found("the word '" + word + "' means nothing");
    }
}
