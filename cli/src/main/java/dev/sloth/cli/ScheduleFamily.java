package dev.sloth.cli;

import dev.sloth.api.workflow.Problem;
import dev.sloth.api.workflow.Problems;
import dev.sloth.api.workflow.Span;
import dev.sloth.core.store.ScheduleRow;
import dev.sloth.core.store.ScheduleStore;
import java.time.InstantSource;
import java.util.List;
import java.util.function.UnaryOperator;

/// `schedule`: what runs when.
final class ScheduleFamily implements Command {
    /// How often a change is tried again because somebody else changed the schedule meanwhile.
    private static final int TRIES_MAX = 100;

    static final String NAME = "The name of the schedule.";

    @Override
    public Spec spec() {
        return Specs.command(
                "schedule",
                "Says what runs when.",
                "",
                "Schedules are kept in the home folder; `sloth-runner serve` runs what is due.",
                "",
                "For example: `sloth-runner schedule add nightly -f backup.sloth"
                        + " --cron '30 2 * * *' --zone Europe/Berlin`.");
    }

    @Override
    public int run(Given given) {
        throw wrong("say what to do", "try `schedule list`");
    }

    @Override
    public List<Command> children() {
        var time = InstantSource.system();
        return List.of(
                new ScheduleAdd(time),
                new ScheduleList(time),
                new ScheduleShow(time),
                new ScheduleNext(time),
                new SchedulePause(true, time),
                new SchedulePause(false, time),
                new ScheduleRun(time),
                new ScheduleRemove());
    }

    // ---- what the commands below have in common

    static Problems wrong(String message, String remedy) {
        return new Problems(new Problem("SLOTH-9001", message, Span.NOWHERE, remedy));
    }

    /// Changes a schedule as it is found, again when somebody else was faster.
    ///
    /// @return as it was
    static ScheduleRow change(
            ScheduleStore schedules, String name, UnaryOperator<ScheduleRow> change) {
        for (int tried = 0; tried < TRIES_MAX; tried++) {
            var row = ScheduleWords.find(schedules, name);
            var next = change.apply(row);
            if (next.equals(row) || schedules.change(row, next)) {
                return row;
            }
        }
        throw new Problems(
                new Problem(
                        "SLOTH-4407",
                        "the schedule '%s' changes all the time".formatted(name),
                        Span.NOWHERE,
                        "try again"));
    }
}
