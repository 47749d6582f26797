package dev.sloth.core.journal;

import dev.sloth.core.run.RunEvent;
import dev.sloth.core.store.Chapter;
import dev.sloth.core.store.Content;
import dev.sloth.core.store.Progress;
import dev.sloth.core.store.RunStore;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/// A store with a run in it that was read from a file.
final class RecordedRun {
    private static final Progress UNKNOWN =
            new Progress("running", false, "", Instant.EPOCH, 0, 0, 0, 0);

    private final KeptRun store = new KeptRun();
    private long next = 1;

    Map<String, Content> contents() {
        return store.contents;
    }

    void chapter(byte[] body) {
        int[] events = {0};
        var submissions = new Submissions(store::content);
        ChapterFormat.read("a line", body, submissions, _ -> events[0]++);
        store.chapters.add(
                new Chapter(
                        next, events[0], body, UNKNOWN, List.of(), List.of(), List.of(),
                        List.of()));
        next += events[0];
    }

    void snapshot(long events, byte[] body) {
        store.snapshots.add(new RunStore.Snapshot(events, body));
    }

    void each(Consumer<RunEvent> sink) {
        history().events(1, (_, event) -> sink.accept(event));
    }

    RunHistory history() {
        return new RunHistory(store, RunSamples.RUN);
    }
}
