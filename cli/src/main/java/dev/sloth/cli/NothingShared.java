package dev.sloth.cli;

import dev.sloth.agent.work.Sharing;
import dev.sloth.api.event.Events;
import dev.sloth.api.state.SharedState;
import java.util.List;

enum NothingShared implements Sharing {
    INSTANCE;

    @Override
    public SharedState state(String order, List<String> causes) {
        return SharedState.NONE;
    }

    @Override
    public Events.Door events(String order, List<String> causes) {
        return Events.Door.CLOSED;
    }
}
