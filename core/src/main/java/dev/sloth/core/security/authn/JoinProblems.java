package dev.sloth.core.security.authn;

import dev.sloth.api.workflow.Problem;
import dev.sloth.api.workflow.Problems;
import dev.sloth.api.workflow.Span;
import dev.sloth.api.workflow.TimeText;
import dev.sloth.core.store.cluster.AgentRow;
import dev.sloth.core.store.cluster.AgentStanding;
import java.time.Duration;
import java.time.Instant;

/// Why somebody is no agent, or no token holds.
public final class JoinProblems {
    public static final String REVOKED = "SLOTH-4711";
    public static final String UNKNOWN = "SLOTH-4712";

    private static final String ANOTHER =
            "ask for another one: `sloth-runner agent token create` on the master";

    private JoinProblems() {}

    static Problems tokenUnknown() {
        return of("SLOTH-4704", "this master knows no such join token", ANOTHER);
    }

    static Problems tokenExpired(String id, Instant at) {
        return of(
                "SLOTH-4705",
                "the join token %s expired at %s".formatted(id, TimeText.of(at)),
                ANOTHER);
    }

    static Problems tokenUsedUp(String id, int uses) {
        return of(
                "SLOTH-4706",
                uses == 1
                        ? "the join token %s was used already".formatted(id)
                        : "the join token %s was used %d times already".formatted(id, uses),
                ANOTHER);
    }

    static Problems tokenRevoked(String id) {
        return of("SLOTH-4707", "the join token %s was revoked".formatted(id), ANOTHER);
    }

    static Problems nameTaken(String name) {
        return of(
                "SLOTH-4708",
                "there is an agent '%s' already".formatted(name),
                "choose another name with --name, or `sloth-runner agent revoke %s` first"
                        .formatted(name));
    }

    static Problems tooOften(int refused, Duration wait) {
        return of(
                "SLOTH-4728",
                "this address was refused %d joins within a minute".formatted(refused),
                "try again in %d s, with a token that holds".formatted(wait.toSeconds() + 1));
    }

    /// Why an agent that is refused for ever is.
    static Problem over(AgentRow row) {
        return new Problem(
                REVOKED,
                "the agent '%s' was %s"
                        .formatted(
                                row.name(),
                                row.standing() == AgentStanding.REMOVED ? "removed" : "revoked"),
                Span.NOWHERE,
                "to take this machine in again, empty the agent's folder and join with a new"
                        + " token");
    }

    static Problem unknown() {
        return new Problem(
                UNKNOWN,
                "this master knows no agent of that certificate",
                Span.NOWHERE,
                "join with a token of this master");
    }

    static Problems malformed(String what, String rule) {
        return of("SLOTH-4718", what, rule);
    }

    static Problems noAgent(String name) {
        return of(
                "SLOTH-4720",
                "there is no agent '%s'".formatted(name),
                "`sloth-runner agent list` shows those there are");
    }

    static Problems noToken(String id) {
        return of(
                "SLOTH-4721",
                "there is no join token '%s'".formatted(id),
                "`sloth-runner agent token list` shows those there are");
    }

    private static Problems of(String code, String cause, String remedy) {
        return new Problems(new Problem(code, cause, Span.NOWHERE, remedy));
    }
}
