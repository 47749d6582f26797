package dev.sloth.lua.lib;

import dev.sloth.lua.value.Fibers;
import dev.sloth.lua.value.LuaNil;
import dev.sloth.lua.value.LuaState;
import dev.sloth.lua.value.LuaString;
import dev.sloth.lua.value.LuaValues;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;

/// Failures of the system as Lua reports them: nil, a message, and C's error number.
final class Outcomes {
    private static final int INTERRUPTED = 4;
    private static final int INPUT_OUTPUT = 5;
    private static final int INVALID = 22;
    private static final int NO_PLACES = 29;

    private static final String NO_SUCH_FILE = "No such file or directory";

    /// What Linux calls the failures that may happen to files, with C's numbers for them.
    private static final Map<String, Integer> NUMBERS =
            Map.ofEntries(
                    Map.entry("Operation not permitted", 1),
                    Map.entry(NO_SUCH_FILE, 2),
                    Map.entry("Interrupted system call", INTERRUPTED),
                    Map.entry("No such device or address", 6),
                    Map.entry("Bad file descriptor", 9),
                    Map.entry("Permission denied", 13),
                    Map.entry("Device or resource busy", 16),
                    Map.entry("File exists", 17),
                    Map.entry("Invalid cross-device link", 18),
                    Map.entry("Not a directory", 20),
                    Map.entry("Is a directory", 21),
                    Map.entry("Invalid argument", INVALID),
                    Map.entry("Too many open files", 24),
                    Map.entry("Text file busy", 26),
                    Map.entry("File too large", 27),
                    Map.entry("No space left on device", 28),
                    Map.entry("Illegal seek", NO_PLACES),
                    Map.entry("Read-only file system", 30),
                    Map.entry("Broken pipe", 32),
                    Map.entry("File name too long", 36),
                    Map.entry("Directory not empty", 39),
                    Map.entry("Too many levels of symbolic links", 40),
                    Map.entry("Disk quota exceeded", 122));

    private Outcomes() {}

    /// What C refuses under a number of its own.
    static final class Refused extends IOException {
        private static final long serialVersionUID = 1;

        private final int number;

        private Refused(String message, int number) {
            super(message);
            this.number = number;
        }

        /// A place before the beginning of a file.
        static Refused place() {
            return new Refused("Invalid argument", INVALID);
        }

        /// A place in something that has none.
        static Refused seek() {
            return new Refused("Illegal seek", NO_PLACES);
        }
    }

    /// What a function does with the world outside; its result as calls return it.
    @FunctionalInterface
    interface Deed {
        double run() throws IOException, InterruptedException;
    }

    /// Runs the deed; a failure becomes nil, a message that begins with `name` (unless empty), and
    /// a number.
    static double of(LuaState s, String name, Deed deed) {
        try {
            return deed.run();
        } catch (IOException e) {
            String message = message(e);
            boolean ofFile = !name.isEmpty() || e instanceof NoSuchFileException;
            return failed(s, ofFile ? name + ": " + message : message, number(e));
        } catch (InvalidPathException e) {
            return failed(s, name + ": " + e.getReason(), INVALID);
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
            return failed(s, "interrupted", INTERRUPTED);
        }
    }

    /// Runs work that may take long, with the interpreter free for other fibers.
    static <T> T outside(LuaState s, Fibers.Work<T, IOException, InterruptedException> work)
            throws IOException, InterruptedException {
        return s.fibers().<T, IOException, InterruptedException>blocking(work);
    }

    /// Work that an interrupt does not reach once it has begun, such as reading a terminal: a
    /// thread of its own does it, and is left behind when the wait for it is interrupted.
    ///
    /// @throws InterruptedIOException when it was; the interrupt stands
    static <T> T apart(Callable<T> work) throws IOException {
        var task = new FutureTask<>(work);
        Thread.ofPlatform().daemon().name("lua-io").start(task);
        try {
            return task.get();
        } catch (ExecutionException e) {
            if (e.getCause() instanceof IOException failed) {
                throw failed;
            }
            throw new IOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            var interrupted = new InterruptedIOException("Interrupted system call");
            interrupted.initCause(e);
            throw interrupted;
        }
    }

    static double failed(LuaState s, String message, int number) {
        return s.multi(
                new double[] {LuaValues.TAG, LuaValues.TAG, number},
                new Object[] {LuaNil.NIL, LuaString.of(message), LuaNil.NIL},
                3);
    }

    static String message(IOException e) {
        return switch (e) {
            case NoSuchFileException _ -> NO_SUCH_FILE;
            case AccessDeniedException _ -> "Permission denied";
            case FileAlreadyExistsException _ -> "File exists";
            case DirectoryNotEmptyException _ -> "Directory not empty";
            case FileSystemException f ->
                    Optional.ofNullable(f.getReason()).orElse("Input/output error");
            default -> Optional.ofNullable(e.getMessage()).orElse("Input/output error");
        };
    }

    private static int number(IOException e) {
        return e instanceof Refused refused
                ? refused.number
                : NUMBERS.getOrDefault(message(e), INPUT_OUTPUT);
    }
}
