package dev.sloth.agent.process;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/// Programs of the system that we need ourselves: from its own folders, never from a user's PATH.
final class Tool {
    private static final List<Path> FOLDERS =
            List.of(Path.of("/usr/bin"), Path.of("/bin"), Path.of("/usr/sbin"), Path.of("/sbin"));

    private Tool() {}

    static Path find(String name) {
        return FOLDERS.stream()
                .map(folder -> folder.resolve(name))
                .filter(Files::isExecutable)
                .findFirst()
                .orElseThrow(() ->
                        new IllegalStateException(
                                name
                                        + " was not found in /usr/bin; it is part of coreutils,"
                                        + " util-linux or libc-bin, and needed to run"));
    }
}
