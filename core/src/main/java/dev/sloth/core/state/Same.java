package dev.sloth.core.state;

import dev.sloth.api.value.Text;
import dev.sloth.api.value.Value;

/// Whether two values are the same data: tables by what they hold, in whatever order.
final class Same {
    private Same() {}

    /// Neither may contain itself.
    static boolean values(Value one, Value other) {
        return switch (one) {
            case Value.Num(double number) ->
                    other instanceof Value.Num(double another)
                            && (number == another
                                    || (Double.isNaN(number) && Double.isNaN(another)));
            case Value.Table table ->
                    other instanceof Value.Table another && tables(table, another);
            case Value.Nil _, Value.Bool _, Text _, Value.Callable _, Value.Handle _ ->
                    one.equals(other);
        };
    }

    private static boolean tables(Value.Table one, Value.Table other) {
        var entries = one.entries();
        return entries.size() == other.entries().size()
                && entries.stream().allMatch(e -> values(e.value(), other.at(e.key())));
    }
}
