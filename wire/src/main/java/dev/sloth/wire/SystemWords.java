package dev.sloth.wire;

import java.util.regex.Pattern;

/// What the system says of a connection, without the names of functions and the numbers of errors
/// that the library puts before it.
public final class SystemWords {
    private static final Pattern CALL =
            Pattern.compile("^(syscall:)?\\w+\\(\\.\\.\\) failed( with error\\(-?\\d+\\))?: ");

    private SystemWords() {}

    public static String of(Throwable failure) {
        return CALL.matcher(String.valueOf(failure.getMessage())).replaceFirst("");
    }
}
