package dev.sloth.cli;

import dev.sloth.cli.secret.MasterKeys;
import dev.sloth.cli.view.Document;
import dev.sloth.cli.view.Format;
import dev.sloth.core.security.secret.HighMark;

/// `secrets rotate`: changes keys.
final class SecretsRotate implements Command {
    private static final String KEY_FILE = "--new-key-file";
    private static final String PASSPHRASE_FILE = "--new-passphrase-file";

    @Override
    public Spec spec() {
        var spec =
                SecretsFamily.child(
                        "rotate",
                        "Gives a namespace a new key and encrypts all its values anew.",
                        "",
                        "With --new-key-file or --new-passphrase-file, changes the master key"
                                + " instead, which holds for all namespaces: afterwards point"
                                + " secrets.key_file, or "
                                + MasterKeys.PASSPHRASE_FILE
                                + ", at the file.");
        spec.addOption(
                Specs.text("FILE", "The file of the new master key, made if not there.", KEY_FILE));
        spec.addOption(
                Specs.text(
                        "FILE", "A file with the passphrase that is to be it.", PASSPHRASE_FILE));
        return spec;
    }

    @Override
    public int run(Given given) {
        var format = given.documentFormat();
        if (given.has(KEY_FILE) && given.has(PASSPHRASE_FILE)) {
            throw StateFamily.wrong(
                    "there can be but one new master key", "leave one of the two files out");
        }
        boolean master = given.has(KEY_FILE) || given.has(PASSPHRASE_FILE);
        int count;
        try (var secrets = SecretsFamily.open(given)) {
            var keys = Wiring.masterKeys(given.caller(), given.layers().config());
            if (given.has(KEY_FILE)) {
                var file = given.text(KEY_FILE, "");
                var mark = keys.mark(file, given.caller().home());
                count = secrets.vault().rewrap(keys.keyFile(file), mark);
            } else if (given.has(PASSPHRASE_FILE)) {
                count =
                        secrets.vault()
                                .rewrap(
                                        keys.passphraseFile(given.text(PASSPHRASE_FILE, "")),
                                        HighMark.NONE);
            } else {
                count = secrets.vault().rotate(SecretsFamily.space(given));
            }
        }
        tell(given, format, master, count);
        return Exit.OK;
    }

    private static void tell(Given given, Format format, boolean master, int count) {
        if (format == Format.TEXT) {
            given.caller()
                    .print(
                            master
                                    ? "the master key is a new one"
                                    : "encrypted %d values with a new key".formatted(count));
        } else {
            given.caller()
                    .out()
                    .print(
                            new Document()
                                    .with("rotated", master ? "master key" : "namespace key")
                                    .with("values", master ? 0 : count)
                                    .as(format));
        }
    }
}
