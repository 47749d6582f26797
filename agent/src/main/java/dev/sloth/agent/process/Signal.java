package dev.sloth.agent.process;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/// What processes are told. Sent so that none of them sees another one's end before it has been
/// told itself: a shell whose command has ended begins its next.
enum Signal {
    /// Asks them to end.
    TERM,

    /// Makes them.
    KILL;

    /// How long we wait for all to be told before we tell each by itself.
    private static final long TOLD_SECONDS_MAX = 2;

    /// Each group that is ours is told as one, which the kernel does in one step and which those
    /// who fork faster than we look cannot outrun; then, one by one, whoever shares a group with
    /// others. Parents come before their children.
    void send(Members members) {
        var groups = members.groups();
        if (!groups.isEmpty() && told(groups)) {
            members.outside(groups).forEach(this::send);
            return;
        }
        members.rows().forEach(this::send);
    }

    private void send(ProcessTable.Row row) {
        // By its handle, which knows when its id has gone to another.
        ProcessHandle.of(row.pid())
                .ifPresent(this == KILL ? ProcessHandle::destroyForcibly : ProcessHandle::destroy);
    }

    /// Java cannot signal a group; every shell can.
    private boolean told(List<Long> groups) {
        var words = new ArrayList<>(List.of("/bin/sh", "-c", "kill -s \"$0\" -- \"$@\"", name()));
        groups.forEach(group -> words.add("-" + group));
        var discard = ProcessBuilder.Redirect.DISCARD;
        var builder = new ProcessBuilder(words).redirectOutput(discard).redirectError(discard);
        builder.environment().clear();
        try {
            return ends(builder.start());
        } catch (IOException _) {
            // No process can be had, as on a machine that is full of them.
            return false;
        }
    }

    /// Goes through with it when interrupted, and leaves the interrupt standing.
    private static boolean ends(Process shell) {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(TOLD_SECONDS_MAX);
        boolean interrupted = false;
        try {
            while (true) {
                try {
                    return shell.waitFor(end - System.nanoTime(), TimeUnit.NANOSECONDS);
                } catch (InterruptedException _) {
                    interrupted = true;
                }
            }
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }
}
