package dev.sloth.cli;

import dev.sloth.cli.view.Format;
import dev.sloth.wire.CredentialsFile;
import dev.sloth.wire.Keys;
import java.security.SecureRandom;
import java.time.Duration;

/// `access create`: lets somebody call.
final class AccessCreate implements Command {
    private static final String TTL = "--ttl";
    private static final String FILE = "--file";
    private static final Duration TTL_DEFAULT = Duration.ofDays(30);

    @Override
    public Spec spec() {
        var spec =
                AgentFamily.child(
                        "create",
                        "Makes credentials for somebody, and shows them.",
                        "",
                        "They are shown this once; nobody keeps them. The key is made here and"
                                + " never sent. Whoever has them is that somebody: keep them in a"
                                + " file that nobody else may read, which --file does.");
        spec.addOption(AccessFamily.role("What they may do; viewer unless said."));
        spec.addOption(Specs.text("DURATION", "How long they hold; 30d unless said.", TTL));
        spec.addOption(Specs.text("FILE", "Where to write them, for nobody else to read.", FILE));
        spec.addPositional(Specs.positionals("NAME", 1, 1, AccessFamily.NAME));
        return spec;
    }

    @Override
    public int run(Given given) {
        var format = given.documentFormat();
        var ttl = ClusterWords.time(given, TTL, TTL_DEFAULT);
        var caller = given.caller();
        try (var administration = AgentFamily.open(given)) {
            var made =
                    administration.createAccess(
                            given.positionals().getFirst(),
                            given.text(AccessFamily.ROLE, "viewer"),
                            ttl,
                            Keys.make(new SecureRandom()));
            var text = CredentialsFile.text(made.credentials());
            var document = AccessFamily.document(made.access());
            if (given.has(FILE)) {
                var file = caller.folder().resolve(given.text(FILE, ""));
                new CredentialsFile(file).write(made.credentials());
                text = "wrote " + file + "\n";
                document = document.with("file", file.toString());
            } else {
                document = document.with("credentials", text);
            }
            caller.out().print(format == Format.TEXT ? text : document.as(format));
        }
        return Exit.OK;
    }
}
