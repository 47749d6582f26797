package dev.sloth.core.select;

import java.util.List;

/// One question about an agent, which may be made of others.
sealed interface Clause {
    boolean holds(Subject subject);

    /// As it can be read again.
    String text();

    record Both(List<Clause> all) implements Clause {
        public Both {
            all = List.copyOf(all);
        }

        @Override
        public boolean holds(Subject subject) {
            return all.stream().allMatch(clause -> clause.holds(subject));
        }

        @Override
        public String text() {
            return String.join(" and ", all.stream().map(Clause::grouped).toList());
        }
    }

    record Either(List<Clause> any) implements Clause {
        public Either {
            any = List.copyOf(any);
        }

        @Override
        public boolean holds(Subject subject) {
            return any.stream().anyMatch(clause -> clause.holds(subject));
        }

        @Override
        public String text() {
            return String.join(" or ", any.stream().map(Clause::grouped).toList());
        }
    }

    record Not(Clause clause) implements Clause {
        @Override
        public boolean holds(Subject subject) {
            return !clause.holds(subject);
        }

        @Override
        public String text() {
            return "not " + grouped(clause);
        }
    }

    /// Whether the field says one of these.
    record Among(Field field, List<String> words) implements Clause {
        public Among {
            words = List.copyOf(words);
        }

        @Override
        public boolean holds(Subject subject) {
            return words.contains(field.of(subject));
        }

        @Override
        public String text() {
            return words.size() == 1
                    ? field.text() + " == " + quoted(words.getFirst())
                    : "%s in (%s)"
                            .formatted(
                                    field.text(),
                                    String.join(", ", words.stream().map(Clause::quoted).toList()));
        }
    }

    record Like(Field field, String pattern) implements Clause {
        @Override
        public boolean holds(Subject subject) {
            return Glob.matches(pattern, field.of(subject));
        }

        @Override
        public String text() {
            return field.text() + " matches " + quoted(pattern);
        }
    }

    record Tagged(String tag) implements Clause {
        @Override
        public boolean holds(Subject subject) {
            return subject.tags().contains(tag);
        }

        @Override
        public String text() {
            return quoted(tag) + " in tags";
        }
    }

    private static String grouped(Clause clause) {
        return clause instanceof Both || clause instanceof Either
                ? "(" + clause.text() + ")"
                : clause.text();
    }

    /// A word that has both kinds of quotes in it is that of no agent, with any of them.
    private static String quoted(String word) {
        if (!word.contains("'")) {
            return "'" + word + "'";
        }
        return "\"" + word.replace("\"", "") + "\"";
    }
}
