package dev.sloth.cli;

import dev.sloth.api.workflow.RunId;
import dev.sloth.core.journal.RunHistory;
import dev.sloth.core.log.LogQuery;
import dev.sloth.core.log.LogReader;
import dev.sloth.core.run.RunEngine;
import dev.sloth.core.run.RunEvent;
import dev.sloth.core.run.RunState;
import dev.sloth.core.run.RunStatus;
import dev.sloth.core.store.Store;
import java.util.ArrayList;

/// Follows the run of a command: its lines as they come, and how it ends on each agent.
final class ErrandFollowing {
    private final RunHistory history;
    private final LogReader output;
    private final ErrandView view;
    private RunState state = RunEngine.start();
    private long next = 1;

    ErrandFollowing(Store store, RunId run, ErrandView view) {
        this.history = new RunHistory(store.runs(), run);
        this.output = new LogReader(store.logs(), run, LogQuery.ALL);
        this.view = view;
    }

    /// Shows what has come since the last look. False once it has ended.
    boolean look() {
        var events = new ArrayList<RunEvent>();
        history.events(
                next,
                (number, event) -> {
                    next = number + 1;
                    events.add(event);
                    if (event instanceof RunEvent.HostEnded(_, _, var share)) {
                        view.answered(share);
                    }
                });
        // Whatever those agents wrote that have ended by now is there already.
        boolean _ =
                output.read(line -> {
                    view.line(line.line());
                    return true;
                });
        for (var event : events) {
            state = RunEngine.evolve(state, event);
            if (event instanceof RunEvent.HostEnded(_, _, var share)) {
                view.ended(share, event.at());
            }
        }
        return !state.status().ended();
    }

    /// Whether it waits for somebody to say how it ended on an agent.
    boolean isUndecided() {
        return state.status() == RunStatus.WAITING;
    }
}
