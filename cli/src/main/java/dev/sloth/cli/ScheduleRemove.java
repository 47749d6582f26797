package dev.sloth.cli;

import dev.sloth.cli.view.Document;
import dev.sloth.cli.view.Format;
import java.util.ArrayList;

/// `schedule remove`: removes schedules.
final class ScheduleRemove implements Command {
    @Override
    public Spec spec() {
        var spec =
                Specs.command(
                        "remove",
                        "Removes schedules.",
                        "",
                        "Asks nothing. Runs that they started stay, and go on if they have not"
                                + " ended; what became of other times is forgotten.");
        spec.addPositional(
                Specs.positionals("NAME", 1, Spec.Positionals.MANY, ScheduleFamily.NAME));
        spec.addOption(Specs.format("text", "json", "yaml"));
        return spec;
    }

    @Override
    public int run(Given given) {
        var format = given.documentFormat();
        var removed = new ArrayList<String>();
        try (var runs = Wiring.keptRuns(given.caller())) {
            var schedules = runs.store().schedules();
            var findings = new Findings();
            given.positionals()
                    .forEach(name -> findings.look(() -> ScheduleWords.find(schedules, name)));
            findings.tell();
            for (var name : given.positionals()) {
                if (schedules.remove(name)) {
                    removed.add(name);
                }
            }
        }
        if (format == Format.TEXT) {
            removed.forEach(name -> given.caller().print("removed " + name));
        } else {
            given.caller().out().print(new Document().with("removed", removed).as(format));
        }
        return Exit.OK;
    }
}
