package dev.sloth.dsl.define;

import dev.sloth.api.workflow.Problem;
import dev.sloth.api.workflow.Span;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/// Everything found wrong so far.
final class Complaints {
    /// More would help nobody.
    private static final int PROBLEMS_MAX = 200;

    private final Places places;
    private final Set<Problem> problems = new LinkedHashSet<>();
    private final Set<Problem> warnings = new LinkedHashSet<>();

    Complaints(Places places) {
        this.places = places;
    }

    void add(Code code, Spot at, String message, String remedy) {
        add(code.at(places.span(at), message, remedy));
    }

    void add(Problem problem) {
        if (problems.size() < PROBLEMS_MAX) {
            problems.add(problem);
        }
    }

    /// Adds one however many there are.
    void addFirst(Problem problem) {
        problems.add(problem);
    }

    void warn(Code code, Spot at, String message, String remedy) {
        if (warnings.size() < PROBLEMS_MAX) {
            warnings.add(code.at(places.span(at), message, remedy));
        }
    }

    boolean isEmpty() {
        return problems.isEmpty();
    }

    List<Problem> problems() {
        return sorted(problems);
    }

    List<Problem> warnings() {
        return sorted(warnings);
    }

    private static List<Problem> sorted(Set<Problem> some) {
        var all = new ArrayList<>(some);
        all.sort(
                Comparator.comparing(
                        Problem::at,
                        Comparator.comparing(Span::file)
                                .thenComparingInt(Span::line)
                                .thenComparingInt(Span::column)));
        return all;
    }
}
