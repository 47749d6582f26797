package dev.sloth.dsl.define;

import dev.sloth.api.workflow.Span;
import dev.sloth.lua.syntax.Expr;
import dev.sloth.lua.syntax.Parsed;
import dev.sloth.lua.syntax.Parser;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Makes lines and columns of spots. A text is parsed again only when a place in it is asked for.
public final class Places {
    private final Map<String, byte[]> texts = new HashMap<>();
    private final Map<String, Mentions> mentions = new HashMap<>();
    private String main = "";

    /// Something in the text: where its name stands, and the expressions that are its value.
    private record Found(String chunk, dev.sloth.lua.syntax.Span span, List<Expr> values) {}

    /// Says what text goes by a name; the first is the script itself.
    public void text(String chunk, byte[] text) {
        if (texts.isEmpty()) {
            main = chunk;
        }
        texts.put(chunk, text);
    }

    /// The place of a spot, as exactly as can be told.
    public Span span(Spot spot) {
        return find(spot)
                .map(found -> at(found.chunk(), found.span()))
                .orElseGet(() -> roughly(spot));
    }

    /// The start of the script itself.
    public Span start() {
        return new Span(main, 1, 1);
    }

    static Span at(String chunk, dev.sloth.lua.syntax.Span span) {
        return new Span(chunk, span.line(), span.column());
    }

    private Span roughly(Spot spot) {
        return switch (spot) {
            case Spot.Nowhere _, Spot.Global _ -> new Span(main, 0, 0);
            case Spot.Called called -> new Span(called.chunk(), called.line(), 0);
            case Spot.Field field -> span(field.of());
        };
    }

    private Optional<Found> find(Spot spot) {
        return switch (spot) {
            case Spot.Nowhere _ -> Optional.empty();
            case Spot.Called called ->
                    mentions(called.chunk())
                            .flatMap(m -> m.call(called.line(), called.name()))
                            .map(c -> new Found(called.chunk(), c.name(), c.arguments()));
            case Spot.Global global ->
                    mentions(main)
                            .flatMap(m -> m.assigned(global.name()))
                            .map(a -> new Found(main, a.name(), List.of(a.value())));
            case Spot.Field field -> find(field.of()).flatMap(of -> inside(of, field.key()));
        };
    }

    private Optional<Found> inside(Found of, String key) {
        return of.values().stream()
                .map(value -> table(of.chunk(), value))
                .flatMap(Optional::stream)
                .findFirst()
                .flatMap(table -> entry(of.chunk(), table, key));
    }

    /// A table as written, here or where the variable got its value.
    private Optional<Expr.Table> table(String chunk, Expr value) {
        return switch (value) {
            case Expr.Table table -> Optional.of(table);
            case Expr.Parenthesized in -> table(chunk, in.inner());
            case Expr.Variable variable ->
                    mentions(chunk)
                            .flatMap(m -> m.assigned(variable.name().text()))
                            .map(Mentions.Assigned::value)
                            .flatMap(v ->
                                    v instanceof Expr.Table t ? Optional.of(t) : Optional.empty());
            default -> Optional.empty();
        };
    }

    private static Optional<Found> entry(String chunk, Expr.Table table, String key) {
        int index = 0;
        for (Expr.Field field : table.fields()) {
            switch (field) {
                case Expr.Field.Item item -> {
                    index++;
                    if (key.equals(Integer.toString(index))) {
                        return found(chunk, item.value().span(), item.value());
                    }
                }
                case Expr.Field.Named named -> {
                    if (named.name().text().equals(key)) {
                        return found(chunk, named.name().span(), named.value());
                    }
                }
                case Expr.Field.Keyed keyed -> {
                    if (keyed.key() instanceof Expr.Str str
                            && new String(str.bytes(), java.nio.charset.StandardCharsets.UTF_8)
                                    .equals(key)) {
                        return found(chunk, keyed.key().span(), keyed.value());
                    }
                }
            }
        }
        return Optional.empty();
    }

    private static Optional<Found> found(String chunk, dev.sloth.lua.syntax.Span span, Expr value) {
        return Optional.of(new Found(chunk, span, List.of(value)));
    }

    private Optional<Mentions> mentions(String chunk) {
        var known = mentions.get(chunk);
        var text = texts.get(chunk);
        if (known == null && text != null && Parser.parse(chunk, text) instanceof Parsed.Ok ok) {
            known = Mentions.in(ok.chunk());
            mentions.put(chunk, known);
        }
        return Optional.ofNullable(known);
    }
}
