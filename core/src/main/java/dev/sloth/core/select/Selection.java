package dev.sloth.core.select;

import dev.sloth.api.value.Text;
import dev.sloth.api.value.Value;
import dev.sloth.api.workflow.Problem;
import dev.sloth.api.workflow.Problems;
import dev.sloth.api.workflow.Span;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// What the table of a script says about where a task is to be done: `{tags=, region=, name=,
/// pool=, labels=, selector=, count=, strategy=}`, all of it together. A `selector` is an
/// expression, or another such table.
///
/// @param who nothing when anybody will do
/// @param count on how many of them at once
public record Selection(Optional<Selector> who, int count) {
    /// The label that says to which pool an agent belongs.
    private static final String POOL = "pool";

    private static final String SELECTOR = "selector";

    private static final Set<String> STRATEGIES = Set.of("", "least_busy", "least_loaded");

    /// @throws Problems when it asks for what is not known here
    public static Selection of(Value.Table wanted) {
        var clauses = new ArrayList<Clause>();
        int count = read(wanted, clauses);
        return new Selection(
                clauses.isEmpty() ? Optional.empty() : Optional.of(Selector.of(clauses)), count);
    }

    /// @return how many are asked for
    private static int read(Value.Table wanted, List<Clause> clauses) {
        checkStrategy(text(wanted, "strategy").orElse(""));
        for (var tag : words(wanted.at("tags"))) {
            clauses.add(new Clause.Tagged(tag));
        }
        text(wanted, "region").ifPresent(region -> clauses.add(equal(new Field.Region(), region)));
        text(wanted, "name")
                .ifPresent(name -> clauses.add(new Clause.Like(new Field.Name(), name)));
        text(wanted, POOL).ifPresent(pool -> clauses.add(equal(new Field.Label(POOL), pool)));
        if (wanted.at("labels") instanceof Value.Table labels) {
            for (var entry : labels.entries()) {
                clauses.add(equal(new Field.Label(word(entry.key())), word(entry.value())));
            }
        }
        text(wanted, SELECTOR)
                .ifPresent(expression -> clauses.add(Selector.of(expression).clause()));
        int within = wanted.at(SELECTOR) instanceof Value.Table inner ? read(inner, clauses) : 1;
        return wanted.at("count") instanceof Value.Num number ? (int) number.value() : within;
    }

    private static void checkStrategy(String strategy) {
        if (!STRATEGIES.contains(strategy)) {
            throw new Problems(
                    new Problem(
                            Selector.UNREADABLE,
                            "agents are not chosen by the strategy '%s'".formatted(strategy),
                            Span.NOWHERE,
                            "leave it out, or write least_busy: that is how they are chosen"));
        }
    }

    private static String word(Value value) {
        return value instanceof Value.Num number && number.whole()
                ? Long.toString((long) number.value())
                : value.toString();
    }

    private static Clause equal(Field field, String word) {
        return new Clause.Among(field, List.of(word));
    }

    private static Optional<String> text(Value.Table wanted, String name) {
        return wanted.at(name) instanceof Text text && !text.toString().isEmpty()
                ? Optional.of(text.toString())
                : Optional.empty();
    }

    private static List<String> words(Value value) {
        return switch (value) {
            case Text word -> List.of(word.toString());
            case Value.Table list ->
                    list.entries().stream().map(each -> word(each.value())).toList();
            case Value.Nil _, Value.Bool _, Value.Num _, Value.Callable _, Value.Handle _ ->
                    List.of();
        };
    }
}
