package dev.sloth.core.journal;

import dev.sloth.api.workflow.RunId;
import dev.sloth.codec.Documents;
import dev.sloth.codec.Json;
import dev.sloth.codec.Pen;
import dev.sloth.codec.Section;
import dev.sloth.core.run.RunEvent;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/// The events of one step as one document: `run`, then `events`.
final class ChapterFormat {
    /// Longer chapters are compressed: they are few, and say much the same over and over.
    static final int PLAIN_EVENTS_MAX = 64;

    private ChapterFormat() {}

    static byte[] write(RunId run, List<RunEvent> events, Submissions submissions) {
        var format = new EventFormat(run, submissions);
        Consumer<Pen> sections =
                pen -> {
                    pen.text("run", run.text());
                    pen.name("events");
                    pen.items(events, event -> format.write(pen, event));
                };
        return events.size() > PLAIN_EVENTS_MAX
                ? Documents.large(sections)
                : Documents.small(sections);
    }

    /// Gives the events one by one, before it is known for sure that the rest is undamaged.
    static void read(String what, byte[] body, Submissions submissions, Consumer<RunEvent> sink) {
        read(what, body, submissions, (format, json) -> sink.accept(format.read(json)));
    }

    /// As above, for those who only look at what happened.
    static void glance(
            String what, byte[] body, Submissions submissions, Consumer<RunSight.Seen> sink) {
        read(what, body, submissions, (format, json) -> sink.accept(format.glance(json)));
    }

    private static void read(String what, byte[] body, Submissions submissions, EventSink sink) {
        var sections = new Sections(submissions, sink);
        var complete =
                Damage.unless(
                        what,
                        () -> {
                            Documents.read(body, sections);
                            return sections.complete;
                        });
        if (!complete) {
            throw Damage.found(what + " has no events");
        }
    }

    @FunctionalInterface
    private interface EventSink {
        void event(EventFormat format, Json json);
    }

    private static final class Sections implements Documents.Sections {
        private final Submissions submissions;
        private final EventSink sink;
        private Optional<RunId> run = Optional.empty();
        private boolean complete;

        Sections(Submissions submissions, EventSink sink) {
            this.submissions = submissions;
            this.sink = sink;
        }

        @Override
        public boolean section(String name, Section section) {
            switch (name) {
                case "run" -> run = Optional.of(new RunId(section.json().text()));
                case "events" -> {
                    var of = run.orElseThrow(() -> Damage.found("it does not say its run"));
                    var format = new EventFormat(of, submissions);
                    section.each(json -> sink.event(format, json));
                    complete = true;
                }
                default -> {
                    return false;
                }
            }
            return true;
        }
    }
}
