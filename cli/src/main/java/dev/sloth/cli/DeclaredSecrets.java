package dev.sloth.cli;

import dev.sloth.agent.RunSecrets;
import dev.sloth.agent.mask.Mask;
import dev.sloth.api.secret.Secrets;
import dev.sloth.api.workflow.Workflow;
import dev.sloth.cli.config.Config;
import dev.sloth.core.security.secret.SecretProblems;
import java.nio.file.Path;
import java.util.List;

/// Finds the secrets that a workflow declares, before anything of it runs.
final class DeclaredSecrets {
    private DeclaredSecrets() {}

    /// @param project where files that the workflow names are looked for
    /// @throws dev.sloth.api.workflow.Problems with all that cannot be found
    static RunSecrets find(Given given, Config config, Workflow workflow, Path project)
            throws InterruptedException {
        if (workflow.secrets().isEmpty()) {
            return RunSecrets.NONE;
        }
        try (var open = Wiring.secrets(given.caller(), config, project)) {
            var found = masked(open.all(config.secrets().namespace(), workflow.secrets()));
            for (var name : found.unmasked()) {
                given.caller()
                        .complain(
                                List.of(
                                        "warning: the secret '%s' is shorter than %d bytes and is not masked [SLOTH-4512]"
                                                .formatted(name, Mask.LENGTH_MIN),
                                        "  what is so short would be found everywhere; take a longer one"));
            }
            return found;
        }
    }

    private static RunSecrets masked(Secrets secrets) {
        try {
            return RunSecrets.of(secrets);
        } catch (IllegalArgumentException e) {
            secrets.close();
            throw SecretProblems.of(
                    "SLOTH-4513",
                    "the secrets of this workflow cannot be hidden: " + e.getMessage(),
                    "declare fewer of them, or keep long ones encrypted in files with a short key");
        }
    }
}
