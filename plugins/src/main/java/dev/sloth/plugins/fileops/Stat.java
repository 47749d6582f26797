package dev.sloth.plugins.fileops;

import dev.sloth.api.value.DataTable;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFileAttributes;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.HexFormat;

/// What there is to know of a file.
final class Stat {
    private static final double MILLIS = 1e3;

    private Stat() {}

    /// @param follow whether a link stands for what it leads to
    /// @param checksum whether to read it for its SHA-256
    static DataTable of(Path path, boolean follow, boolean checksum) throws IOException {
        var links = follow ? new LinkOption[0] : new LinkOption[] {LinkOption.NOFOLLOW_LINKS};
        PosixFileAttributes found;
        try {
            found = Files.readAttributes(path, PosixFileAttributes.class, links);
        } catch (NoSuchFileException _) {
            return new DataTable().with("exists", false).with("path", path.toString());
        }
        var stat =
                new DataTable()
                        .with("exists", true)
                        .with("path", path.toString())
                        .with("size", (double) found.size())
                        .with("mode", Mode.octal(Attributes.number(path, "mode", links)))
                        .with("is_dir", found.isDirectory())
                        .with("is_file", found.isRegularFile())
                        .with("is_link", found.isSymbolicLink())
                        .with("owner", found.owner().getName())
                        .with("group", found.group().getName())
                        .with("uid", Attributes.number(path, "uid", links))
                        .with("gid", Attributes.number(path, "gid", links))
                        .with("mtime", seconds(found.lastModifiedTime().toInstant()))
                        .with("atime", seconds(found.lastAccessTime().toInstant()));
        if (found.isSymbolicLink()) {
            stat.with("target", Files.readSymbolicLink(path).toString());
        }
        if (checksum && found.isRegularFile()) {
            stat.with("checksum", sum(path));
        }
        return stat;
    }

    private static double seconds(Instant instant) {
        return instant.toEpochMilli() / MILLIS;
    }

    /// The SHA-256 of a file in hexadecimal digits.
    static String sum(Path file) throws IOException {
        try (var out =
                new DigestOutputStream(
                        OutputStream.nullOutputStream(), MessageDigest.getInstance("SHA-256"))) {
            Files.copy(file, out);
            return HexFormat.of().formatHex(out.getMessageDigest().digest());
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
