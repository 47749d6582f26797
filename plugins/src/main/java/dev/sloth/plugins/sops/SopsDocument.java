package dev.sloth.plugins.sops;

import dev.sloth.api.value.DataTable;
import dev.sloth.api.value.Text;
import dev.sloth.api.value.Value;
import dev.sloth.plugins.data.DocumentBounds;
import dev.sloth.plugins.data.Json;
import dev.sloth.plugins.data.Parsed;
import dev.sloth.plugins.data.Yaml;
import java.nio.charset.StandardCharsets;
import java.util.regex.Pattern;

/// A file as it was parsed: its values, and what SOPS says about them.
record SopsDocument(Value.Table values, Value.Table about) {
    private static final String ABOUT = "sops";
    private static final String FLAT = "sops_";
    private static final Pattern ITEM = Pattern.compile("(.+)__list_(\\d{1,3})__map_(.+)");

    static SopsDocument read(String file, byte[] bytes) {
        var name = file.toLowerCase(java.util.Locale.ROOT);
        if (name.endsWith(".env")) {
            return ofLines(file, new String(bytes, StandardCharsets.UTF_8));
        }
        var parsed =
                name.endsWith(".json")
                        ? Json.parse(bytes, DocumentBounds.STANDARD)
                        : Yaml.parse(bytes, DocumentBounds.STANDARD);
        if (!(parsed instanceof Parsed.Good(Value.Table all))) {
            throw Trouble.with(
                    file,
                    "is no document of names and values",
                    "YAML, JSON (*.json) and dotenv (*.env) files are read");
        }
        if (!(all.at(ABOUT) instanceof Value.Table about)) {
            throw notSops(file);
        }
        var values = new DataTable();
        for (var entry : all.entries()) {
            if (!entry.key().equals(Text.of(ABOUT))) {
                values.put(entry.key(), entry.value());
            }
        }
        return new SopsDocument(values, about);
    }

    private static dev.sloth.api.workflow.Problems notSops(String file) {
        return Trouble.with(file, "was not encrypted by sops", "`sops encrypt` makes such a file");
    }

    // ---- dotenv: what is said about the values is flattened into names

    private static SopsDocument ofLines(String file, String text) {
        var values = new DataTable();
        var about = new DataTable();
        for (var line : text.lines().toList()) {
            if (line.isBlank() || line.startsWith("#")) {
                continue;
            }
            int equals = line.indexOf('=');
            if (equals < 1) {
                throw Trouble.with(
                        file, "has a line that is not NAME=value", "see `sops` for dotenv");
            }
            var name = line.substring(0, equals);
            var value = line.substring(equals + 1).replace("\\n", "\n");
            if (name.startsWith(FLAT)) {
                said(about, name.substring(FLAT.length()), value);
            } else {
                values.with(name, value);
            }
        }
        if (about.entries().isEmpty()) {
            throw notSops(file);
        }
        return new SopsDocument(values, about);
    }

    private static void said(DataTable about, String name, String value) {
        var item = ITEM.matcher(name);
        if (!item.matches()) {
            about.with(name, value);
            return;
        }
        var list = table(about, Text.of(item.group(1)));
        var place = new Value.Num(Integer.parseInt(item.group(2)) + 1);
        table(list, place).put(item.group(3), Text.of(value));
    }

    private static Value.Table table(Value.Table in, Value key) {
        if (in.at(key) instanceof Value.Table there) {
            return there;
        }
        var made = new DataTable();
        in.put(key, made);
        return made;
    }

    /// What is said by this name; empty when nothing is.
    String said(String name) {
        return switch (about.at(name)) {
            case Text text -> text.toString();
            case Value.Bool bool -> Boolean.toString(bool.truthy());
            case Value.Num number -> Double.toString(number.value());
            case Value.Nil _, Value.Table _, Value.Callable _, Value.Handle _ -> "";
        };
    }

    boolean has(String name) {
        return about.at(name) instanceof Value.Table table && !table.entries().isEmpty();
    }
}
