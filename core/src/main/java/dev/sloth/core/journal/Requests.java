package dev.sloth.core.journal;

import dev.sloth.api.workflow.AttemptId;
import dev.sloth.api.workflow.RunId;
import dev.sloth.core.run.Ruling;
import dev.sloth.core.run.RunEvent;
import dev.sloth.core.run.RunInput;
import dev.sloth.core.store.RequestStore.Request;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// What others ask of a run's owner, as the body of a [Request] and back.
public final class Requests {
    private Requests() {}

    /// The body of a decision, written as the event that it will become.
    public static String decision(AttemptId id, Ruling ruling, String by, Instant at) {
        var event = new RunEvent.AttemptDecided(at, id, ruling, by);
        var body = ChapterFormat.write(id.run(), List.of(event), nothing());
        return new String(body, StandardCharsets.UTF_8);
    }

    /// What a request means to the engine.
    ///
    /// @throws dev.sloth.core.store.StoreFailure `DAMAGED` when its body is not what was written
    public static RunInput read(RunId run, Request request, Instant now) {
        return switch (request.kind()) {
            case CANCEL -> new RunInput.CancelAsked(now, request.body());
            case DECIDE -> decided(run, request, now);
        };
    }

    private static RunInput decided(RunId run, Request request, Instant now) {
        var what = "request %d to run %s".formatted(request.number(), run);
        var events = new ArrayList<RunEvent>();
        ChapterFormat.read(
                what, request.body().getBytes(StandardCharsets.UTF_8), nothing(), events::add);
        if (events.size() == 1 && events.getFirst() instanceof RunEvent.AttemptDecided e) {
            return new RunInput.Decided(now, e.id(), e.ruling(), e.by());
        }
        throw Damage.found(what + " is no decision");
    }

    /// Decisions speak of no contents.
    private static Submissions nothing() {
        return new Submissions(_ -> Optional.empty());
    }
}
