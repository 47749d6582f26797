package dev.sloth.cli;

import dev.sloth.api.event.Event;
import dev.sloth.cli.view.Format;
import java.util.ArrayList;
import java.util.List;

/// `events show`: all that is known of one event.
final class EventsShow implements Command {
    @Override
    public Spec spec() {
        var spec = EventsFamily.child("show", "Shows all that is known of an event.");
        spec.addPositional(Specs.positionals("EVENT", 1, 1, "Its id, as lists show it."));
        return spec;
    }

    @Override
    public int run(Given given) {
        var format = given.documentFormat();
        var id = given.positionals().getFirst();
        try (var events = EventsFamily.open(given)) {
            var event = events.stream().find(id).orElseThrow(() -> EventProblems.noEvent(id));
            if (format == Format.TEXT) {
                given.caller().print(lines(event));
            } else {
                given.caller().out().print(EventsFamily.document(event).as(format));
            }
        }
        return Exit.OK;
    }

    private static List<String> lines(Event event) {
        var lines = new ArrayList<String>();
        lines.add("event    " + event.id());
        lines.add("type     " + event.type());
        lines.add("subject  " + event.subject());
        lines.add("at       " + RunDocuments.exactly(event.at()));
        lines.add("source   " + event.source());
        lines.add("data     " + StateText.line(event.data()));
        for (var cause : event.causes()) {
            lines.add("because  " + cause);
        }
        return lines;
    }
}
