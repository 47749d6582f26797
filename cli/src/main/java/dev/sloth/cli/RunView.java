package dev.sloth.cli;

import dev.sloth.drive.RunListener;
import dev.sloth.master.afar.Place;

/// Shows a run while it goes on.
interface RunView extends RunListener, AutoCloseable {
    /// An attempt is with another agent now, or waits for one, or for one that is away.
    void placed(Place.Of place);

    /// Nothing more comes.
    @Override
    void close();
}
