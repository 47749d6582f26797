package dev.sloth.plugins.template;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/// Reads a template: text with `{{ ... }}` in it.
final class Compiler {
    private static final String OPEN = "{{";
    private static final String CLOSE = "}}";
    private static final int DEPTH_MAX = 50;
    private static final Pattern PATH = Pattern.compile("[A-Za-z_][\\w-]*(\\.[\\w-]+)*");
    private static final Pattern FOR = Pattern.compile("for\\s+([A-Za-z_]\\w*)\\s+in\\s+(.+)");

    /// An if or for that is still open.
    private static final class Block {
        private final String word;
        private final Tag opened;
        private final List<Part> first = new ArrayList<>();
        private final List<Part> second = new ArrayList<>();
        private boolean inElse;

        Block(String word, Tag opened) {
            this.word = word;
            this.opened = opened;
        }

        List<Part> current() {
            return inElse ? second : first;
        }
    }

    /// What stands between the braces, and where.
    private record Tag(String text, int line, int column) {
        Broken broken(String message) {
            return new Broken(message, line, column);
        }
    }

    private final String text;
    private final ArrayDeque<Block> open = new ArrayDeque<>();
    private int at;
    private int line = 1;
    private int lineStart;

    private Compiler(String text) {
        this.text = text;
    }

    static List<Part> compile(String text) {
        return new Compiler(text).parts();
    }

    private List<Part> parts() {
        var root = new Block("", new Tag("", 1, 1));
        open.push(root);
        for (int start = text.indexOf(OPEN); start >= 0; start = text.indexOf(OPEN, at)) {
            plain(start);
            tag();
        }
        plain(text.length());
        if (open.size() > 1) {
            throw open.element().opened.broken("this " + open.element().word + " has no end");
        }
        return root.first;
    }

    private void plain(int end) {
        if (end > at) {
            open.element().current().add(new Part.Plain(text.substring(at, end)));
        }
        advance(end);
    }

    private void advance(int end) {
        for (; at < end; at++) {
            if (text.charAt(at) == '\n') {
                line++;
                lineStart = at + 1;
            }
        }
    }

    private void tag() {
        int end = text.indexOf(CLOSE, at);
        int column = at - lineStart + 1;
        if (end < 0) {
            throw new Broken("{{ is not closed by }}", line, column);
        }
        var tag = new Tag(text.substring(at + OPEN.length(), end).strip(), line, column);
        advance(end + CLOSE.length());
        take(tag);
    }

    private void take(Tag tag) {
        var word = tag.text().split("\\s+", 2)[0];
        switch (word) {
            case "if", "for" -> {
                if (open.size() > DEPTH_MAX) {
                    throw tag.broken("nests deeper than " + DEPTH_MAX + " levels");
                }
                open.push(new Block(word, tag));
            }
            case "else" -> {
                var block = open.element();
                if (!block.word.equals("if") || block.inElse) {
                    throw tag.broken("this else belongs to no if");
                }
                block.inElse = true;
            }
            case "end" -> {
                if (open.size() == 1) {
                    throw tag.broken("this end belongs to nothing");
                }
                var block = open.pop();
                open.element().current().add(closed(block));
            }
            default -> open.element().current().add(new Part.Show(lookup(tag.text(), tag)));
        }
    }

    private static Part closed(Block block) {
        var tag = block.opened;
        if (block.word.equals("if")) {
            var condition = tag.text().substring("if".length()).strip();
            boolean negated = condition.startsWith("not ");
            var path = negated ? condition.substring("not ".length()).strip() : condition;
            return new Part.If(lookup(path, tag), negated, block.first, block.second);
        }
        var loop = FOR.matcher(tag.text());
        if (!loop.matches()) {
            throw tag.broken("a for reads: for name in list");
        }
        return new Part.For(loop.group(1), lookup(loop.group(2).strip(), tag), block.first);
    }

    private static Part.Lookup lookup(String expression, Tag tag) {
        var pieces = pieces(expression);
        var path = pieces.getFirst().strip();
        if (!PATH.matcher(path).matches()) {
            throw tag.broken("\"" + path + "\" is not a path such as name.field");
        }
        var filters = new ArrayList<Part.Filter>();
        for (var piece : pieces.subList(1, pieces.size())) {
            filters.add(filter(piece.strip(), tag));
        }
        return new Part.Lookup(List.of(path.split("\\.")), filters, tag.line(), tag.column());
    }

    /// Splits at `|`, but not inside of quotes.
    private static List<String> pieces(String expression) {
        var pieces = new ArrayList<String>();
        boolean quoted = false;
        int from = 0;
        for (int i = 0; i < expression.length(); i++) {
            char c = expression.charAt(i);
            quoted ^= c == '"';
            if (c == '|' && !quoted) {
                pieces.add(expression.substring(from, i));
                from = i + 1;
            }
        }
        pieces.add(expression.substring(from));
        return pieces;
    }

    private static Part.Filter filter(String text, Tag tag) {
        var words = text.split("\\s+", 2);
        if (words[0].equals("default")) {
            var given = words.length == 2 ? words[1].strip() : "";
            boolean quoted = given.length() >= 2 && given.startsWith("\"") && given.endsWith("\"");
            if (!quoted) {
                throw tag.broken("default needs a text in double quotes");
            }
            return new Part.Filter.Default(given.substring(1, given.length() - 1));
        }
        return switch (text) {
            case "upper" -> new Part.Filter.Upper();
            case "lower" -> new Part.Filter.Lower();
            case "trim" -> new Part.Filter.Trim();
            case "json" -> new Part.Filter.Json();
            default ->
                    throw tag.broken(
                            "there is no filter \""
                                    + text
                                    + "\"; there are upper, lower, trim, default and json");
        };
    }
}
