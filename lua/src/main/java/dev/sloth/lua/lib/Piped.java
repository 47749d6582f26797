package dev.sloth.lua.lib;

import dev.sloth.lua.value.HostProcesses;
import dev.sloth.lua.value.LuaState;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;

/// The file by which a script has a command at hand. Closing it waits for the command, which then
/// has nobody to write to, or nothing more to read.
///
/// @param command that runs
record Piped(HostProcesses.Started command) {
    /// How long a command whose input has ended with its script may take to do its work.
    private static final Duration REST = Duration.ofSeconds(2);

    /// Starts a command, which the script writes to when `writing`, or else reads from. One that
    /// has started when its script is no more to have it is stopped.
    static LuaFile open(LuaState s, Start start, boolean writing)
            throws IOException, InterruptedException {
        var begun = new AtomicReference<Optional<HostProcesses.Started>>(Optional.empty());
        boolean had = false;
        try {
            var started =
                    Outcomes.outside(
                            s,
                            () -> {
                                var command = start.started();
                                begun.set(Optional.of(command));
                                return command;
                            });
            had = true;
            return new Piped(started).file(writing);
        } finally {
            if (!had) {
                begun.get().ifPresent(HostProcesses.Started::stop);
            }
        }
    }

    /// Starts a command.
    @FunctionalInterface
    interface Start {
        HostProcesses.Started started() throws IOException, InterruptedException;
    }

    private LuaFile file(boolean writing) {
        return writing
                ? LuaFile.writing(new ApartSink(command.input()), new Input())
                : LuaFile.reading(new Apart(command.output()), new Output());
    }

    private final class Output implements LuaFile.Closing {
        @Override
        public void run() throws IOException, InterruptedException {
            command.output().close();
            int _ = command.await();
        }

        @Override
        public void abandon() throws IOException, InterruptedException {
            command.stop();
            run();
        }
    }

    private final class Input implements LuaFile.Closing {
        @Override
        public void run() throws IOException, InterruptedException {
            command.input().close();
            int _ = command.await();
        }

        @Override
        public void abandon() throws IOException, InterruptedException {
            var impatience = Thread.ofVirtual().name("popen-end").start(this::stopLater);
            try {
                run();
            } finally {
                impatience.interrupt();
            }
        }

        private void stopLater() {
            try {
                Thread.sleep(REST);
                command.stop();
            } catch (InterruptedException _) {
                // it has ended by itself
            }
        }
    }
}
