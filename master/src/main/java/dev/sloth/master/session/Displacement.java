package dev.sloth.master.session;

import dev.sloth.api.workflow.Problem;
import dev.sloth.api.workflow.Span;
import dev.sloth.core.store.cluster.SessionRow;

/// That an agent has begun another session. An agent that comes back, or was started again, has
/// given up the one before, and nobody reads any more what is said there; whoever still answers
/// there is another process, such as one with a copy of the folder.
///
/// @param agent its name
/// @param over what the older session is told when nobody answers there
/// @param twice what is told when somebody does
public record Displacement(String agent, Problem over, Problem twice) {
    private static final String CODE = "SLOTH-4722";

    static Displacement of(String agent, SessionRow older, SessionRow newer) {
        return new Displacement(agent, over(agent), twice(agent, older, newer));
    }

    private static Problem over(String agent) {
        return new Problem(
                CODE,
                "the agent '%s' has begun another session".formatted(agent),
                Span.NOWHERE,
                "run one `sloth-runner agent start` for each agent; two machines must not share a"
                        + " copy of its folder");
    }

    private static Problem twice(String agent, SessionRow older, SessionRow newer) {
        return new Problem(
                CODE,
                "the agent '%s' runs twice: %s was here still when %s took its place"
                        .formatted(agent, place(older), place(newer)),
                Span.NOWHERE,
                "so it is when its folder was copied: empty the copy and have that machine join"
                        + " with a token of its own (`sloth-runner agent token create`); when you"
                        + " made none, somebody has its key: `sloth-runner agent revoke %s`"
                                .formatted(agent));
    }

    private static String place(SessionRow session) {
        return "%s (%s)".formatted(session.address(), session.host());
    }
}
