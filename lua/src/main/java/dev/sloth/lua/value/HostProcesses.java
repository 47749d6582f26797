package dev.sloth.lua.value;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;

/// Runs commands for `os.execute` and `io.popen`, in whatever way the host allows.
public interface HostProcesses {
    /// Runs a shell command to its end; its exit code.
    int execute(String command) throws IOException, InterruptedException;

    /// Starts a shell command; the script writes to it when `writing`, else reads from it.
    Started start(String command, boolean writing) throws IOException;

    /// A command under way.
    interface Started {
        /// What it prints; of use when reading.
        InputStream output();

        /// What it reads; of use when writing.
        OutputStream input();

        /// Waits for its end; its exit code.
        int await() throws InterruptedException;

        /// Ends it now.
        void stop();
    }
}
