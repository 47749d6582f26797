package dev.sloth.cli;

import dev.sloth.agent.process.ProcessIdentity;
import dev.sloth.core.store.Owner;
import dev.sloth.core.store.RunStore.Fate;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.UnknownHostException;

/// Which process this is, and what is known of others.
final class ThisProcess {
    private ThisProcess() {}

    static Owner owner() {
        try {
            var identity = ProcessIdentity.here();
            return new Owner(host(), identity.boot(), identity.pid(), identity.started());
        } catch (IOException e) {
            throw new UncheckedIOException("cannot tell which process this is", e);
        }
    }

    private static String host() {
        try {
            return InetAddress.getLocalHost().getHostName().replace('/', '_');
        } catch (UnknownHostException e) {
            // Only people read it: a machine without a name is still told by its boot.
            return "localhost";
        }
    }

    /// A process of this machine either lives or does not.
    static Fate.Verdict fate(Owner other) {
        var identity = new ProcessIdentity(other.boot(), other.pid(), other.started());
        try {
            return switch (identity.presence()) {
                case ALIVE -> Fate.Verdict.ALIVE;
                case GONE -> Fate.Verdict.GONE;
                case UNKNOWN -> Fate.Verdict.UNKNOWN;
            };
        } catch (IOException e) {
            throw new UncheckedIOException("cannot look at the processes of this machine", e);
        }
    }
}
