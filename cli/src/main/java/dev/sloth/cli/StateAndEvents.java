package dev.sloth.cli;

import dev.sloth.api.event.Events;
import dev.sloth.api.state.SharedState;
import dev.sloth.cli.config.Config;
import java.nio.file.Path;

/// What scripts share with others: state and events, each opened when it is used first.
record StateAndEvents(OpenState openState, OpenEvents openEvents) implements AutoCloseable {
    static StateAndEvents in(Path home, Config config) {
        return new StateAndEvents(
                new OpenState(home, config.shared()), new OpenEvents(home, config));
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
