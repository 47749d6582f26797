package dev.sloth.cli;

import dev.sloth.api.workflow.Problem;
import dev.sloth.api.workflow.Problems;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/// What several looks at one command line find wrong, to be told at once.
final class Findings {
    private final List<Problem> problems = new ArrayList<>();

    /// What a look gives, unless it finds something wrong.
    <T> Optional<T> look(Supplier<T> work) {
        try {
            return Optional.of(work.get());
        } catch (Problems e) {
            problems.addAll(e.list());
            return Optional.empty();
        }
    }

    void add(Problem problem) {
        problems.add(problem);
    }

    /// @throws Problems when anything was found
    void tell() {
        if (!problems.isEmpty()) {
            throw new Problems(problems.stream().distinct().toList());
        }
    }
}
