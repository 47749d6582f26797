package dev.sloth.cli;

import dev.sloth.api.event.Events;
import dev.sloth.api.state.SharedState;
import dev.sloth.cli.config.Config;

/// What scripts share with others: state and events, each opened when it is used first.
record StateAndEvents(OpenState openState, OpenEvents openEvents) implements AutoCloseable {
    static StateAndEvents in(Caller caller, Config config) {
        return new StateAndEvents(
                new OpenState(caller.home(), config.shared(), Causes.of(caller)),
                new OpenEvents(caller, config));
    }

    SharedState state() {
        return openState;
    }

    Events.Door events() {
        return openEvents;
    }

    @Override
    public void close() {
        try (openState;
                openEvents) {
            // Whatever one of them says.
        }
    }
}
