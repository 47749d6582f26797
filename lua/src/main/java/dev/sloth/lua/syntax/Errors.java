package dev.sloth.lua.syntax;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/// The errors found so far in one text.
final class Errors {
    private final List<SyntaxError> found = new ArrayList<>();
    private final int max;
    private boolean onlyAtEnd = true;

    Errors(int max) {
        this.max = max;
    }

    boolean isEmpty() {
        return found.isEmpty();
    }

    boolean isFull() {
        return found.size() >= max;
    }

    void add(SyntaxError error, boolean atEnd) {
        if (!isFull()) {
            found.add(error);
            onlyAtEnd &= atEnd;
        }
    }

    Parsed.Bad bad() {
        found.sort(Comparator.comparingInt(e -> e.span().from()));
        return new Parsed.Bad(found, onlyAtEnd);
    }
}
