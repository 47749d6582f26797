package dev.sloth.dsl.define;

import dev.sloth.api.value.Value;
import java.util.List;
import java.util.Optional;

/// How a function is found again in another load of the script: by the thing that has it, and the
/// field there.
record FunctionPath(Draft.Kind kind, String key, String field) {
    private static final char NUMBER = '#';
    private static final char INNER = '/';

    static String of(Draft owner, String field) {
        return owner.kind().word() + " " + owner.key() + " " + field;
    }

    /// The key of the nth thing that would have the same one.
    static String key(String base, int nth) {
        return nth == 1 ? base : base + NUMBER + nth;
    }

    /// The key of something that is written down inside of something else.
    static String inner(Draft outer, String name) {
        return outer.key() + INNER + name;
    }

    /// What a path says; empty when it is none.
    static Optional<FunctionPath> read(String path) {
        int first = path.indexOf(' ');
        int last = path.lastIndexOf(' ');
        if (first < 0 || first == last) {
            return Optional.empty();
        }
        var word = path.substring(0, first);
        for (var kind : Draft.Kind.values()) {
            if (kind.word().equals(word)) {
                var key = path.substring(first + 1, last);
                return Optional.of(new FunctionPath(kind, key, path.substring(last + 1)));
            }
        }
        return Optional.empty();
    }

    /// Whether it leads to something inside of something else.
    boolean isInner() {
        return key.indexOf(INNER) >= 0;
    }

    /// The function, where the drafts have it; for many askings of the same drafts.
    Optional<Value.Callable> in(Drafts drafts) {
        return key.indexOf(NUMBER) >= 0
                ? in(drafts.all())
                : drafts.first(kind, key).flatMap(this::function);
    }

    /// The function, where the drafts have it. Looks at names only, for there may be thousands.
    Optional<Value.Callable> in(List<Draft> drafts) {
        int cut = key.lastIndexOf(NUMBER);
        int nth = cut < 0 ? 0 : number(key.substring(cut + 1));
        var base = nth == 0 ? key : key.substring(0, cut);
        int same = 0;
        int numbered = 0;
        Optional<Value.Callable> found = Optional.empty();
        for (Draft draft : drafts) {
            if (draft.kind() != kind) {
                continue;
            }
            boolean meant = draft.base().equals(key) && ++same == 1;
            meant |= nth > 1 && draft.base().equals(base) && ++numbered == nth;
            if (meant) {
                var before = found;
                found = function(draft).or(() -> before);
            }
        }
        return found;
    }

    private Optional<Value.Callable> function(Draft draft) {
        return draft.own(field)
                .flatMap(given ->
                        given.value() instanceof Value.Callable callable
                                ? Optional.of(callable)
                                : Optional.empty());
    }

    /// A number as keys have it; 0 for anything else.
    private static int number(String digits) {
        try {
            int number = Integer.parseInt(digits);
            return Integer.toString(number).equals(digits) ? number : 0;
        } catch (NumberFormatException _) {
            return 0;
        }
    }
}
