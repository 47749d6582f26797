package dev.sloth.core.select;

import dev.sloth.api.workflow.Problem;
import dev.sloth.api.workflow.Problems;
import dev.sloth.api.workflow.Span;
import java.util.List;

/// Which agents are meant. Two are equal when they are written alike.
public final class Selector {
    /// How long an expression may be.
    public static final int TEXT_MAX = 4_096;

    /// How deep `not` and brackets may be in one another.
    public static final int DEPTH_MAX = 64;

    /// Of a selector that cannot be read.
    public static final String UNREADABLE = "SLOTH-4763";

    /// Of what cannot be read, no more is shown.
    private static final int SHOWN_MAX = 200;

    private final String text;
    private final Clause clause;

    private Selector(String text, Clause clause) {
        this.text = text;
        this.clause = clause;
    }

    /// @throws Problems when it cannot be read, with the column from which on
    public static Selector of(String text) {
        if (text.isBlank()) {
            throw unreadable("the selector says nothing", "write it as in: 'db' in tags");
        }
        if (text.length() > TEXT_MAX) {
            throw unreadable(
                    "the selector has more than %d characters".formatted(TEXT_MAX),
                    "tag the agents that are meant, and select by that tag");
        }
        try {
            return new Selector(text, Parser.parse(text));
        } catch (BadExpression e) {
            throw unreadable(
                    "the selector `%s` cannot be read from column %d on: %s"
                            .formatted(shown(text), e.column(), e.getMessage()),
                    e.remedy());
        }
    }

    /// Those whom all of these clauses mean.
    static Selector of(List<Clause> all) {
        var clause = all.size() == 1 ? all.getFirst() : new Clause.Both(all);
        return new Selector(clause.text(), clause);
    }

    private static Problems unreadable(String message, String remedy) {
        return new Problems(new Problem(UNREADABLE, message, Span.NOWHERE, remedy));
    }

    private static String shown(String text) {
        var line = text.replaceAll("\\p{Cntrl}", " ");
        return line.length() <= SHOWN_MAX ? line : line.substring(0, SHOWN_MAX) + "...";
    }

    Clause clause() {
        return clause;
    }

    public boolean fits(Subject subject) {
        return clause.holds(subject);
    }

    /// As it can be read again.
    public String text() {
        return text;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Selector that && that.text.equals(text);
    }

    @Override
    public int hashCode() {
        return text.hashCode();
    }

    @Override
    public String toString() {
        return text;
    }
}
