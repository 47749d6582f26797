package dev.sloth.store.sqlite;

import dev.sloth.core.store.StoreFailure;
import dev.sloth.core.store.StoreFailure.Reason;
import dev.sloth.store.files.FolderFailures;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import org.sqlite.SQLiteException;

/// What SQLite says, in the words of a store: which file, what is wrong, what to do.
final class Failures {
    /// The primary part of SQLite's extended result codes.
    private static final int PRIMARY = 0xff;

    private static final int ERROR = 1;
    private static final int PERM = 3;
    private static final int BUSY = 5;
    private static final int LOCKED = 6;
    private static final int READONLY = 8;
    private static final int IOERR = 10;
    private static final int CORRUPT = 11;
    private static final int FULL = 13;
    private static final int CANTOPEN = 14;
    private static final int AUTH = 23;
    private static final int NOTADB = 26;

    private Failures() {}

    static StoreFailure of(Path file, SQLException cause) {
        var reason = reason(file, cause);
        return new StoreFailure(reason, text(reason, file, cause), cause);
    }

    private static Reason reason(Path file, SQLException cause) {
        return switch (code(cause)) {
            case FULL -> Reason.FULL;
            case BUSY, LOCKED -> Reason.BUSY;
            case PERM, READONLY, AUTH -> Reason.FORBIDDEN;
            case CORRUPT, NOTADB -> Reason.DAMAGED;
            case CANTOPEN -> unopened(file);
            // A file that cannot grow for want of room is reported as an error of this kind, too.
            case IOERR -> FolderFailures.full(file) ? Reason.FULL : Reason.BROKEN;
            case ERROR -> lacks(cause) ? Reason.DAMAGED : Reason.BROKEN;
            default -> Reason.BROKEN;
        };
    }

    /// Our statements fit the format that the file says it has.
    private static boolean lacks(SQLException cause) {
        var message = String.valueOf(cause.getMessage());
        return message.contains("no such table") || message.contains("no such column");
    }

    private static int code(SQLException cause) {
        return cause instanceof SQLiteException e ? e.getResultCode().code & PRIMARY : 0;
    }

    /// Why a file, or one of those that SQLite keeps beside it, could not be opened.
    private static Reason unopened(Path file) {
        if (FolderFailures.full(file)) {
            return Reason.FULL;
        }
        boolean allowed =
                Files.isWritable(file.toAbsolutePath().getParent())
                        && (Files.notExists(file) || Files.isWritable(file));
        return allowed ? Reason.BROKEN : Reason.FORBIDDEN;
    }

    static String text(Reason reason, Path file, SQLException cause) {
        return switch (reason) {
            case FULL ->
                    "%s cannot grow, the disk is full: make room there, then try again"
                            .formatted(file);
            case BUSY ->
                    "%s is kept busy by another process for too long: try again, or look for one that hangs"
                            .formatted(file);
            case FORBIDDEN ->
                    "%s may not be written: the file or its folder is not ours to write, or its file system is read-only. Mend that, or set SLOTH_HOME to another folder"
                            .formatted(file);
            case DAMAGED ->
                    "%s is damaged (%s): keep a copy of it, then restore it from a backup, or move it away to begin anew"
                            .formatted(file, said(cause));
            default -> "%s: %s".formatted(file, said(cause));
        };
    }

    /// On one line: SQLite quotes what it could not read.
    private static String said(SQLException cause) {
        return String.valueOf(cause.getMessage()).replaceAll("\\s+", " ");
    }
}
