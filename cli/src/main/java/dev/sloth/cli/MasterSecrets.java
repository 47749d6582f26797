package dev.sloth.cli;

import dev.sloth.api.secret.Secret;
import dev.sloth.api.secret.Secrets;
import dev.sloth.api.workflow.Problems;
import dev.sloth.api.workflow.RunId;
import dev.sloth.api.workflow.Workflow;
import dev.sloth.cli.config.Config;
import dev.sloth.cli.secret.OpenSecrets;
import dev.sloth.core.security.secret.SecretProblems;
import dev.sloth.core.store.Store;
import dev.sloth.master.run.WorkflowSecrets;
import java.nio.file.Path;
import java.util.List;

/// The secrets of the runs of a master: those of the home folder, and in the folder of the master
/// what its runs were given.
///
/// @param data the folder of the master
/// @param store the master's
record MasterSecrets(Caller caller, Config config, Path data, Store store)
        implements WorkflowSecrets {
    @Override
    public Secrets begin(RunId run, Workflow workflow) throws InterruptedException {
        if (workflow.secrets().isEmpty()) {
            return Secrets.NONE;
        }
        var found = all(workflow);
        boolean kept = false;
        try (var given = given()) {
            given.give(space(), run, found.hidden());
            kept = true;
            return found;
        } finally {
            if (!kept) {
                found.close();
            }
        }
    }

    @Override
    public Secrets goOn(RunId run, Workflow workflow, boolean ending) throws InterruptedException {
        if (workflow.secrets().isEmpty()) {
            return Secrets.NONE;
        }
        try (var given = given()) {
            var before = ending ? orNothing(given, run) : before(given, run);
            var hiding = (ending ? found(workflow) : all(workflow)).and(before);
            if (!ending) {
                given.give(space(), run, hiding.hidden());
            }
            return hiding;
        }
    }

    private static List<Secret> before(OpenSecrets given, RunId run) {
        return given.given(run)
                .orElseThrow(() ->
                        SecretProblems.of(
                                DeclaredSecrets.UNKNOWN,
                                "what run %s was given is not known, so that what its commands print could not be hidden"
                                        .formatted(run),
                                "bring `secrets.db` back into the folder of the master"));
    }

    /// A run can be cancelled whatever was lost: agents hide what they were given themselves.
    private static List<Secret> orNothing(OpenSecrets given, RunId run) {
        try {
            return given.given(run).orElse(List.of());
        } catch (Problems _) {
            return List.of();
        }
    }

    private Secrets all(Workflow workflow) throws InterruptedException {
        try (var open = Wiring.secrets(caller, config, data)) {
            return open.all(space(), workflow.secrets());
        }
    }

    private Secrets found(Workflow workflow) throws InterruptedException {
        try (var open = Wiring.secrets(caller, config, data)) {
            return open.found(space(), workflow.secrets()).secrets();
        }
    }

    private OpenSecrets given() {
        return Wiring.secrets(caller.at(data), config, data);
    }

    private String space() {
        return config.secrets().namespace();
    }

    @Override
    public void rests(RunId run) {
        GivenSecrets.of(store).ended(run);
    }
}
