package dev.sloth.plugins.value;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;

/// Failures of files and connections in words: Java's own messages are often only a path.
public final class Failures {
    private Failures() {}

    public static String sentence(IOException e) {
        return switch (e) {
            case NoSuchFileException f -> f.getFile() + ": no such file or directory";
            case AccessDeniedException f -> f.getFile() + ": permission denied";
            case FileAlreadyExistsException f -> f.getFile() + ": exists already";
            case DirectoryNotEmptyException f -> f.getFile() + ": the directory is not empty";
            case NotDirectoryException f -> f.getFile() + ": not a directory";
            case FileSystemException f ->
                    f.getReason() == null
                            ? String.valueOf(f.getMessage())
                            : f.getFile() + ": " + f.getReason();
            case FileNotFoundException f -> String.valueOf(f.getMessage());
            default -> e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
        };
    }
}
