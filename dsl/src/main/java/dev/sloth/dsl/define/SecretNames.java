package dev.sloth.dsl.define;

import dev.sloth.api.value.Text;
import dev.sloth.api.value.Value;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Pattern;

/// What a workflow says of the secrets that it wants.
final class SecretNames {
    private static final int REFERENCE_MAX = 1_000;

    /// As secrets may be called where they are kept.
    private static final Pattern NAME = Pattern.compile("[A-Za-z_][A-Za-z0-9_./-]{0,127}");

    private static final Pattern PLACE = Pattern.compile("[a-z][a-z0-9]*:[^\\p{Cntrl}]+");

    private SecretNames() {}

    /// Each name with what it stands for.
    static Map<String, String> read(Reading r) {
        var all = new LinkedHashMap<String, String>();
        for (Value each : r.given().values()) {
            if (each instanceof Value.Table table) {
                for (var entry : table.entries()) {
                    add(all, entry.key(), entry.value());
                }
            } else {
                add(all, new Value.Num(1), each);
            }
        }
        return all;
    }

    private static void add(Map<String, String> all, Value key, Value value) {
        var reference = Reading.text(value, "names of secrets");
        var name = key instanceof Text text ? text.toString() : reference;
        if (!NAME.matcher(name).matches()) {
            throw Reading.cannot(
                    "has '%s', which cannot be the name of a secret".formatted(shown(name)),
                    reference.indexOf(':') > 0
                            ? "Give it one, such as { token = \"%s\" }.".formatted(shown(reference))
                            : "Names are of letters, digits and _ . / -, and begin with a letter.");
        }
        boolean known =
                NAME.matcher(reference).matches()
                        || (reference.length() <= REFERENCE_MAX
                                && PLACE.matcher(reference).matches());
        if (!known) {
            throw Reading.cannot(
                    "has '%s', which is neither the name of a secret nor a place of one"
                            .formatted(shown(reference)),
                    "Places look like sops:file.yaml#key or vault:mount/path#field.");
        }
        var before = all.putIfAbsent(name, reference);
        if (before != null && !before.equals(reference)) {
            throw Reading.cannot("has the name '" + name + "' twice", "Give each its own name.");
        }
    }

    private static String shown(String text) {
        return text.length() > 60 ? text.substring(0, 60) + "..." : text;
    }
}
