package dev.sloth.cli;

import dev.sloth.api.value.DataTable;
import dev.sloth.api.value.Text;
import dev.sloth.api.value.Value;
import dev.sloth.core.state.Held;
import dev.sloth.core.store.state.StateEntry.Kind;
import dev.sloth.testkit.Gen;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;

/// Draws what shared state may hold, the odd things among them.
final class SharedValues {
    private static final List<Double> NUMBERS =
            List.of(
                    0.0,
                    -0.0,
                    -1.0,
                    0.1,
                    1e17,
                    0x1p53,
                    1e300,
                    Double.MIN_VALUE,
                    Double.NaN,
                    Double.POSITIVE_INFINITY,
                    Double.NEGATIVE_INFINITY);

    private final Gen gen;

    SharedValues(Gen gen) {
        this.gen = gen;
    }

    Value value(int depth) {
        return switch (gen.below(depth > 0 ? 6 : 4)) {
            case 0 -> Value.Bool.of(gen.yes());
            case 1 -> new Value.Num(gen.yes() ? gen.between(-9, 9) + 0.0 : gen.oneOf(NUMBERS));
            case 2 -> Text.of(text());
            case 3 -> bytes();
            case 4 -> DataTable.list(gen.list(gen.below(4), () -> value(depth - 1)));
            default -> table(depth - 1);
        };
    }

    private String text() {
        return gen.oneOf("", "true", "3", "$nil", "- a", "a: b", "\u0000\u001b\n", "ä\uD83E\uDDA5")
                + gen.string("ab");
    }

    private Text bytes() {
        var bytes = new byte[gen.below(5)];
        gen.random().nextBytes(bytes);
        return Text.ofBytes(bytes);
    }

    private DataTable table(int depth) {
        var table = new DataTable();
        for (int i = gen.below(4); i > 0; i--) {
            table.put(key(), value(depth));
        }
        return table;
    }

    private Value key() {
        return switch (gen.below(4)) {
            case 0 -> new Value.Num(gen.between(-1, 3) + 0.5 * gen.below(2));
            case 1 -> Value.Bool.of(gen.yes());
            case 2 -> bytes();
            default -> Text.of(text());
        };
    }

    List<Held> all() {
        var keys = new TreeSet<String>();
        for (int i = gen.below(6); i > 0; i--) {
            keys.add("k" + gen.below(10) + gen.oneOf("", "/ä", " $x", "\n"));
        }
        var all = new ArrayList<Held>();
        for (var key : keys) {
            all.add(held(key));
        }
        return all;
    }

    private Held held(String key) {
        var kind = gen.oneOf(List.of(Kind.values()));
        var ttl =
                gen.yes()
                        ? Optional.<Duration>empty()
                        : Optional.of(Duration.ofSeconds(gen.between(1_000, 9_000_000)));
        return new Held(key, kind, content(kind), ttl);
    }

    private Value content(Kind kind) {
        return switch (kind) {
            case VALUE -> gen.chance(10) ? Value.Nil.NIL : value(3);
            case LIST -> DataTable.list(gen.list(gen.between(1, 4), () -> value(2)));
            case HASH -> {
                var table = new DataTable().with("$table", value(2));
                table.put(Text.of("x" + text().replace("\0", "")), value(2));
                yield table;
            }
            // One member, or several in the order in which they are told.
            case SET ->
                    gen.yes()
                            ? DataTable.list(List.of(value(2)))
                            : DataTable.list(
                                    List.of(new Value.Num(-1), new Value.Num(2), Text.of("a")));
        };
    }
}
