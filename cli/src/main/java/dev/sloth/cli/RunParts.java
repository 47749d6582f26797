package dev.sloth.cli;

import dev.sloth.agent.process.ChildProcesses;
import dev.sloth.core.run.RunReport;
import dev.sloth.drive.LocalRun;
import java.util.List;

/// A run that is ready to be driven, and what it needs until its end.
///
/// @param closing what is closed at the end, the last first
record RunParts(LocalRun run, Drive drive, ChildProcesses processes, List<Part> closing)
        implements AutoCloseable {
    RunParts {
        closing = List.copyOf(closing);
    }

    /// Drives the run as far as it goes.
    @FunctionalInterface
    interface Drive {
        RunReport report() throws InterruptedException;
    }

    /// Something that is open while the run goes on.
    @FunctionalInterface
    interface Part {
        void close();
    }

    /// Closes all, whatever one of them says.
    @Override
    public void close() {
        close(closing.size());
    }

    private void close(int count) {
        if (count == 0) {
            return;
        }
        try {
            closing.get(count - 1).close();
        } finally {
            close(count - 1);
        }
    }
}
