package dev.sloth.cli;

import dev.sloth.cli.config.Config;
import dev.sloth.core.event.LocalEvents;
import dev.sloth.core.state.LocalState;
import dev.sloth.core.store.Store;
import dev.sloth.master.rpc.RunHooks;
import dev.sloth.master.rpc.Sharing;
import java.time.InstantSource;

/// What tasks share that a master has agents do: the state and the events in its own folder.
final class MasterSpaces implements Sharing.Spaces, AutoCloseable {
    private final Config config;
    private final Store store;
    private final OpenState state;
    private final MasterHooks hooks;
    private final InstantSource time = InstantSource.system();

    /// @param at with the folder of the master for a home
    MasterSpaces(Caller at, Config config, Store store) {
        this.config = config;
        this.store = store;
        this.state = new OpenState(at.home(), config.shared(), Causes.NONE);
        this.hooks = new MasterHooks(at, config, store, config.shared().namespace());
        hooks.sweep();
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

    /// As with state, there is one namespace.
    @Override
    public RunHooks hooks(String namespace) {
        return hooks;
    }

    @Override
    public void close() {
        state.close();
    }
}
