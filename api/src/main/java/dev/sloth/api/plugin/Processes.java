package dev.sloth.api.plugin;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/// Runs child processes: each in a process group of its own that is killed whole, in a clean
/// environment, its output handed on line by line.
public interface Processes {
    /// Runs to the end and gives what came of it. Blocks; interrupting kills the process group.
    ///
    /// @throws IOException when the process cannot be started, saying why
    Ended run(Command command) throws IOException, InterruptedException;

    /// Says whether there is room for so many bytes more that a process has written, and has them
    /// taken then. It is asked by those who read from the process, and must not wait.
    @FunctionalInterface
    interface Room {
        boolean has(int bytes);
    }

    /// What to run. `argv` goes to the system as it is, without a shell; [#shell] makes a shell's.
    ///
    /// @param timeout zero means none of its own
    /// @param stdin what the child reads, possibly nothing
    /// @param user empty means the user we are
    /// @param quiet whether the lines are kept off the task's log
    /// @param room for what is kept of its output
    record Command(
            List<String> argv,
            Path folder,
            Map<String, String> environment,
            Duration timeout,
            byte[] stdin,
            String user,
            boolean quiet,
            Room room) {
        public Command {
            argv = List.copyOf(argv);
            environment = Map.copyOf(environment);
            if (argv.isEmpty() || argv.getFirst().isEmpty()) {
                throw new IllegalArgumentException("a command needs at least a program");
            }
        }

        public static Command of(List<String> argv, Path folder) {
            return new Command(
                    argv, folder, Map.of(), Duration.ZERO, new byte[0], "", false, _ -> true);
        }

        /// A line for a shell, such as `/bin/bash`.
        public static Command shell(String shell, String line, Path folder) {
            return of(List.of(shell, "-c", line), folder);
        }

        public Command environment(Map<String, String> more) {
            return new Command(argv, folder, more, timeout, stdin, user, quiet, room);
        }

        public Command timeout(Duration limit) {
            return new Command(argv, folder, environment, limit, stdin, user, quiet, room);
        }

        public Command stdin(byte[] bytes) {
            return new Command(argv, folder, environment, timeout, bytes, user, quiet, room);
        }

        public Command user(String name) {
            return new Command(argv, folder, environment, timeout, stdin, name, quiet, room);
        }

        public Command room(Room enough) {
            return new Command(argv, folder, environment, timeout, stdin, user, quiet, enough);
        }

        public Command quiet(boolean silent) {
            return new Command(argv, folder, environment, timeout, stdin, user, silent, room);
        }
    }

    /// How a process ended. `exitCode` is 128 + signal for one that a signal ended. `truncated`
    /// says that more came out than is kept.
    record Ended(
            int exitCode,
            byte[] stdout,
            byte[] stderr,
            boolean timedOut,
            boolean truncated,
            Duration took) {}
}
