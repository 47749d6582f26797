package dev.sloth.cli;

import dev.sloth.api.event.Fact;
import dev.sloth.api.value.DataTable;
import dev.sloth.api.value.Value;
import dev.sloth.cli.view.Document;
import dev.sloth.cli.view.Format;
import java.util.List;

/// `events dispatch`: says that something happened.
final class EventsDispatch implements Command {
    private static final String SUBJECT = "--subject";
    private static final String SOURCE = "cli";

    @Override
    public Spec spec() {
        var spec =
                EventsFamily.child(
                        "dispatch",
                        "Says that something happened, as `event.dispatch` does in scripts.",
                        "",
                        "For example: `sloth-runner events dispatch deploy.finished '{\"service\":"
                                + " \"web\"}'`.");
        spec.addPositional(
                Specs.positionals(
                        "TYPE [DATA]",
                        1,
                        2,
                        "The type of the event, and what else is known of it, as JSON."));
        spec.addOption(Specs.text("TEXT", "What it is about; the type unless said.", SUBJECT));
        return spec;
    }

    @Override
    public int run(Given given) {
        var format = given.documentFormat();
        var words = given.positionals();
        var type = words.getFirst();
        var fact = new Fact(type, given.text(SUBJECT, type), data(words));
        try (var events = EventsFamily.open(given)) {
            var id = events.as(SOURCE, List.of()).dispatch(fact);
            if (format == Format.TEXT) {
                given.caller().print("told as event " + id);
            } else {
                given.caller().out().print(new Document().with("event", id).as(format));
            }
        }
        return Exit.OK;
    }

    private static Value data(List<String> words) {
        if (words.size() < 2) {
            return new DataTable();
        }
        return JsonData.table("the data of the event", words.get(1));
    }
}
