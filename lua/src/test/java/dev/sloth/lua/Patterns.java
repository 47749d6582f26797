package dev.sloth.lua;

import dev.sloth.testkit.Gen;

/// Makes patterns of Lua, most of them right.
final class Patterns {
    private static final int ITEMS_MAX = 4;

    private final Gen gen;
    private int open;
    private int closed;

    Patterns(Gen gen) {
        this.gen = gen;
    }

    /// To stand between single quotes.
    String pattern() {
        if (gen.chance(6)) {
            return gen.oneOf(
                    "(", ")", "[a", "[]", "[^]", "%", "(()", "%b", "%bx", "%f", "%1", "[a-", "[%",
                    "(a%1)", "a)b", "[%a", "x%");
        }
        var pattern = new StringBuilder(gen.chance(20) ? "^" : "");
        for (int i = 1 + gen.below(ITEMS_MAX); i > 0; i--) {
            pattern.append(item());
        }
        pattern.append(")".repeat(open - closed));
        if (gen.chance(15)) {
            pattern.append('$');
        }
        return pattern.toString();
    }

    private String item() {
        return switch (gen.below(12)) {
            case 0 -> {
                open++;
                yield "(" + single() + (gen.yes() ? closing() : "");
            }
            case 1 -> "()";
            case 2 -> gen.oneOf("%b()", "%bxy", "%f[%w]", "%f[a-c]", "%f[^%s]");
            case 3 -> closed > 0 ? "%1" : "%%";
            default -> single() + gen.oneOf("", "", "", "*", "+", "-", "?");
        };
    }

    private String closing() {
        closed++;
        return ")";
    }

    private String single() {
        return gen.oneOf(
                "a", "b", "x", "1", " ", ".", "%a", "%d", "%s", "%w", "%p", "%u", "%l", "%x", "%A",
                "%D", "%S", "%.", "[abc]", "[^abc]", "[a-c]", "[%d_]", "[^%s%d]", "[-a]", "[a-]",
                "[]x]", "[^]x]", "[%]]", "%z", "%c");
    }
}
