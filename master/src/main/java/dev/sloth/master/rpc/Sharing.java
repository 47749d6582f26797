package dev.sloth.master.rpc;

import dev.sloth.api.event.Events;
import dev.sloth.core.state.LocalState;

/// What those share who work on orders.
///
/// @param requestMax how many bytes may be asked for at once; one agent may have twice as many on
///   their way
public record Sharing(WorkOf work, Spaces spaces, long requestMax) {
    public static final long REQUEST_MAX = 64L << 20;

    /// For a master that gives out no work.
    public static final Sharing NOTHING =
            new Sharing(
                    WorkOf.NOBODY,
                    new Spaces() {
                        @Override
                        public LocalState state(String namespace) {
                            throw new IllegalStateException("nobody has work here");
                        }

                        @Override
                        public Events.Door events(String namespace) {
                            return Events.Door.CLOSED;
                        }

                        @Override
                        public RunHooks hooks(String namespace) {
                            return RunHooks.NONE;
                        }
                    },
                    REQUEST_MAX);

    /// The namespaces there are. Safe for use by many threads.
    public interface Spaces {
        LocalState state(String namespace);

        Events.Door events(String namespace);

        RunHooks hooks(String namespace);
    }
}
