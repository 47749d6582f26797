package dev.sloth.master.rpc;

import dev.sloth.api.workflow.RunId;
import dev.sloth.core.journal.Requests;
import dev.sloth.core.run.RunInput;
import dev.sloth.core.store.RequestStore.Request;
import dev.sloth.core.store.Store;
import dev.sloth.core.store.StoreFailure;
import dev.sloth.master.afar.OutputMessages;
import dev.sloth.master.afar.RunMessages;
import dev.sloth.master.afar.RunProblems;
import dev.sloth.wire.proto.RunRequest;
import java.time.Instant;
import java.time.InstantSource;

/// Puts down what people ask of runs. Who they are is what their certificate says, whatever they
/// say themselves.
final class RunRequests {
    private final Store store;
    private final InstantSource time;

    RunRequests(Store store, InstantSource time) {
        this.store = store;
        this.time = time;
    }

    /// False when there is no such run, or it has ended.
    boolean ask(RunRequest asked, String by) {
        var run = RunMessages.run(asked.getRun());
        var kind =
                OutputMessages.kind(asked.getKind())
                        .orElseThrow(
                                () -> RunProblems.noQuestion("it does not say what is asked for"));
        var now = time.instant();
        var body =
                switch (kind) {
                    case CANCEL -> "cancelled by " + by;
                    case DECIDE -> decision(run, asked.getBody(), by, now);
                };
        return store.requests().ask(run, kind, body, by, now);
    }

    private static String decision(RunId run, String body, String by, Instant now) {
        var decided = decided(run, new Request(0, Request.Kind.DECIDE, body, by, now));
        if (!decided.id().run().equals(run)) {
            throw RunProblems.noQuestion("the decision is about another run");
        }
        return Requests.decision(decided.id(), decided.ruling(), by, now);
    }

    private static RunInput.Decided decided(RunId run, Request request) {
        try {
            if (Requests.read(run, request, request.at()) instanceof RunInput.Decided decided) {
                return decided;
            }
        } catch (StoreFailure e) {
            throw refused(e);
        }
        throw RunProblems.noQuestion("what is asked for is no decision");
    }

    private static RuntimeException refused(StoreFailure cause) {
        var refused = RunProblems.noQuestion("what is asked for is no decision");
        refused.initCause(cause);
        return refused;
    }
}
