package dev.sloth.cli;

import dev.sloth.api.workflow.Problem;
import dev.sloth.api.workflow.Problems;
import dev.sloth.api.workflow.Span;
import java.time.InstantSource;
import java.time.ZoneId;
import java.util.List;

/// `runs`: looks at the runs that are kept, and changes what becomes of them.
final class RunsCommand implements Command {
    /// How the commands below name a run.
    static final String RUN = "Its id, the beginning of one, or `last` for the newest.";

    @Override
    public Spec spec() {
        return Specs.command(
                "runs",
                "Looks at the runs that are kept, and changes what becomes of them.",
                "",
                "RUN is the id of a run, the beginning of one that no other has, or `last`: the one"
                        + " that was submitted last. Most of these commands are about the runs of a"
                        + " master when one is named with --master.");
    }

    @Override
    public int run(Given given) {
        throw new Problems(
                new Problem("SLOTH-9001", "say what to do", Span.NOWHERE, "try `runs list`"));
    }

    @Override
    public List<Command> children() {
        var time = InstantSource.system();
        return List.of(
                new RunsList(time),
                new RunsShow(),
                new RunsExplain(),
                new RunsLogs(
                        given -> RunsInSight.of(given, given.has(RunsLogs.FOLLOW)).store(),
                        time,
                        ZoneId.systemDefault(),
                        Thread::sleep),
                new RunsEvents(),
                new RunsArtifacts(),
                new RunsCancel(time),
                new RunsDecide(time),
                new RunsRetry(),
                new RunsDelete());
    }
}
