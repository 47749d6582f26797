package dev.sloth.agent.watch;

import java.util.List;
import java.util.Map;

/// What something looked like at one moment.
sealed interface Sight {
    /// Files by their paths.
    record Files(Map<String, Stamp> all) implements Sight {
        public Files {
            all = Map.copyOf(all);
        }
    }

    /// What a file looks like from outside.
    ///
    /// @param hash of what is in it; empty when nobody looked
    record Stamp(long size, long modifiedNanos, String inode, String hash) {}

    /// Processes of a name, by their ids.
    record Running(List<Long> pids) implements Sight {
        public Running {
            pids = List.copyOf(pids);
        }
    }

    /// Whether somebody listens.
    record Listening(boolean open) implements Sight {}

    /// How a service stands.
    ///
    /// @param state as systemd calls it, such as `active`
    /// @param detail as systemd calls that, such as `running`
    record Service(String state, String detail) implements Sight {
        /// What matters of it. One that is about to change is still what it was.
        enum Standing {
            UP,
            DOWN,
            FAILED
        }

        Standing standing() {
            return switch (state) {
                case "active", "reloading", "refreshing", "deactivating" -> Standing.UP;
                case "failed" -> Standing.FAILED;
                default -> Standing.DOWN;
            };
        }
    }

    /// How much of something is used, in percent.
    record Level(double percent) implements Sight {}

    /// What a command said.
    ///
    /// @param output the beginning of it
    record Said(int exitCode, String output) implements Sight {}
}
