package dev.sloth.cli;

import dev.sloth.master.afar.Place;
import java.util.List;

/// Waits until there may be more of a run.
interface RunTidings extends AutoCloseable {
    /// Also comes back when there is nothing new, a few times a second.
    ///
    /// @return where attempts are now, at least those that were elsewhere when it was told last
    List<Place.Of> await() throws InterruptedException;

    @Override
    void close();
}
