package dev.sloth.api.workflow;

import java.util.Collection;
import java.util.Comparator;
import java.util.Locale;
import java.util.Optional;

/// The known word nearest to one that is not known: what somebody probably meant.
public final class Nearest {
    /// Longer words are not compared: nobody mistypes that much.
    private static final int LENGTH_MAX = 200;

    /// How many letters may differ at most, and of how many one may.
    private static final int DISTANCE_MAX = 3;

    private static final int LETTERS_PER_MISTAKE = 3;

    private Nearest() {}

    /// Nothing when all are too far away to be meant.
    public static Optional<String> to(String given, Collection<String> known) {
        if (given.length() > LENGTH_MAX) {
            return Optional.empty();
        }
        int most = Math.clamp(given.length() / LETTERS_PER_MISTAKE, 1, DISTANCE_MAX);
        return known.stream()
                .filter(word -> Math.abs(word.length() - given.length()) <= most)
                .filter(word -> share(given, word) && distance(given, word) <= most)
                .min(Comparator.comparingInt(word -> distance(given, word)));
    }

    /// `, did you mean 'x'?`, or nothing.
    public static String hint(String given, Collection<String> known) {
        return to(given, known).map(near -> ", " + question(near)).orElse("");
    }

    /// A sentence such as `did you mean 'run'?`, or this other one.
    public static String hint(String given, Collection<String> known, String otherwise) {
        return to(given, known).map(Nearest::question).orElse(otherwise);
    }

    private static String question(String near) {
        return "did you mean '" + near + "'?";
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
