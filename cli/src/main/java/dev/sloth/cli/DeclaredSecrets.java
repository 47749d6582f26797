package dev.sloth.cli;

import dev.sloth.agent.RunSecrets;
import dev.sloth.agent.mask.Mask;
import dev.sloth.api.secret.Secret;
import dev.sloth.api.secret.Secrets;
import dev.sloth.api.workflow.Problem;
import dev.sloth.api.workflow.Problems;
import dev.sloth.api.workflow.RunId;
import dev.sloth.api.workflow.Workflow;
import dev.sloth.cli.config.Config;
import dev.sloth.cli.secret.OpenSecrets;
import dev.sloth.core.security.secret.SecretProblems;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/// Finds the secrets that a workflow declares, before anything of it runs, and what its run was
/// given before.
///
/// What a run is given is kept, encrypted, until the run has ended: a command may go on after the
/// process that started it, and print what it was given long after that was changed at its keeper.
///
/// @param project where files that the workflow names are looked for
record DeclaredSecrets(Given given, Config config, Workflow workflow, Path project) {
    static final String UNKNOWN = "SLOTH-4517";

    /// For a run with which nobody can go on.
    ///
    /// @throws Problems with all that cannot be found
    RunSecrets forOnce() throws InterruptedException {
        if (workflow.secrets().isEmpty()) {
            return RunSecrets.NONE;
        }
        try (var open = open()) {
            return warned(masked(open.all(space(), workflow.secrets())));
        }
    }

    /// For a new run.
    ///
    /// @throws Problems with all that cannot be found
    RunSecrets forNew(RunId run) throws InterruptedException {
        if (workflow.secrets().isEmpty()) {
            return RunSecrets.NONE;
        }
        try (var open = open()) {
            var found = masked(open.all(space(), workflow.secrets()));
            keep(open, run, found);
            return warned(found);
        }
    }

    /// Secrets of others need no key of ours: such a run begins without one, too.
    private void keep(OpenSecrets open, RunId run, RunSecrets found) {
        try {
            open.give(space(), run, found.secrets().hidden());
        } catch (Problems e) {
            warn(
                    "what run %s is given cannot be kept: %s".formatted(run, why(e)),
                    "should it be resumed, what its commands have printed will be withheld");
        }
    }

    /// For a run that goes on: what is there now, while all is hidden that it was ever given.
    ///
    /// @throws Problems with all that cannot be found, or when what it was given cannot be
    ///   decrypted
    RunSecrets forResumed(RunId run) throws InterruptedException {
        if (workflow.secrets().isEmpty()) {
            return RunSecrets.NONE;
        }
        try (var open = open()) {
            var before = given(open, run);
            var now = open.all(space(), workflow.secrets());
            var found = masked(now.and(before.orElse(List.of())));
            if (before.isPresent()) {
                open.give(space(), run, found.secrets().hidden());
                return warned(found);
            }
            tellUnknown(run);
            return warned(found).withoutEarlier();
        }
    }

    private void tellUnknown(RunId run) {
        warn(
                "what run %s was given before is not known".formatted(run),
                "what commands print that run since then is withheld");
    }

    private static Optional<List<Secret>> given(OpenSecrets open, RunId run) {
        try {
            return open.given(run);
        } catch (Problems e) {
            var all = new ArrayList<Problem>();
            all.addAll(
                    SecretProblems.of(
                                    UNKNOWN,
                                    "what run %s was given cannot be decrypted, so that what its commands print could not be hidden"
                                            .formatted(run),
                                    "`sloth-runner runs cancel %s` ends it without".formatted(run))
                            .list());
            all.addAll(e.list());
            throw new Problems(all);
        }
    }

    /// For a run that goes on to be ended: that does not fail for want of a secret, but what needs
    /// it does.
    RunSecrets forEnding(RunId run) throws InterruptedException {
        if (workflow.secrets().isEmpty()) {
            return RunSecrets.NONE;
        }
        try (var open = open()) {
            var before = orNothing(open, run);
            var found = open.found(space(), workflow.secrets());
            var secrets = hiding(found, before.orElse(List.of()));
            secrets.missing()
                    .forEach((name, why) ->
                            given.caller()
                                    .complain(
                                            List.of(
                                                    "warning: the secret '%s' is missing: %s"
                                                            .formatted(name, why),
                                                    "  what needs it to clean up will fail")));
            if (before.isEmpty()) {
                tellUnknown(run);
            }
            return before.isPresent() ? secrets : secrets.withoutEarlier();
        }
    }

    private Optional<List<Secret>> orNothing(OpenSecrets open, RunId run) {
        try {
            return open.given(run);
        } catch (Problems e) {
            given.caller().complain(List.of("warning: " + why(e)));
            return Optional.empty();
        }
    }

    private RunSecrets hiding(OpenSecrets.Found found, List<Secret> before) {
        var missing = new TreeMap<String, String>();
        found.missing().forEach((name, why) -> missing.put(name, why(why)));
        try {
            return masked(found.secrets().and(before.stream().map(Secret::copy).toList()))
                    .without(missing);
        } catch (Problems e) {
            // What was hidden before fits; it goes without the values of now.
            found.secrets().names().forEach(name -> missing.put(name, why(e)));
            return masked(new Secrets(Map.of(), before)).without(missing);
        }
    }

    private static String why(Problems problems) {
        var first = problems.list().getFirst();
        return "%s [%s]".formatted(first.message(), first.code());
    }

    private OpenSecrets open() {
        return Wiring.secrets(given.caller(), config, project);
    }

    private String space() {
        return config.secrets().namespace();
    }

    private RunSecrets warned(RunSecrets found) {
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

    private void warn(String message, String more) {
        given.caller()
                .complain(List.of("warning: %s [%s]".formatted(message, UNKNOWN), "  " + more));
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
