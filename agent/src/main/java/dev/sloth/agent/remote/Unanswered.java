package dev.sloth.agent.remote;

import dev.sloth.api.workflow.Problem;
import java.time.Duration;

/// Nobody has answered for as long as there was patience. The message says what it was that the
/// last try met.
final class Unanswered extends RuntimeException {
    private static final long serialVersionUID = 1L;

    Unanswered(Problem last, Duration patience) {
        super(
                "%s: no answer within %d s; a change may be done or not (%s)"
                        .formatted(last.message(), patience.toSeconds(), last.code()));
    }
}
