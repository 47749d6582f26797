package dev.sloth.api.workflow;

import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;

/// What is wrong with a file, in words: Java leaves that to the names of its exceptions, whose
/// messages are often only a path.
public final class FileTrouble {
    private FileTrouble() {}

    /// Whether the disk had no room, which passes.
    public static boolean isFull(IOException failure) {
        var words = words(failure);
        return words.contains("No space left") || words.contains("quota exceeded");
    }

    /// To stand behind the name of the file and a colon.
    ///
    /// @param failure an [IOException] or an [InvalidPathException]
    public static String words(Exception failure) {
        var said = failure.getMessage();
        return switch (failure) {
            case NoSuchFileException _ -> "there is no such file";
            case AccessDeniedException _ -> "permission denied";
            case NotDirectoryException e -> e.getFile() + " is not a folder";
            case FileAlreadyExistsException e -> e.getFile() + " is there already";
            case FileSystemException e when e.getReason() != null -> e.getReason();
            case CharacterCodingException _ -> "it is not text in UTF-8";
            case InvalidPathException _ -> "a file cannot have this name";
            case Exception _ when said == null -> "the system does not say why";
            case Exception _ -> said.equals("Is a directory") ? "it is a folder" : said;
        };
    }
}
