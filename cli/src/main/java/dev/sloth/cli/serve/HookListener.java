package dev.sloth.cli.serve;

import dev.sloth.core.hook.Deliveries.Owed;
import dev.sloth.core.store.event.DeliveryRow;

/// Told of what hooks do; by several threads.
public interface HookListener {
    /// A call of a hook is over.
    ///
    /// @param state where the delivery stands since
    void called(Owed owed, DeliveryRow.State state, String message);

    /// Something that whoever looks after it should know.
    void note(String message);
}
