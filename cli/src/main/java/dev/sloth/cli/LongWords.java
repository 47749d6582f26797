package dev.sloth.cli;

import dev.sloth.api.workflow.Problem;
import dev.sloth.api.workflow.Problems;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/// The words of a call that are too long to be shown whole when something is wrong with them: of
/// each, errors show the beginning.
record LongWords(List<String> words) {
    /// As long as the name of a file may be.
    private static final int SHOWN_MAX = 255;

    LongWords {
        words = List.copyOf(words);
    }

    /// What stands behind the first `=` of a word counts as one too.
    static LongWords of(List<String> given) {
        var words = new ArrayList<String>();
        for (var word : given) {
            words.add(word);
            words.add(word.substring(word.indexOf('=') + 1));
        }
        return new LongWords(
                words.stream()
                        .filter(word -> word.length() > SHOWN_MAX)
                        .distinct()
                        .sorted(Comparator.comparingInt(String::length).reversed())
                        .toList());
    }

    /// The same problems, with the beginnings of these words.
    Problems shortened(Problems problems) {
        if (words.isEmpty()) {
            return problems;
        }
        var shortened =
                new Problems(
                        problems.list().stream()
                                .map(problem ->
                                        new Problem(
                                                problem.code(),
                                                shortened(problem.message()),
                                                problem.at(),
                                                shortened(problem.remedy())))
                                .toList());
        shortened.initCause(problems);
        return shortened;
    }

    private String shortened(String text) {
        for (var word : words) {
            text = text.replace(word, beginning(word));
        }
        return text;
    }

    private static String beginning(String word) {
        int end = word.offsetByCodePoints(0, word.codePointCount(0, SHOWN_MAX - 1));
        return word.substring(0, end) + "...";
    }
}
