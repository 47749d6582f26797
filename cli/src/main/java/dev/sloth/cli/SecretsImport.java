package dev.sloth.cli;

import dev.sloth.api.secret.Secret;
import dev.sloth.api.value.Text;
import dev.sloth.api.value.Value;
import dev.sloth.api.workflow.Problems;
import dev.sloth.cli.secret.DotEnv;
import dev.sloth.cli.view.Document;
import dev.sloth.cli.view.Format;
import dev.sloth.core.security.secret.SecretProblems;
import dev.sloth.plugins.data.DocumentBounds;
import dev.sloth.plugins.data.Json;
import dev.sloth.plugins.data.Parsed;
import dev.sloth.plugins.data.Yaml;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;

/// `secrets import`: keeps all secrets of a file.
final class SecretsImport implements Command {
    private static final String AS = "--as";
    private static final String STANDARD_INPUT = "-";

    @Override
    public Spec spec() {
        var spec =
                SecretsFamily.child(
                        "import",
                        "Keeps all secrets of a file, or none of them: lines NAME=value, or a YAML"
                                + " or JSON document with names and values.");
        spec.addPositional(
                Specs.positionals("FILE", 1, 1, "The file; `-` for the standard input."));
        spec.addOption(
                new Spec.Opt(
                        java.util.List.of(AS),
                        "dotenv|yaml|json",
                        false,
                        java.util.List.of("dotenv", "yaml", "json"),
                        "What the file is; by the end of its name unless said."));
        return spec;
    }

    @Override
    public int run(Given given) {
        var format = given.documentFormat();
        var word = given.positionals().getFirst();
        int most = DocumentBounds.STANDARD.bytes();
        byte[] bytes =
                word.equals(STANDARD_INPUT)
                        ? SecretsSet.read(given.caller().in(), most)
                        : SecretsSet.file(given, word, most);
        if (bytes.length > most) {
            throw unreadable("it has more than " + Sizes.text(most));
        }
        var values = values(given.text(AS, kind(word)), bytes);
        try (var secrets = SecretsFamily.open(given)) {
            var _ = secrets.vault().setAll(SecretsFamily.space(given), values);
        }
        values.values().forEach(Secret::close);
        if (format == Format.TEXT) {
            given.caller().print("imported " + values.size());
        } else {
            given.caller().out().print(new Document().with("imported", values.size()).as(format));
        }
        return Exit.OK;
    }

    private static String kind(String word) {
        if (word.endsWith(".json")) {
            return "json";
        }
        return word.endsWith(".yaml") || word.endsWith(".yml") ? "yaml" : "dotenv";
    }

    private static Map<String, Secret> values(String kind, byte[] bytes) {
        var values = new LinkedHashMap<String, Secret>();
        switch (kind) {
            case "json" -> add(values, Json.parse(bytes, DocumentBounds.STANDARD));
            case "yaml" -> add(values, Yaml.parse(bytes, DocumentBounds.STANDARD));
            default ->
                    DotEnv.read(new String(bytes, StandardCharsets.UTF_8))
                            .forEach((name, value) -> values.put(name, Secret.of(value)));
        }
        return values;
    }

    /// The reader's message says where, and may say what: it is not shown.
    private static void add(Map<String, Secret> values, Parsed parsed) {
        switch (parsed) {
            case Parsed.Good(Value.Table table) -> {
                for (var entry : table.entries()) {
                    if (!(entry.key() instanceof Text name)) {
                        throw unreadable("it is a list, not names and values");
                    }
                    values.put(name.toString(), Secret.of(text(entry).bytes()));
                }
            }
            case Parsed.Good _, Parsed.Bad _ ->
                    throw unreadable("it is no document of names and values");
        }
    }

    private static Text text(Value.Entry entry) {
        return switch (entry.value()) {
            case Text text -> Text.ofBytes(text.bytes().clone());
            case Value.Num number when number.whole() ->
                    Text.of(Long.toString((long) number.value()));
            case Value.Num number -> Text.of(Double.toString(number.value()));
            case Value.Bool bool -> Text.of(Boolean.toString(bool.truthy()));
            case Value.Nil _, Value.Table _, Value.Callable _, Value.Handle _ ->
                    throw unreadable(
                            "the value of '%s' is neither text nor a number"
                                    .formatted(entry.key()));
        };
    }

    private static Problems unreadable(String why) {
        return SecretProblems.of(
                "SLOTH-4510",
                "cannot read the secrets: " + why,
                "--as says what kind of file it is; lists and tables cannot be values");
    }
}
