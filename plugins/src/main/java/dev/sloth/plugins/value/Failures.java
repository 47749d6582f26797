package dev.sloth.plugins.value;

import java.io.EOFException;
import java.io.IOException;
import java.net.ConnectException;
import java.nio.channels.ClosedChannelException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.AccessDeniedException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.FileSystemLoopException;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.NotLinkException;
import org.jspecify.annotations.Nullable;

/// Failures of files and connections in words: Java's own messages are often only a path.
public final class Failures {
    private static final String UNSAID = "it failed, and the system does not say why";

    private Failures() {}

    private static String said(IOException e, String otherwise) {
        return e.getMessage() == null ? otherwise : e.getMessage();
    }

    /// Goes on with what was thrown in another thread when it is no failure of what was done there,
    /// such as an allowance that is used up.
    public static void rethrow(@Nullable Throwable thrown) {
        switch (thrown) {
            case RuntimeException e -> throw e;
            case Error e -> throw e;
            case null, default -> {}
        }
    }

    public static String sentence(IOException e) {
        return switch (e) {
            case NoSuchFileException f -> f.getFile() + ": no such file or directory";
            case AccessDeniedException f -> f.getFile() + ": permission denied";
            case FileAlreadyExistsException f -> f.getFile() + ": exists already";
            case DirectoryNotEmptyException f -> f.getFile() + ": the directory is not empty";
            case NotDirectoryException f -> f.getFile() + ": not a directory";
            case NotLinkException f -> f.getFile() + ": not a link";
            case FileSystemLoopException f -> f.getFile() + ": a link leads back to itself";
            case FileSystemException f ->
                    f.getFile() + ": " + (f.getReason() == null ? UNSAID : f.getReason());
            case EOFException f -> said(f, "it ended too early");
            case ClosedChannelException f -> said(f, "the connection or file was closed");
            case CharacterCodingException _ -> "the text is not UTF-8";
            case ConnectException f -> said(f, "the connection could not be made");
            default -> said(e, UNSAID);
        };
    }
}
