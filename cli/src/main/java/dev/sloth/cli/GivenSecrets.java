package dev.sloth.cli;

import dev.sloth.api.workflow.RunId;
import dev.sloth.core.store.RunStore;
import dev.sloth.core.store.Store;
import dev.sloth.core.store.StoreFailure;
import dev.sloth.core.store.secret.GivenRow;
import dev.sloth.core.store.secret.SecretStore;
import java.time.Duration;
import java.time.Instant;

/// Forgets what runs were given once they have ended. That needs no key.
record GivenSecrets(SecretStore secrets, RunStore runs) {
    /// How long before its submission a run may be given its secrets.
    private static final Duration SUBMISSION_MAX = Duration.ofHours(1);

    private static final System.Logger LOG = System.getLogger(GivenSecrets.class.getName());

    static GivenSecrets of(Store store) {
        return new GivenSecrets(store.secrets(), store.runs());
    }

    /// After a run was driven, which may go on elsewhere. What cannot be forgotten now goes with
    /// the next [#sweep].
    void ended(RunId run) {
        try {
            if (isEnded(run)) {
                remove(run);
            }
        } catch (StoreFailure e) {
            LOG.log(System.Logger.Level.DEBUG, "what run " + run + " was given remains", e);
        }
    }

    void remove(RunId run) {
        if (isKept(run)) {
            boolean _ =
                    secrets.write(tables -> {
                        tables.removeGiven(run.text());
                        return true;
                    });
        }
    }

    private boolean isKept(RunId run) {
        return secrets.begun() && secrets.read(tables -> tables.given(run.text())).isPresent();
    }

    /// Of all runs that have ended, or never came to be.
    void sweep(Instant now) {
        if (secrets.begun()) {
            secrets.read(tables -> tables.given()).stream()
                    .filter(row -> isOver(row, now))
                    .forEach(row -> remove(new RunId(row.run())));
        }
    }

    private boolean isOver(GivenRow row, Instant now) {
        var run = new RunId(row.run());
        return isEnded(run)
                || (runs.find(run).isEmpty() && row.at().plus(SUBMISSION_MAX).isBefore(now));
    }

    private boolean isEnded(RunId run) {
        return runs.find(run).filter(row -> row.progress().ended()).isPresent();
    }
}
