package dev.sloth.plugins.fileops;

import dev.sloth.api.plugin.Host;
import dev.sloth.api.plugin.Processes.Command;
import java.io.IOException;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.HexFormat;
import java.util.Optional;
import java.util.Set;

/// Puts content in the place of a file, as one step, and only where it is not there yet.
final class Placing {
    /// How long the command that judges a new file may take.
    static final Duration VALIDATE_MAX = Duration.ofMinutes(1);

    private static final DateTimeFormatter STAMP =
            DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmss'Z'").withZone(ZoneOffset.UTC);

    private static final FileAttribute<?> OURS_ALONE =
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));

    private final Host host;
    private final Standing wanted;

    Placing(Host host, Standing wanted) {
        this.host = host;
        this.wanted = wanted;
    }

    /// What was done.
    ///
    /// @param backup where what was replaced has been kept
    record Placed(boolean changed, Optional<Path> backup) {}

    /// Reading a pipe or a device may wait for ever.
    static void refuseSpecial(Path path) throws FileSystemException {
        if (Files.exists(path) && !Files.isRegularFile(path)) {
            throw new FileSystemException(path.toString(), null, "is not a regular file");
        }
    }

    /// A link is followed: what it leads to is replaced.
    Placed place(Path path, Content content) throws IOException, InterruptedException {
        var target = Files.isSymbolicLink(path) ? path.toRealPath() : path;
        boolean there = Files.exists(target, LinkOption.NOFOLLOW_LINKS);
        refuseSpecial(target);
        if (there && content.isIn(target)) {
            return new Placed(Attributes.settle(target, wanted), Optional.empty());
        }
        var beside = beside(target, ".tmp");
        try {
            write(beside, content, there || wanted.mode().isPresent());
            if (there) {
                inherit(target, beside);
            }
            var _ = Attributes.settle(beside, wanted);
            validate(beside);
            Optional<Path> backup =
                    there && wanted.backup() ? Optional.of(backUp(target)) : Optional.empty();
            Files.move(
                    beside,
                    target,
                    StandardCopyOption.ATOMIC_MOVE,
                    StandardCopyOption.REPLACE_EXISTING);
            return new Placed(true, backup);
        } finally {
            Files.deleteIfExists(beside);
        }
    }

    private Path beside(Path target, String end) {
        var random = HexFormat.of().toHexDigits(host.random().nextLong());
        return target.resolveSibling(target.getFileName() + "." + random + end);
    }

    private static void write(Path beside, Content content, boolean hidden) throws IOException {
        var options = Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
        var attributes = hidden ? new FileAttribute<?>[] {OURS_ALONE} : new FileAttribute<?>[0];
        try (var channel = FileChannel.open(beside, options, attributes);
                var out = Channels.newOutputStream(channel)) {
            content.writeTo(out);
            channel.force(true);
        }
    }

    private void inherit(Path target, Path beside) throws IOException {
        if (wanted.owner().isEmpty() || wanted.group().isEmpty()) {
            Attributes.copy(target, beside);
        } else {
            Attributes.mode(beside, Attributes.mode(target));
        }
    }

    private Path backUp(Path target) throws IOException {
        var name = target.getFileName() + "." + STAMP.format(host.time().instant()) + ".";
        var digits = HexFormat.of().toHexDigits((short) host.random().nextInt());
        return Files.copy(
                target,
                target.resolveSibling(name + digits + "~"),
                StandardCopyOption.COPY_ATTRIBUTES);
    }

    private void validate(Path beside) throws IOException, InterruptedException {
        if (wanted.validate().isEmpty()) {
            return;
        }
        var argv =
                wanted.validate().stream()
                        .map(word -> word.replace(Standing.PLACE, beside.toString()))
                        .toList();
        var ended =
                host.processes()
                        .run(Command.of(argv, host.folder()).timeout(VALIDATE_MAX).quiet(true));
        if (ended.timedOut()) {
            throw new IOException("validate took longer than " + VALIDATE_MAX.toSeconds() + "s");
        }
        if (ended.exitCode() != 0) {
            var said = new String(ended.stderr(), StandardCharsets.UTF_8).strip();
            throw new IOException(
                    "validate refused the new file: "
                            + (said.isEmpty() ? "exit status " + ended.exitCode() : said));
        }
    }
}
