package dev.sloth.cli;

import dev.sloth.api.workflow.Problem;
import dev.sloth.api.workflow.Problems;
import dev.sloth.api.workflow.Span;
import dev.sloth.core.store.Store;
import java.time.InstantSource;
import java.time.ZoneId;
import java.util.List;
import java.util.function.Function;

/// `runs`: looks at runs.
final class RunsCommand implements Command {
    private final Function<Caller, Store> stores;

    /// @param stores opens the store of a caller; who asks for it closes it
    RunsCommand(Function<Caller, Store> stores) {
        this.stores = stores;
    }

    @Override
    public Spec spec() {
        return Specs.command(
                "runs",
                "Looks at runs.",
                "",
                "RUN is the id of a run, the beginning of one that no other has, or `last`: the one"
                        + " that was submitted last.");
    }

    @Override
    public int run(Given given) {
        throw new Problems(
                new Problem("SLOTH-9001", "say what to do", Span.NOWHERE, "try `runs logs last`"));
    }

    @Override
    public List<Command> children() {
        return List.of(
                new RunsLogs(
                        stores, InstantSource.system(), ZoneId.systemDefault(), Thread::sleep));
    }
}
