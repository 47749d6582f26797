package dev.sloth.lua.value;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;

/// Runs commands for `os.execute` and `io.popen`, in whatever way the host allows.
public interface HostProcesses {
    /// Runs a shell command to its end; its exit code.
    int execute(String command) throws IOException, InterruptedException;

    /// Starts a shell command; the script writes to it when `writing`, else reads from it, while it
    /// runs.
    Started start(String command, boolean writing) throws IOException, InterruptedException;

    /// A command under way. Its streams are used in threads that may be left behind when a wait is
    /// interrupted; closing them ends what waits there, or stopping the command does.
    interface Started {
        /// What it prints; of use when reading.
        InputStream output();

        /// What it reads; of use when writing.
        OutputStream input();

        /// Waits for its end; its exit code. Interrupting this stops the command.
        int await() throws InterruptedException;

        /// Ends it now, without waiting for that.
        void stop();
    }
}
