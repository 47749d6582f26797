package dev.sloth.dsl.bind;

import java.util.Collection;
import java.util.Optional;

/// Finds what somebody probably meant.
public final class Nearest {
    /// Longer words are not compared: nobody mistypes that much.
    private static final int LENGTH_MAX = 200;

    private Nearest() {}

    /// The known word nearest to a given one, if any is near enough.
    public static Optional<String> to(String given, Collection<String> known) {
        if (given.length() > LENGTH_MAX) {
            return Optional.empty();
        }
        int most = Math.max(1, Math.min(3, given.length() / 3));
        String best = "";
        int least = most + 1;
        for (String word : known) {
            if (Math.abs(word.length() - given.length()) < least) {
                int distance = distance(given, word);
                if (distance < least) {
                    least = distance;
                    best = word;
                }
            }
        }
        return least <= most ? Optional.of(best) : Optional.empty();
    }

    /// ` did you mean 'x'?` with a comma before it, or nothing.
    public static String hint(String given, Collection<String> known) {
        return to(given, known).map(word -> ", did you mean '" + word + "'?").orElse("");
    }

    /// Edits between two words; swapping neighbours counts as one.
    private static int distance(String a, String b) {
        int[] before = new int[b.length() + 1];
        int[] last = new int[b.length() + 1];
        int[] row = new int[b.length() + 1];
        for (int j = 0; j <= b.length(); j++) {
            last[j] = j;
        }
        for (int i = 1; i <= a.length(); i++) {
            row[0] = i;
            for (int j = 1; j <= b.length(); j++) {
                int change = a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1;
                int least = Math.min(Math.min(row[j - 1], last[j]) + 1, last[j - 1] + change);
                boolean swapped =
                        i > 1
                                && j > 1
                                && a.charAt(i - 1) == b.charAt(j - 2)
                                && a.charAt(i - 2) == b.charAt(j - 1);
                row[j] = swapped ? Math.min(least, before[j - 2] + 1) : least;
            }
            int[] free = before;
            before = last;
            last = row;
            row = free;
        }
        return last[b.length()];
    }
}
