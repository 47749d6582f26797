package dev.sloth.core.select;

import dev.sloth.core.select.Token.Kind;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/// Reads an expression: `or` binds less than `and`, and that less than `not`.
final class Parser {
    private static final String FIELDS = "name, region, tags or labels.NAME";
    private static final String LABELS = "labels.";
    private static final String AND = "and";
    private static final String OR = "or";
    private static final String NOT = "not";
    private static final String IN = "in";
    private static final String MATCHES = "matches";
    private static final String TAGS = "tags";
    private static final Set<String> KEPT = Set.of(AND, OR, NOT, IN, MATCHES);

    private final List<Token> tokens;
    private int at;
    private int depth;

    private Parser(List<Token> tokens) {
        this.tokens = tokens;
    }

    static Clause parse(String text) throws BadExpression {
        var parser = new Parser(Lexer.tokens(text));
        var clause = parser.either();
        if (parser.next().kind() != Kind.END) {
            throw parser.unexpected("'and', 'or' or the end");
        }
        return clause;
    }

    private Token next() {
        return tokens.get(at);
    }

    private Token take() {
        var token = next();
        if (token.kind() != Kind.END) {
            at++;
        }
        return token;
    }

    private boolean takes(String word) {
        if (!next().is(word)) {
            return false;
        }
        at++;
        return true;
    }

    private void expect(String word) throws BadExpression {
        if (!takes(word)) {
            throw unexpected("'" + word + "'");
        }
    }

    private BadExpression unexpected(String wanted) {
        return new BadExpression(
                next().column(),
                "here should be %s, but there is %s".formatted(wanted, next().shown()),
                "write it as in: region == 'eu' and 'db' in tags");
    }

    private Clause either() throws BadExpression {
        var any = new ArrayList<Clause>(List.of(both()));
        while (takes(OR)) {
            any.add(both());
        }
        return any.size() == 1 ? any.getFirst() : new Clause.Either(any);
    }

    private Clause both() throws BadExpression {
        var all = new ArrayList<Clause>(List.of(negated()));
        while (takes(AND)) {
            all.add(negated());
        }
        return all.size() == 1 ? all.getFirst() : new Clause.Both(all);
    }

    private Clause negated() throws BadExpression {
        if (++depth > Selector.DEPTH_MAX) {
            throw new BadExpression(
                    next().column(),
                    "more than %d 'not' and brackets are in one another"
                            .formatted(Selector.DEPTH_MAX),
                    "write it in a flatter way");
        }
        try {
            if (takes(NOT)) {
                return new Clause.Not(negated());
            }
            if (takes("(")) {
                var inner = either();
                expect(")");
                return inner;
            }
            return comparison();
        } finally {
            depth--;
        }
    }

    private Clause comparison() throws BadExpression {
        if (next().kind() == Kind.STRING) {
            return tagged(take());
        }
        if (next().is(TAGS)) {
            throw new BadExpression(
                    next().column(), "an agent has several tags", "write 'web' in tags");
        }
        var field = field();
        if (takes("==")) {
            return new Clause.Among(field, List.of(string()));
        }
        if (takes("!=")) {
            return new Clause.Not(new Clause.Among(field, List.of(string())));
        }
        boolean negated = takes(NOT);
        Clause clause;
        if (takes(MATCHES)) {
            clause = new Clause.Like(field, string());
        } else if (takes(IN)) {
            clause = new Clause.Among(field, strings());
        } else {
            throw unexpected("==, !=, 'in' or 'matches'");
        }
        return negated ? new Clause.Not(clause) : clause;
    }

    private Clause tagged(Token tag) throws BadExpression {
        boolean negated = takes(NOT);
        expect(IN);
        expect(TAGS);
        var clause = new Clause.Tagged(tag.text());
        return negated ? new Clause.Not(clause) : clause;
    }

    private Field field() throws BadExpression {
        var token = next();
        if (token.kind() != Kind.WORD || KEPT.contains(token.text())) {
            throw unexpected(FIELDS + ", or a string");
        }
        at++;
        if (token.text().equals("name")) {
            return new Field.Name();
        }
        if (token.text().equals("region")) {
            return new Field.Region();
        }
        if (token.text().startsWith(LABELS) && token.text().length() > LABELS.length()) {
            return new Field.Label(token.text().substring(LABELS.length()));
        }
        throw new BadExpression(
                token.column(),
                "an agent has no '%s'".formatted(token.text()),
                "it has %s; words that are compared with stand in quotes".formatted(FIELDS));
    }

    private String string() throws BadExpression {
        if (next().kind() != Kind.STRING) {
            throw unexpected("a word in quotes");
        }
        return take().text();
    }

    private List<String> strings() throws BadExpression {
        expect("(");
        var words = new ArrayList<String>(List.of(string()));
        while (takes(",")) {
            words.add(string());
        }
        expect(")");
        return words;
    }
}
