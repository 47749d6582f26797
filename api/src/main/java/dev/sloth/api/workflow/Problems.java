package dev.sloth.api.workflow;

import java.util.List;
import java.util.stream.Collectors;

/// Everything that is wrong with something a user gave us; at least one.
public final class Problems extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final transient List<Problem> list;

    public Problems(List<Problem> list) {
        super(list.stream().map(Problem::toString).collect(Collectors.joining("\n")));
        this.list = List.copyOf(list);
        if (list.isEmpty()) {
            throw new IllegalArgumentException("no problem given");
        }
    }

    public Problems(Problem only) {
        this(List.of(only));
    }

    public List<Problem> list() {
        return list;
    }
}
