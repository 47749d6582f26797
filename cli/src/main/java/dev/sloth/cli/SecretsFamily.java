package dev.sloth.cli;

import dev.sloth.cli.secret.MasterKeys;
import dev.sloth.cli.secret.OpenSecrets;
import java.util.List;
import java.util.Optional;

/// `secrets`: keeps secrets for workflows.
final class SecretsFamily implements Command {
    static final String NAMESPACE = "--namespace";
    static final String VERSION = "--version";

    @Override
    public Spec spec() {
        return Specs.command(
                "secrets",
                "Keeps secrets, encrypted, for the workflows that declare them.",
                "",
                "Their key is %s, comes of %s, or stands in a file that is made at first use; the"
                                .formatted(MasterKeys.KEY, MasterKeys.PASSPHRASE)
                        + " setting secrets.namespace says which namespace is meant unless"
                        + " --namespace does.",
                "",
                "For example: `sloth-runner secrets set api_token < token.txt`, then secrets ="
                        + " {\"api_token\"} in a workflow.");
    }

    @Override
    public int run(Given given) {
        throw StateFamily.wrong("say what to do", "try `secrets list`");
    }

    @Override
    public List<Command> children() {
        return List.of(
                new SecretsSet(),
                new SecretsGet(),
                new SecretsList(),
                new SecretsRemove(),
                new SecretsRotate(),
                new SecretsImport(),
                new SecretsCheck());
    }

    // ---- what the commands below have in common

    static Spec child(String name, String... description) {
        var spec = Specs.command(name, description);
        spec.addOption(
                Specs.text("NAME", "The namespace; that of the settings unless said.", NAMESPACE));
        spec.addOption(Specs.format("text", "json", "yaml"));
        return spec;
    }

    static String space(Given given) {
        return given.text(NAMESPACE, given.layers().config().secrets().namespace());
    }

    /// To be closed.
    static OpenSecrets open(Given given) {
        return Wiring.secrets(given.caller(), given.layers().config(), given.caller().folder());
    }

    static Optional<Long> version(Given given) {
        if (!given.has(VERSION)) {
            return Optional.empty();
        }
        var word = given.text(VERSION, "");
        if (!word.matches("[0-9]{1,18}")) {
            throw StateFamily.wrong(
                    "--version cannot be '" + word + "'",
                    "it is a number that `secrets list` shows, or a smaller one");
        }
        return Optional.of(Long.valueOf(word));
    }
}
