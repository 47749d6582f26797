package dev.sloth.master.rpc;

import dev.sloth.api.event.Events;
import dev.sloth.core.state.LocalState;

/// What those share who work on orders.
///
/// @param requestMax how many bytes may be asked for at once; one agent may have twice as many on
///   their way
/// @param seenMax how many events of its watchers one agent may tell within a minute
public record Sharing(WorkOf work, Spaces spaces, long requestMax, int seenMax) {
    public static final long REQUEST_MAX = 64L << 20;

    /// Unless said.
    public static final int SEEN_MAX = 6_000;

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
                    REQUEST_MAX,
                    SEEN_MAX);

    /// The namespaces there are. Safe for use by many threads.
    public interface Spaces {
        LocalState state(String namespace);

        Events.Door events(String namespace);

        RunHooks hooks(String namespace);
    }
}
