package dev.sloth.store.sql;

import dev.sloth.api.workflow.AttemptId;
import dev.sloth.core.store.Claim;

/// A claim speaks for the attempts of its own run only.
final class Owned {
    private Owned() {}

    static void check(Claim claim, AttemptId id) {
        if (!claim.run().equals(id.run())) {
            throw new IllegalArgumentException(
                    "a claim to run %s says nothing about attempt %s".formatted(claim.run(), id));
        }
    }
}
