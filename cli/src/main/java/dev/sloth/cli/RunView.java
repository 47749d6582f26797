package dev.sloth.cli;

import dev.sloth.drive.RunListener;

/// Shows a run while it goes on.
interface RunView extends RunListener, AutoCloseable {
    /// Nothing more comes.
    @Override
    void close();
}
