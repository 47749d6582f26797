package dev.sloth.cli;

import dev.sloth.cli.config.Config;
import dev.sloth.core.event.LocalEvents;
import dev.sloth.core.state.LocalState;
import dev.sloth.core.store.Store;
import dev.sloth.master.rpc.Sharing;
import java.nio.file.Path;
import java.time.InstantSource;

/// What tasks share that a master has agents do: the state and the events in its own folder.
final class MasterSpaces implements Sharing.Spaces, AutoCloseable {
    private final Config config;
    private final Store store;
    private final OpenState state;
    private final InstantSource time = InstantSource.system();

    /// @param data the folder of the master, which is a home folder of its own
    MasterSpaces(Path data, Config config, Store store) {
        this.config = config;
        this.store = store;
        this.state = new OpenState(data, config.shared(), Causes.NONE);
    }

    /// There is one namespace, that of the settings.
    @Override
    public LocalState state(String namespace) {
        return state.local();
    }

    @Override
    public LocalEvents events(String namespace) {
        return new LocalEvents(
                store.events(),
                store.watchers(),
                namespace,
                OpenEvents.limits(config.events()),
                time);
    }

    @Override
    public void close() {
        state.close();
    }
}
