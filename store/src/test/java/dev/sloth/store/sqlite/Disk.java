package dev.sloth.store.sqlite;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// Disks as a test wants them, which only the process that is started on one can see. They need the
/// right to mount in a space of one's own, which not every machine gives.
final class Disk {
    private static final List<String> OWN_SPACE =
            List.of("unshare", "--map-root-user", "--mount", "sh", "-ec");

    private Disk() {}

    static boolean canMount() throws InterruptedException {
        try {
            var command = command("mount -t tmpfs tmpfs /mnt");
            return new ProcessBuilder(command).start().waitFor() == 0;
        } catch (IOException e) {
            return false;
        }
    }

    /// What to put before a command that is to see a small disk in a folder.
    static List<String> small(Path folder, String size) {
        return command(
                "mount -t tmpfs -o size=%s,mode=700 tmpfs '%s'; exec \"$@\""
                        .formatted(size, folder),
                "sh");
    }

    /// What to put before a command that may not write to a folder.
    static List<String> readOnly(Path folder) {
        return command(
                "mount --bind '%1$s' '%1$s'; mount -o remount,bind,ro '%1$s'; exec \"$@\""
                        .formatted(folder),
                "sh");
    }

    private static List<String> command(String... script) {
        var command = new ArrayList<>(OWN_SPACE);
        command.addAll(List.of(script));
        return command;
    }
}
