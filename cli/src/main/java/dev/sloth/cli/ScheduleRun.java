package dev.sloth.cli;

import dev.sloth.cli.view.Document;
import dev.sloth.cli.view.Format;
import dev.sloth.core.store.FireStatus;
import dev.sloth.core.store.ScheduleStore;
import dev.sloth.core.store.ScheduleTurn;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;

/// `schedule run`: fires a schedule now.
final class ScheduleRun implements Command {
    private static final int TRIES_MAX = 100;

    private final InstantSource time;

    ScheduleRun(InstantSource time) {
        this.time = time;
    }

    @Override
    public Spec spec() {
        var spec =
                Specs.command(
                        "run",
                        "Fires a schedule now, besides its times, paused or not.",
                        "",
                        "`sloth-runner serve` runs it as soon as it can, also while another run of"
                                + " the schedule goes on.");
        spec.addPositional(Specs.positionals("NAME", 1, 1, ScheduleFamily.NAME));
        spec.addOption(Specs.format("text", "json", "yaml"));
        return spec;
    }

    @Override
    public int run(Given given) {
        var format = given.documentFormat();
        var name = given.positionals().getFirst();
        Instant at;
        try (var runs = Wiring.keptRuns(given.caller())) {
            at = fire(runs.store().schedules(), name);
        }
        if (format == Format.TEXT) {
            given.caller().print("fired " + name + "; `sloth-runner serve` starts its run");
        } else {
            var document = new Document().with("schedule", name).with("at", at.toString());
            given.caller().out().print(document.as(format));
        }
        return Exit.OK;
    }

    private Instant fire(ScheduleStore schedules, String name) {
        for (int tried = 0; tried < TRIES_MAX; tried++) {
            var row = ScheduleWords.find(schedules, name);
            var now = time.instant();
            var planned = ScheduleTurn.Planned.one(now, FireStatus.READY, "");
            var turn = new ScheduleTurn(row.considered(), List.of(planned), List.of(), now);
            if (schedules.turn(row, turn)) {
                return now;
            }
        }
        throw ScheduleFamily.wrong("the schedule '" + name + "' changes all the time", "try again");
    }
}
