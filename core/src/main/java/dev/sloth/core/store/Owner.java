package dev.sloth.core.store;

/// A process that drives runs, told apart from all others that ever were.
///
/// @param host the name of its machine, for people
/// @param boot differs after each start of the machine, and between containers that do not see each
///   other's processes
/// @param pid its process id
/// @param started when the process started, in the machine's own ticks
public record Owner(String host, String boot, long pid, long started) {
    public Owner {
        if (host.indexOf('/') >= 0 || boot.indexOf('/') >= 0) {
            throw new IllegalArgumentException("an owner cannot have a slash in its names");
        }
    }

    /// As a store keeps it; [#parse] reads it.
    public String text() {
        return host + "/" + boot + "/" + pid + "/" + started;
    }

    /// @throws IllegalArgumentException when it is no text of an owner
    public static Owner parse(String text) {
        var parts = text.split("/", -1);
        if (parts.length != 4) {
            throw new IllegalArgumentException("not an owner: " + text);
        }
        return new Owner(parts[0], parts[1], Long.parseLong(parts[2]), Long.parseLong(parts[3]));
    }

    @Override
    public String toString() {
        return "process " + pid + " on " + host;
    }
}
