package dev.sloth.core.security.authz;

import dev.sloth.api.workflow.Problem;
import dev.sloth.api.workflow.Problems;
import dev.sloth.api.workflow.Span;
import dev.sloth.api.workflow.TimeText;
import java.time.Instant;

/// Why somebody may not call, or cannot be given access.
final class AccessProblems {
    private static final String ANOTHER =
            "an admin makes others: `sloth-runner access create NAME --role ROLE`";

    private AccessProblems() {}

    static Problems nobody(String name) {
        return of(
                "SLOTH-4730",
                "nobody called '%s' has access".formatted(name),
                "`sloth-runner access list` shows who has");
    }

    static Problems taken(String name) {
        return of(
                "SLOTH-4731",
                "'%s' has access already".formatted(name),
                "choose another name, or `sloth-runner access revoke %s` first".formatted(name));
    }

    static Problem revoked(String name) {
        return problem("SLOTH-4732", "the access of '%s' was revoked".formatted(name), ANOTHER);
    }

    static Problem expired(String name, Instant at) {
        return problem(
                "SLOTH-4733",
                "the access of '%s' ended at %s".formatted(name, TimeText.of(at)),
                ANOTHER);
    }

    static Problem unknown() {
        return problem("SLOTH-4735", "this master knows nobody with that certificate", ANOTHER);
    }

    static Problems malformed(String what, String rule) {
        return of("SLOTH-4718", what, rule);
    }

    private static Problem problem(String code, String cause, String remedy) {
        return new Problem(code, cause, Span.NOWHERE, remedy);
    }

    private static Problems of(String code, String cause, String remedy) {
        return new Problems(problem(code, cause, remedy));
    }
}
