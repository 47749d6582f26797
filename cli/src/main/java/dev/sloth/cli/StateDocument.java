package dev.sloth.cli;

import dev.sloth.api.value.Text;
import dev.sloth.api.value.Value;
import dev.sloth.api.workflow.Problems;
import dev.sloth.cli.view.Document;
import dev.sloth.core.state.Held;
import dev.sloth.core.store.state.StateEntry.Kind;
import dev.sloth.plugins.data.DocumentBounds;
import dev.sloth.plugins.data.Json;
import dev.sloth.plugins.data.Parsed;
import dev.sloth.plugins.data.Yaml;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// Shared state as a document that loses nothing, and back.
final class StateDocument {
    /// A value may nest 100 tables, each of which may take three levels here.
    static final DocumentBounds BOUNDS = new DocumentBounds(1 << 29, 400, 50_000_000);

    private static final String FORMAT = "sloth-state-1";
    private static final double NANOS = 1e9;

    private StateDocument() {}

    static Document written(List<Held> all) {
        return new Document()
                .with("format", FORMAT)
                .with("entries", all.stream().map(StateDocument::written).toList());
    }

    private static Document written(Held held) {
        var document =
                new Document()
                        .with("key", held.key())
                        .with("type", held.kind().name().toLowerCase(Locale.ROOT))
                        .with("value", ExactValue.written(held.value()));
        held.ttl().ifPresent(ttl -> document.with("ttl", ttl.toNanos() / NANOS));
        return document;
    }

    /// @param bytes JSON when it begins with a brace, else YAML
    /// @throws Problems when it is no such document
    static List<Held> read(byte[] bytes) {
        var parsed =
                bytes.length > 0 && bytes[0] == '{'
                        ? Json.parse(bytes, BOUNDS)
                        : Yaml.parse(bytes, BOUNDS);
        return switch (parsed) {
            case Parsed.Good(Value.Table document)
                    when document.at("format").equals(Text.of(FORMAT))
                            && document.at("entries") instanceof Value.Table entries ->
                    entries(entries);
            case Parsed.Good _ -> throw wrong("it is not what `state export` writes");
            case Parsed.Bad bad -> throw wrong(bad.toString());
        };
    }

    private static List<Held> entries(Value.Table entries) {
        var all = new ArrayList<Held>();
        var keys = new HashSet<String>();
        for (var entry : entries.entries()) {
            if (!(entry.value() instanceof Value.Table fields)
                    || !(fields.at("key") instanceof Text key)) {
                throw wrong("entry %d has no key".formatted(all.size() + 1));
            }
            if (!keys.add(key.toString())) {
                throw wrong("the key '%s' is there twice".formatted(key));
            }
            try {
                all.add(entry(key.toString(), fields));
            } catch (IllegalArgumentException e) {
                throw wrong("'%s': %s".formatted(key, e.getMessage()));
            }
        }
        return all;
    }

    private static Held entry(String key, Value.Table fields) {
        var kind =
                Arrays.stream(Kind.values())
                        .filter(k ->
                                k.name()
                                        .toLowerCase(Locale.ROOT)
                                        .equals(fields.at("type").toString()))
                        .findFirst()
                        .orElseThrow(() ->
                                new IllegalArgumentException(
                                        "the type must be one of value, list, hash, set"));
        var ttl =
                switch (fields.at("ttl")) {
                    case Value.Num(double seconds) when seconds > 0 && seconds < 1e10 ->
                            Optional.of(Duration.ofNanos(Math.round(seconds * NANOS)));
                    case Value.Nil _ -> Optional.<Duration>empty();
                    case Value _ -> throw new IllegalArgumentException("the ttl must be seconds");
                };
        return new Held(key, kind, ExactValue.read(fields.at("value")), ttl);
    }

    private static Problems wrong(String why) {
        return StateProblems.unreadable(
                "cannot import this: " + why,
                "give it a document that `sloth-runner state export` has written; nothing was"
                        + " changed");
    }
}
