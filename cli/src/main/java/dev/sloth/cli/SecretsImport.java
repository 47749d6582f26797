package dev.sloth.cli;

import dev.sloth.api.secret.Secret;
import dev.sloth.api.value.Text;
import dev.sloth.api.value.Value;
import dev.sloth.api.workflow.Problem;
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
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
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
                        List.of(AS),
                        "dotenv|yaml|json",
                        false,
                        List.of("dotenv", "yaml", "json"),
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
            case "json" -> add(values, Json.written(bytes, DocumentBounds.STANDARD));
            case "yaml" -> add(values, Yaml.written(bytes, DocumentBounds.STANDARD));
            default ->
                    DotEnv.read(new String(bytes, StandardCharsets.UTF_8))
                            .forEach((name, value) -> values.put(name, Secret.of(value)));
        }
        return values;
    }

    /// The reader's message says where, and may say what: it is not shown.
    private static void add(Map<String, Secret> values, Parsed parsed) {
        if (!(parsed instanceof Parsed.Good(Value.Table table))) {
            throw unreadable("it is no document of names and values");
        }
        var problems = new ArrayList<Problem>();
        for (var entry : table.entries()) {
            if (!(entry.key() instanceof Text name)) {
                throw unreadable("it is a list, or has a name that is none");
            }
            switch (entry.value()) {
                case Text text -> values.put(name.toString(), Secret.of(text.bytes().clone()));
                case Value.Table _ -> problems.addAll(wrong(name, "is a list or a table"));
                case Value.Bool _ -> problems.addAll(wrong(name, "is null"));
                case Value.Nil _, Value.Num _, Value.Callable _, Value.Handle _ ->
                        throw new IllegalStateException("not written so: " + name);
            }
        }
        if (!problems.isEmpty()) {
            values.values().forEach(Secret::close);
            throw new Problems(problems);
        }
    }

    private static List<Problem> wrong(Text name, String why) {
        return unreadable("the value of '%s' %s".formatted(name, why)).list();
    }

    private static Problems unreadable(String why) {
        return SecretProblems.of(
                "SLOTH-4510",
                "cannot read the secrets: " + why,
                "--as says what kind of file it is; a value is text or stands there as text");
    }
}
