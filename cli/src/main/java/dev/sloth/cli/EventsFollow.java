package dev.sloth.cli;

import dev.sloth.core.store.news.Bell;
import dev.sloth.drive.SteadyTime;
import java.time.Duration;
import java.time.Instant;

/// `events follow`: events as they happen.
final class EventsFollow implements Command {
    /// How long to wait at once.
    private static final Duration WAIT = Duration.ofSeconds(1);

    private static final String TIMEOUT = "--timeout";

    @Override
    public Spec spec() {
        var spec =
                EventsFamily.child(
                        "follow",
                        "Shows events as they happen, from now on, until Ctrl-C.",
                        "",
                        "With -o json each is a document on a line of its own.");
        EventsFamily.addTypes(spec);
        spec.addOption(Specs.text("TIME", "Ends after this time, such as 10m.", TIMEOUT));
        return spec;
    }

    @Override
    public boolean answersByLine() {
        return true;
    }

    @Override
    public int run(Given given) throws InterruptedException {
        var format = given.documentFormat();
        var types = EventsFamily.types(given);
        var patience = SteadyTime.notBefore(Instant.MIN);
        var deadline =
                StateFamily.time(given, TIMEOUT).map(patience.instant()::plus).orElse(Instant.MAX);
        var out = given.caller().out();
        var bell = new Bell();
        try (var events = EventsFamily.open(given)) {
            var stream = events.stream();
            var position = stream.end();
            try (var _ = stream.listen(bell::ring)) {
                boolean over = false;
                while (!over) {
                    over = !patience.instant().isBefore(deadline);
                    long heard = bell.rings();
                    var read = stream.behind(position, types);
                    read.events().forEach(event -> EventsFamily.print(given, format, event));
                    position = read.next();
                    // Whoever read it may have gone.
                    over |= out.checkError();
                    if (!over && !read.more()) {
                        bell.await(heard, StateWatch.wait(WAIT, patience.instant(), deadline));
                    }
                }
            }
        }
        return Exit.OK;
    }
}
