package dev.sloth.cli;

import dev.sloth.agent.Channel;
import dev.sloth.api.workflow.AttemptId;

/// Where the output of a run goes besides the screen. Used by many threads at once.
interface RunLog extends AutoCloseable {
    /// Of a run that keeps nothing.
    RunLog NONE =
            new RunLog() {
                @Override
                public boolean add(AttemptId id, Channel channel, String line) {
                    return true;
                }

                @Override
                public void reread(AttemptId id) {}

                @Override
                public void flush(AttemptId id) {}

                @Override
                public void close() {}
            };

    /// Takes a line in; false when it is known already.
    boolean add(AttemptId id, Channel channel, String line);

    /// From now on, the output of this attempt's command comes again from its start.
    void reread(AttemptId id);

    /// Returns when all of an attempt's lines are on disk.
    void flush(AttemptId id);

    @Override
    void close();
}
