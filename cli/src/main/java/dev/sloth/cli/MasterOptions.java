package dev.sloth.cli;

import dev.sloth.api.workflow.TimeText;
import dev.sloth.wire.Credentials;
import dev.sloth.wire.CredentialsFile;
import dev.sloth.wire.MasterAddress;
import dev.sloth.wire.Protocol;
import dev.sloth.wire.WireProblems;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;

/// Which master a command asks, and as whom.
final class MasterOptions {
    static final String MASTER = "--master";
    static final String CREDENTIALS = "--credentials";

    private MasterOptions() {}

    /// For commands that are for masters only.
    static void add(Spec spec) {
        add(spec, "The master; localhost:%d unless said.".formatted(Protocol.PORT));
    }

    /// For commands that are about this machine unless a master is named.
    static void addChoice(Spec spec) {
        add(spec, "The runs of this master, instead of those that are kept here.");
    }

    /// @param master what naming one means
    static void add(Spec spec, String master) {
        spec.addOption(Specs.text("HOST:PORT", master, MASTER));
        spec.addOption(
                Specs.text(
                        "FILE",
                        "The credentials to call with; the admin's of a master in the home"
                                + " folder unless said.",
                        CREDENTIALS));
    }

    /// Whether a master is named.
    ///
    /// @throws dev.sloth.api.workflow.Problems when only credentials are
    static boolean chosen(Given given) {
        if (given.has(CREDENTIALS) && !given.has(MASTER)) {
            throw StateFamily.wrong(
                    "%s goes with %s only".formatted(CREDENTIALS, MASTER),
                    "say which master is meant: %s HOST:PORT".formatted(MASTER));
        }
        return given.has(MASTER);
    }

    static MasterAddress address(Given given) {
        return MasterAddress.of(given.text(MASTER, "localhost"));
    }

    static Credentials credentials(Given given) {
        var caller = given.caller();
        Path file =
                given.has(CREDENTIALS)
                        ? caller.folder().resolve(given.text(CREDENTIALS, ""))
                        : MasterCommand.folder(caller).resolve("admin.pem");
        var own =
                new CredentialsFile(file)
                        .credentials()
                        .orElseThrow(() ->
                                WireProblems.of(
                                        WireProblems.UNUSABLE_FILE,
                                        "there are no credentials at " + file,
                                        "the master made the admin's at its first start and"
                                                + " said where, and `access create` makes others:"
                                                + " name a file with --credentials"));
        if (!own.until().isAfter(InstantSource.system().instant())) {
            throw WireProblems.of(
                    "SLOTH-4733",
                    "the credentials in %s ended at %s".formatted(file, TimeText.of(own.until())),
                    "have an admin make others: `sloth-runner access create`");
        }
        return own;
    }

    /// The same options for another command line, with a space before; empty when there are none.
    static String again(Given given) {
        var words = new StringBuilder();
        for (var option : List.of(MASTER, CREDENTIALS)) {
            if (given.has(option)) {
                words.append(' ').append(option).append(' ');
                words.append(RunsList.quoted(given.text(option, "")));
            }
        }
        return words.toString();
    }

    /// From where a run is named that is kept here, or by the master that is chosen.
    static Vantage vantage(Given given) {
        return chosen(given) ? new Vantage(true, again(given)) : Vantage.OWN;
    }
}
