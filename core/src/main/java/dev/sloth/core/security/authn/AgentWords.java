package dev.sloth.core.security.authn;

import java.util.List;
import java.util.regex.Pattern;

/// What agents may be called, and what may be said of them.
final class AgentWords {
    private static final int TAGS_MAX = 64;
    private static final int SLOTS_MAX = 10_000;
    private static final Pattern WORD = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,62}");
    private static final Pattern TAG =
            Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,62}(=[A-Za-z0-9._-]{0,63})?");

    private AgentWords() {}

    /// @throws dev.sloth.api.workflow.Problems when it is no name
    static void checkName(String name) {
        if (!WORD.matcher(name).matches()) {
            throw JoinProblems.malformed(
                    "'%s' is no name of an agent".formatted(name),
                    "a name has at most 63 letters, digits and . _ - and begins with a letter or"
                            + " a digit");
        }
    }

    static void checkPlace(List<String> tags, String region) {
        for (var tag : tags) {
            if (!TAG.matcher(tag).matches()) {
                throw JoinProblems.malformed(
                        "'%s' is no tag".formatted(tag),
                        "a tag is a word or a word=word of letters, digits and . _ -");
            }
        }
        if (tags.size() > TAGS_MAX) {
            throw JoinProblems.malformed(
                    "there are %d tags".formatted(tags.size()), "at most %d".formatted(TAGS_MAX));
        }
        if (!region.isEmpty() && !WORD.matcher(region).matches()) {
            throw JoinProblems.malformed(
                    "'%s' is no region".formatted(region),
                    "a region is a word of letters, digits and . _ -");
        }
    }

    static void checkSlots(int slots) {
        if (slots < 1 || slots > SLOTS_MAX) {
            throw JoinProblems.malformed(
                    "an agent cannot have %d slots".formatted(slots),
                    "say a number between 1 and " + SLOTS_MAX);
        }
    }
}
