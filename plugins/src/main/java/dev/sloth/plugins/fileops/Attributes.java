package dev.sloth.plugins.fileops;

import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.GroupPrincipal;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.UserPrincipal;
import java.nio.file.attribute.UserPrincipalNotFoundException;

/// Modes and owners of files.
final class Attributes {
    private Attributes() {}

    static int mode(Path file) throws IOException {
        return number(file, "mode") & Mode.ALL;
    }

    static int number(Path file, String name, LinkOption... options) throws IOException {
        return (Integer) Files.getAttribute(file, "unix:" + name, options);
    }

    static void mode(Path file, int mode) throws IOException {
        Files.setAttribute(file, "unix:mode", mode);
    }

    /// Makes it so; whether anything had to be changed.
    static boolean settle(Path file, Standing wanted) throws IOException {
        boolean owned = owner(file, wanted.owner());
        owned |= group(file, wanted.group());
        if (wanted.mode().isEmpty()) {
            return owned;
        }
        int now = mode(file);
        int then = wanted.mode().get().from(now, Files.isDirectory(file));
        if (now == then) {
            return owned;
        }
        mode(file, then);
        return true;
    }

    private static PosixFileAttributeView view(Path file) {
        return Files.getFileAttributeView(file, PosixFileAttributeView.class);
    }

    private static boolean owner(Path file, String name) throws IOException {
        if (name.isEmpty()) {
            return false;
        }
        UserPrincipal user;
        try {
            user = file.getFileSystem().getUserPrincipalLookupService().lookupPrincipalByName(name);
        } catch (UserPrincipalNotFoundException e) {
            throw new IOException("there is no user called " + name, e);
        }
        if (view(file).readAttributes().owner().equals(user)) {
            return false;
        }
        view(file).setOwner(user);
        return true;
    }

    private static boolean group(Path file, String name) throws IOException {
        if (name.isEmpty()) {
            return false;
        }
        GroupPrincipal group;
        try {
            var known = file.getFileSystem().getUserPrincipalLookupService();
            group = known.lookupPrincipalByGroupName(name);
        } catch (UserPrincipalNotFoundException e) {
            throw new IOException("there is no group called " + name, e);
        }
        if (view(file).readAttributes().group().equals(group)) {
            return false;
        }
        view(file).setGroup(group);
        return true;
    }

    /// Gives one file the owner, the group and the mode of another.
    static void copy(Path from, Path to) throws IOException {
        for (var name : new String[] {"uid", "gid"}) {
            int wanted = number(from, name);
            if (number(to, name) != wanted) {
                try {
                    Files.setAttribute(to, "unix:" + name, wanted);
                } catch (FileSystemException e) {
                    var refused =
                            new FileSystemException(
                                    from.toString(),
                                    null,
                                    "belongs to others, and only root can replace it and keep that:"
                                            + " give owner and group to take it over");
                    refused.initCause(e);
                    throw refused;
                }
            }
        }
        mode(to, mode(from));
    }
}
