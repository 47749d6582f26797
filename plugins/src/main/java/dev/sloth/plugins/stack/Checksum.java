package dev.sloth.plugins.stack;

import dev.sloth.api.plugin.CallFailure;
import dev.sloth.api.value.Allowance;
import dev.sloth.api.value.DataTable;
import dev.sloth.api.value.Value;
import dev.sloth.plugins.data.JsonWriter;
import dev.sloth.plugins.value.Shown;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Comparator;
import java.util.HexFormat;

/// SHA-256 of a value's JSON, with fields in the order of their names: two that mean the same have
/// the same.
final class Checksum {
    private Checksum() {}

    /// @throws CallFailure when the value has no JSON
    static String of(Value data, Allowance allowance) {
        try {
            var json =
                    JsonWriter.write(sorted(data), 0, allowance).getBytes(StandardCharsets.UTF_8);
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(json));
        } catch (IllegalArgumentException e) {
            throw new CallFailure("the properties cannot be compared: " + e.getMessage(), e);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }

    private static Value sorted(Value value) {
        if (!(value instanceof Value.Table table)) {
            return value;
        }
        var sorted = new DataTable();
        table.entries().stream()
                .sorted(Comparator.comparingDouble(Checksum::rank).thenComparing(Checksum::name))
                .forEach(entry -> sorted.put(entry.key(), sorted(entry.value())));
        return sorted;
    }

    /// Numbers come first, by their size.
    private static double rank(Value.Entry entry) {
        return entry.key() instanceof Value.Num n ? n.value() : Double.POSITIVE_INFINITY;
    }

    private static String name(Value.Entry entry) {
        return Shown.line(entry.key());
    }
}
