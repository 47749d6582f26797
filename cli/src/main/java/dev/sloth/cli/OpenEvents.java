package dev.sloth.cli;

import dev.sloth.api.event.Events;
import dev.sloth.api.event.Fact;
import dev.sloth.api.event.HookBook;
import dev.sloth.api.event.Watcher;
import dev.sloth.cli.config.Config;
import dev.sloth.cli.config.EventConfig;
import dev.sloth.core.event.EventLimits;
import dev.sloth.core.event.EventStream;
import dev.sloth.core.event.LocalEvents;
import dev.sloth.core.hook.Hooks;
import dev.sloth.core.store.Store;
import java.time.InstantSource;
import java.util.List;

/// The events in the home folder: its store is opened when they are used first. Safe for use by
/// many threads.
final class OpenEvents implements Events.Door, AutoCloseable {
    private final LazyStore lazy;
    private final String space;
    private final EventLimits limits;
    private final OpenHooks book;
    private final Causes because;
    private final InstantSource time = InstantSource.system();

    OpenEvents(Caller caller, Config config) {
        this.lazy = new LazyStore(caller.home());
        this.book = new OpenHooks(this::hooks, new HookFiles(caller, config));
        this.because = Causes.of(caller);
        this.space = config.shared().namespace();
        this.limits = limits(config.events());
    }

    static EventLimits limits(EventConfig config) {
        return new EventLimits(
                config.maxData(), config.maxChain(), config.maxWatchers(), config.maxHooks());
    }

    @Override
    public Events as(String source, List<String> asked) {
        var causes = because.or(asked);
        return new Events() {
            @Override
            public String dispatch(Fact fact) {
                return local().as(source, causes).dispatch(fact);
            }

            @Override
            public String watch(Watcher watcher) {
                return local().as(source, causes).watch(watcher);
            }

            @Override
            public HookBook hooks() {
                return book;
            }
        };
    }

    private LocalEvents local() {
        var store = lazy.store();
        return new LocalEvents(store.events(), store.watchers(), space, limits, time);
    }

    Store store() {
        return lazy.store();
    }

    String space() {
        return space;
    }

    EventStream stream() {
        return new EventStream(lazy.store(), space);
    }

    OpenHooks book() {
        return book;
    }

    Hooks hooks() {
        return new Hooks(lazy.store().hooks(), stream(), space, limits, time);
    }

    @Override
    public void close() {
        lazy.close();
    }
}
