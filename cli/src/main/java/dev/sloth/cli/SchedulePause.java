package dev.sloth.cli;

import dev.sloth.cli.view.Document;
import dev.sloth.cli.view.Format;
import dev.sloth.core.store.ScheduleRow;
import java.time.Instant;
import java.time.InstantSource;

/// `schedule pause` and `schedule resume`.
final class SchedulePause implements Command {
    private final boolean pausing;
    private final InstantSource time;

    SchedulePause(boolean pausing, InstantSource time) {
        this.pausing = pausing;
        this.time = time;
    }

    @Override
    public Spec spec() {
        var spec =
                pausing
                        ? Specs.command(
                                "pause",
                                "Has a schedule fire no more until it is resumed.",
                                "",
                                "Runs that were started go on.")
                        : Specs.command(
                                "resume",
                                "Has a paused schedule fire again.",
                                "",
                                "Times that fell into the pause are not made up for.");
        spec.addPositional(Specs.positionals("NAME", 1, 1, ScheduleFamily.NAME));
        spec.addOption(Specs.format("text", "json", "yaml"));
        return spec;
    }

    @Override
    public int run(Given given) {
        var format = given.documentFormat();
        var name = given.positionals().getFirst();
        ScheduleRow before;
        try (var runs = Wiring.keptRuns(given.caller())) {
            before = ScheduleFamily.change(runs.store().schedules(), name, this::next);
        }
        boolean changed = before.paused() != pausing;
        if (format == Format.TEXT) {
            given.caller().print(text(name, changed));
        } else {
            var document =
                    new Document()
                            .with("schedule", name)
                            .with("paused", pausing)
                            .with("changed", changed);
            given.caller().out().print(document.as(format));
        }
        return Exit.OK;
    }

    private String text(String name, boolean changed) {
        if (changed) {
            return (pausing ? "paused " : "resumed ") + name;
        }
        return name + (pausing ? " is paused already" : " is not paused");
    }

    private ScheduleRow next(ScheduleRow row) {
        if (row.paused() == pausing) {
            return row;
        }
        Instant resumedAt = pausing ? row.resumedAt() : time.instant();
        return new ScheduleRow(
                row.number(),
                row.name(),
                row.definition(),
                row.addedBy(),
                row.addedAt(),
                row.considered(),
                pausing,
                resumedAt,
                row.turn());
    }
}
