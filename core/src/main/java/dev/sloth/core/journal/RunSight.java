package dev.sloth.core.journal;

import dev.sloth.core.run.RunEvent;
import dev.sloth.core.store.Content;
import dev.sloth.core.store.PageStore.KeptPage;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/// What happened in runs, for those who follow many of them: page by page, without what was
/// submitted, which may be large.
public final class RunSight {
    private final Function<String, Optional<Content>> stored;

    /// @param stored finds contents by their SHA-256
    public RunSight(Function<String, Optional<Content>> stored) {
        this.stored = stored;
    }

    /// One thing that happened.
    public sealed interface Seen {
        /// A run was submitted.
        record Submitted(Instant at) implements Seen {}

        record Happened(RunEvent event) implements Seen {}
    }

    /// The events of a page, in their order.
    ///
    /// @throws dev.sloth.core.store.StoreFailure `DAMAGED` when they are not what was written
    public List<Seen> of(KeptPage page) {
        var what = "the journal of run %s from event %d".formatted(page.run(), page.page().first());
        var seen = new ArrayList<Seen>();
        ChapterFormat.glance(what, page.page().body(), new Submissions(stored), seen::add);
        return seen;
    }
}
