package dev.sloth.cli;

import dev.sloth.api.event.Event;
import dev.sloth.cli.view.Document;
import dev.sloth.cli.view.Format;
import dev.sloth.cli.view.TextTable;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneId;
import java.util.List;
import java.util.function.Predicate;

/// `events list`: the newest events first.
final class EventsList implements Command {
    private static final int LIMIT_DEFAULT = 50;
    private static final int LIMIT_MAX = 10_000;

    /// How many events of each place are looked at, so that the answer comes soon.
    private static final int LOOKED_MAX = 200_000;

    private static final String SINCE = "--since";
    private static final String SUBJECT = "--subject";
    private static final String LIMIT = "--limit";

    private final InstantSource time;

    EventsList(InstantSource time) {
        this.time = time;
    }

    @Override
    public Spec spec() {
        var spec =
                EventsFamily.child(
                        "list",
                        "Lists what happened, the newest first.",
                        "",
                        "Looks back over the last %d events of runs, of shared state, and that were told."
                                .formatted(LOOKED_MAX));
        EventsFamily.addTypes(spec);
        spec.addOption(Specs.text("TEXT", "Only events of this subject.", SUBJECT));
        spec.addOption(
                Specs.text(
                        "TIME",
                        "Only events since: 2d ago, or at a time such as 2026-01-02.",
                        SINCE));
        spec.addOption(
                Specs.text(
                        "N",
                        "How many at most, up to %d; %d unless said."
                                .formatted(LIMIT_MAX, LIMIT_DEFAULT),
                        LIMIT));
        return spec;
    }

    @Override
    public int run(Given given) {
        var format = given.documentFormat();
        int limit = limit(given, LIMIT_DEFAULT, LIMIT_MAX);
        var types = EventsFamily.types(given);
        var wanted = wanted(given);
        try (var events = EventsFamily.open(given)) {
            show(given, format, events.stream().last(types, wanted, limit, LOOKED_MAX));
        }
        return Exit.OK;
    }

    private Predicate<Event> wanted(Given given) {
        var since =
                given.has(SINCE)
                        ? Since.parse(given.text(SINCE, ""), time.instant(), ZoneId.systemDefault())
                        : Instant.MIN;
        var subject = given.text(SUBJECT, "");
        return event ->
                !event.at().isBefore(since)
                        && (subject.isEmpty() || event.subject().equals(subject));
    }

    /// What `--limit` says.
    static int limit(Given given, int standard, int most) {
        var word = given.text(LIMIT, Integer.toString(standard));
        if (word.matches("[0-9]{1,6}")) {
            int limit = Integer.parseInt(word);
            if (limit >= 1 && limit <= most) {
                return limit;
            }
        }
        throw StateFamily.wrong(
                "--limit cannot be '" + word + "'", "it must be a whole number from 1 to " + most);
    }

    private static void show(Given given, Format format, List<Event> events) {
        var caller = given.caller();
        if (format != Format.TEXT) {
            var all = events.stream().map(EventsFamily::document).toList();
            caller.out().print(new Document().with("events", all).as(format));
            return;
        }
        if (events.isEmpty()) {
            caller.print("no events");
            return;
        }
        var table = new TextTable("EVENT", "WHEN", "TYPE", "SUBJECT", "SOURCE");
        for (var event : events) {
            table.row(
                    event.id(),
                    RunDocuments.when(event.at()),
                    event.type(),
                    event.subject(),
                    event.source());
        }
        caller.print(table.lines(ScreenWidth.ofTable(caller)));
    }
}
