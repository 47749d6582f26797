package dev.sloth.cli.config;

import java.util.Collection;
import java.util.Comparator;
import java.util.Locale;
import java.util.Optional;

/// The known word nearest to a mistyped one.
public final class Nearest {
    /// How many letters may differ, in words of usual length.
    private static final int DISTANCE_MAX = 3;

    private Nearest() {}

    /// Nothing when all are too far away to be meant.
    public static Optional<String> of(String word, Collection<String> known) {
        int limit = Math.min(DISTANCE_MAX, Math.max(1, (word.length() - 1) / 2));
        return known.stream()
                .filter(candidate -> Math.abs(word.length() - candidate.length()) <= limit)
                .filter(candidate -> share(word, candidate) && distance(word, candidate) <= limit)
                .min(Comparator.comparingInt(candidate -> distance(word, candidate)));
    }

    /// A sentence such as `did you mean 'run'?`, or this other one.
    public static String hint(String word, Collection<String> known, String otherwise) {
        return of(word, known).map(near -> "did you mean '" + near + "'?").orElse(otherwise);
    }

    /// Of two very short words as -x and -h all may differ: then neither is meant by the other.
    private static boolean share(String a, String b) {
        var letters = b.toLowerCase(Locale.ROOT);
        return a.toLowerCase(Locale.ROOT)
                .chars()
                .filter(Character::isLetterOrDigit)
                .anyMatch(letter -> letters.indexOf(letter) >= 0);
    }

    /// Letters added, dropped, changed, or swapped with their neighbour.
    private static int distance(String a, String b) {
        var d = new int[a.length() + 1][b.length() + 1];
        for (int i = 0; i <= a.length(); i++) {
            for (int j = 0; j <= b.length(); j++) {
                d[i][j] = i == 0 || j == 0 ? i + j : step(a, b, d, i, j);
            }
        }
        return d[a.length()][b.length()];
    }

    private static int step(String a, String b, int[][] d, int i, int j) {
        int change = a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1;
        int least = Math.min(d[i - 1][j - 1] + change, 1 + Math.min(d[i - 1][j], d[i][j - 1]));
        boolean swapped =
                i > 1
                        && j > 1
                        && a.charAt(i - 1) == b.charAt(j - 2)
                        && a.charAt(i - 2) == b.charAt(j - 1);
        return swapped ? Math.min(least, d[i - 2][j - 2] + 1) : least;
    }
}
