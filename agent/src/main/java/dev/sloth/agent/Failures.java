package dev.sloth.agent;

import dev.sloth.api.value.ScriptFailure;
import dev.sloth.api.workflow.Outcome;
import dev.sloth.api.workflow.Outcome.Failure;
import dev.sloth.api.workflow.Problems;
import dev.sloth.api.workflow.Span;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;

/// Makes outcomes of what went wrong.
final class Failures {
    // As Lua puts the place before a message: FILE:LINE: or FILE:LINE:COLUMN:
    private static final Pattern PLACE =
            Pattern.compile("^([^\\n]+?):(\\d{1,9})(?::(\\d{1,9}))?: ");

    private static final int PLACES_MAX = 30;

    private Failures() {}

    static Outcome of(ScriptFailure failure) {
        var message = message(failure);
        return Outcome.failed(message, new Failure(place(message), failure.traceback()));
    }

    static Outcome of(Problems problems) {
        var first = problems.list().getFirst();
        return Outcome.failed(message(problems), new Failure(first.at(), List.of()));
    }

    static Outcome of(String message) {
        return Outcome.failed(message, Failure.NONE);
    }

    /// A defect, told with the Java places that help to find it.
    static Outcome broken(Throwable cause) {
        var places =
                Arrays.stream(cause.getStackTrace())
                        .limit(PLACES_MAX)
                        .map(StackTraceElement::toString)
                        .toList();
        return Outcome.failed(
                "internal error: " + cause.getClass().getSimpleName() + ": " + message(cause),
                new Failure(Span.NOWHERE, places));
    }

    /// The system's own exceptions for files say which file, but leave to their type what is wrong.
    static String message(Throwable failure) {
        if (failure instanceof FileSystemException e && e.getReason() == null) {
            return e.getFile() + ": " + reason(e);
        }
        var message = failure.getMessage();
        return message == null || message.isBlank() ? failure.getClass().getSimpleName() : message;
    }

    private static String reason(FileSystemException failure) {
        return switch (failure) {
            case AccessDeniedException _ -> "permission denied";
            case FileAlreadyExistsException _ -> "something else has that name";
            case NoSuchFileException _ -> "no such file or folder";
            case NotDirectoryException _ -> "not a folder";
            default -> failure.getClass().getSimpleName();
        };
    }

    private static Span place(String message) {
        var found = PLACE.matcher(message);
        if (!found.find()) {
            return Span.NOWHERE;
        }
        var column = found.group(3);
        return new Span(
                found.group(1),
                Integer.parseInt(found.group(2)),
                column == null ? 0 : Integer.parseInt(column));
    }
}
