package dev.sloth.lua.lib;

import dev.sloth.lua.value.Args;
import dev.sloth.lua.value.Grants;
import dev.sloth.lua.value.HostProcesses;
import dev.sloth.lua.value.LuaHandle;
import dev.sloth.lua.value.LuaNil;
import dev.sloth.lua.value.LuaState;
import dev.sloth.lua.value.LuaString;
import dev.sloth.lua.value.LuaTable;
import dev.sloth.lua.value.LuaValues;
import dev.sloth.lua.value.Texts;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.HashSet;
import java.util.Set;

/// The `io` table and the methods of files. Files still open are closed with the state.
final class IoLibrary {
    /// Files that one state may have open.
    private static final int FILES_OPEN_MAX = 1_000;

    private static final int TOO_MANY_FILES = 24;
    private static final int INVALID_ARGUMENT = 22;
    private static final String TYPE = "FILE*";

    private final Surroundings around;
    private final LuaTable metatable;
    private final Set<LuaFile> open = new HashSet<>();
    private LuaHandle input;
    private LuaHandle output;

    private IoLibrary(LuaState s, Surroundings around) {
        this.around = around;
        this.metatable = methods(s);
        this.input = handle(LuaFile.reading(new Apart(around.input()), around.input()::close));
        this.output = standard(around.output());
    }

    static void open(LuaState s, Grants grants, Surroundings around) {
        IoLibrary library = new IoLibrary(s, around);
        s.registry().setString(s, LuaString.of("io"), LuaValues.TAG, library.metatable);
        Shelf.library(s, "io", 16)
                .set("stdin", library.input)
                .set("stdout", library.output)
                .set("stderr", library.standard(around.errors()))
                .granted(grants, "io.close", library::close)
                .granted(grants, "io.flush", library::flushOutput)
                .granted(grants, "io.input", library::input)
                .granted(grants, "io.lines", library::lines)
                .granted(grants, "io.open", library::openFile)
                .granted(grants, "io.output", library::output)
                .granted(grants, "io.popen", library::openProcess)
                .granted(grants, "io.read", library::read)
                .granted(grants, "io.tmpfile", library::temporary)
                .granted(grants, "io.type", IoLibrary::type)
                .granted(grants, "io.write", library::write);
        s.onClose(library::closeAll);
    }

    private LuaTable methods(LuaState s) {
        Shelf shelf =
                Shelf.of(s, 10)
                        .add("__tostring", IoLibrary::text)
                        .add("close", this::close)
                        .add("flush", (z, args) -> flush(z, file(z, args)))
                        .add("lines", (z, args) -> iterator(z, file(z, args), false))
                        .add("read", (z, args) -> readFrom(z, file(z, args), args, 2))
                        .add("seek", IoLibrary::seek)
                        .add("setvbuf", IoLibrary::setBuffering)
                        .add("write", IoLibrary::writeTo);
        return shelf.set("__index", shelf.table()).table();
    }

    /// Files are of the world outside, and what is done to them cannot be undone. But what is
    /// written to a standard file is on its way at once.
    private static void concernsFiles(LuaState s) {
        s.looksOutside();
        s.leavesTrace();
    }

    private LuaHandle handle(LuaFile file) {
        return new LuaHandle(file, metatable);
    }

    private LuaHandle standard(OutputStream stream) {
        return handle(LuaFile.writing(Channels.newChannel(stream), stream::flush));
    }

    private void closeAll() {
        for (LuaFile each : Set.copyOf(open)) {
            try {
                each.abandon();
            } catch (IOException _) {
                // the script is gone: nobody is left to be told
            } catch (InterruptedException _) {
                Thread.currentThread().interrupt();
            }
        }
        open.clear();
    }

    private static LuaFile file(LuaState s, Args args) {
        return usable(s, args.handle(1, LuaFile.class, TYPE));
    }

    private static LuaFile usable(LuaState s, LuaFile file) {
        if (file.isClosed()) {
            throw s.error("attempt to use a closed file");
        }
        return file;
    }

    private static LuaFile standing(LuaState s, LuaHandle handle, String which) {
        LuaFile file = (LuaFile) handle.held();
        if (file.isClosed()) {
            throw s.error("standard " + which + " file is closed");
        }
        return file;
    }

    // ---- opening and closing

    private double openFile(LuaState s, Args args) {
        concernsFiles(s);
        String name = args.string(1).toString();
        String mode = args.optString(2, LuaString.of("r")).toString();
        if (!mode.matches("[rwa]\\+?b?\\+?")) {
            return Outcomes.failed(s, name + ": Invalid argument", INVALID_ARGUMENT);
        }
        if (open.size() >= FILES_OPEN_MAX) {
            return Outcomes.failed(s, name + ": Too many open files", TOO_MANY_FILES);
        }
        return Outcomes.of(s, name, () -> s.ret(opened(s, name, mode)));
    }

    private LuaHandle opened(LuaState s, String name, String mode)
            throws IOException, InterruptedException {
        Path path = Own.of(s).file(name);
        boolean both = mode.contains("+");
        char first = mode.charAt(0);
        Set<OpenOption> options = new HashSet<>();
        if (first == 'r' || both) {
            options.add(StandardOpenOption.READ);
        }
        if (first != 'r' || both) {
            options.add(StandardOpenOption.WRITE);
        }
        if (first != 'r') {
            options.add(StandardOpenOption.CREATE);
        }
        if (first == 'w') {
            options.add(StandardOpenOption.TRUNCATE_EXISTING);
        }
        return kept(
                LuaFile.of(
                        channel(s, path, options),
                        first == 'r' || both,
                        first != 'r' || both,
                        first == 'a'));
    }

    /// A named pipe opens when somebody opens its other end, perhaps never.
    static FileChannel channel(LuaState s, Path path, Set<OpenOption> options)
            throws IOException, InterruptedException {
        if (!Files.exists(path) || Files.isRegularFile(path)) {
            return FileChannel.open(path, options);
        }
        return Outcomes.outside(s, () -> Outcomes.apart(() -> FileChannel.open(path, options)));
    }

    private LuaHandle kept(LuaFile file) {
        open.add(file);
        return handle(file);
    }

    private double openProcess(LuaState s, Args args) {
        concernsFiles(s);
        String command = args.string(1).toString();
        String mode = args.optString(2, LuaString.of("r")).toString();
        if (!mode.equals("r") && !mode.equals("w")) {
            return Outcomes.failed(s, command + ": Invalid argument", INVALID_ARGUMENT);
        }
        boolean writing = mode.equals("w");
        if (around.processes().isEmpty()) {
            return Outcomes.failed(s, "not supported", 0);
        }
        if (open.size() >= FILES_OPEN_MAX) {
            return Outcomes.failed(s, command + ": Too many open files", TOO_MANY_FILES);
        }
        HostProcesses processes = around.processes().get();
        return Outcomes.of(
                s,
                command,
                () -> s.ret(kept(Piped.open(s, () -> processes.start(command, writing), writing))));
    }

    private double temporary(LuaState s, Args args) {
        concernsFiles(s);
        return Outcomes.of(
                s,
                "",
                () -> {
                    Path path = Files.createTempFile("lua_", "");
                    FileChannel channel =
                            FileChannel.open(
                                    path,
                                    StandardOpenOption.READ,
                                    StandardOpenOption.WRITE,
                                    StandardOpenOption.DELETE_ON_CLOSE);
                    return s.ret(kept(LuaFile.of(channel, true, true, false)));
                });
    }

    private double close(LuaState s, Args args) {
        concernsFiles(s);
        LuaFile file = args.count() == 0 ? standing(s, output, "output") : file(s, args);
        return Outcomes.of(
                s,
                "",
                () -> {
                    try {
                        file.close(s);
                    } catch (IOException e) {
                        open.remove(file);
                        throw e;
                    }
                    // not before: one whose closing was cut short is closed with the state
                    open.remove(file);
                    return s.ret(true);
                });
    }

    private static double type(LuaState s, Args args) {
        args.any(1);
        if (args.o(1) instanceof LuaHandle handle && handle.held() instanceof LuaFile file) {
            return s.ret(file.isClosed() ? "closed file" : "file");
        }
        return s.nil();
    }

    private static double text(LuaState s, Args args) {
        LuaFile file = args.handle(1, LuaFile.class, TYPE);
        return s.ret(file.isClosed() ? "file (closed)" : "file (" + Texts.address(file) + ")");
    }

    // ---- the standing files

    private double input(LuaState s, Args args) {
        concernsFiles(s);
        input = chosen(s, args, input, "r");
        return s.ret(input);
    }

    private double output(LuaState s, Args args) {
        concernsFiles(s);
        output = chosen(s, args, output, "w");
        return s.ret(output);
    }

    private LuaHandle chosen(LuaState s, Args args, LuaHandle standing, String mode) {
        if (args.isNil(1)) {
            return standing;
        }
        if (args.o(1) instanceof LuaHandle handle && handle.held() instanceof LuaFile) {
            return handle;
        }
        if (!args.isNumber(1) && !(args.o(1) instanceof LuaString)) {
            throw args.typeError(1, TYPE);
        }
        return openedOrFail(s, args, mode);
    }

    private LuaHandle openedOrFail(LuaState s, Args args, String mode) {
        String name = args.string(1).toString();
        try {
            return opened(s, name, mode);
        } catch (IOException e) {
            throw args.bad(1, name + ": " + Outcomes.message(e));
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
            throw args.bad(1, name + ": interrupted");
        }
    }

    private double read(LuaState s, Args args) {
        concernsFiles(s);
        return readFrom(s, standing(s, input, "input"), args, 1);
    }

    private static double readFrom(LuaState s, LuaFile file, Args args, int first) {
        concernsFiles(s);
        return Outcomes.of(s, "", () -> FileReading.read(s, file, args, first));
    }

    private double write(LuaState s, Args args) {
        return writeAll(s, standing(s, output, "output"), args, 1, true);
    }

    private static double writeTo(LuaState s, Args args) {
        return writeAll(s, file(s, args), args, 2, false);
    }

    /// Files answer with themselves from 5.2 on, which lets writes be chained; `true` serves 5.1.
    private static double writeAll(
            LuaState s, LuaFile file, Args args, int first, boolean standing) {
        return Outcomes.of(
                s,
                "",
                () -> {
                    for (int i = first; i <= args.count(); i++) {
                        file.write(s, args.string(i));
                    }
                    return s.ret(standing ? true : args.o(1));
                });
    }

    private double flushOutput(LuaState s, Args args) {
        return flush(s, standing(s, output, "output"));
    }

    private static double flush(LuaState s, LuaFile file) {
        return Outcomes.of(
                s,
                "",
                () -> {
                    file.flush(s);
                    return s.ret(true);
                });
    }

    private double lines(LuaState s, Args args) {
        concernsFiles(s);
        if (args.isNil(1)) {
            return iterator(s, standing(s, input, "input"), false);
        }
        return iterator(s, (LuaFile) openedOrFail(s, args, "r").held(), true);
    }

    private double iterator(LuaState s, LuaFile file, boolean closes) {
        concernsFiles(s);
        return s.ret(new Builtin("for iterator", (z, _) -> nextLine(z, file, closes)));
    }

    private double nextLine(LuaState s, LuaFile file, boolean closes) {
        if (file.isClosed()) {
            throw s.error("file is already closed");
        }
        try {
            double d = FileReading.line(s, file, false);
            if (closes && LuaValues.isObject(d) && s.out == LuaNil.NIL) {
                open.remove(file);
                file.close(s);
                return s.nil();
            }
            return d;
        } catch (IOException e) {
            throw s.error(Outcomes.message(e));
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
            throw s.error("interrupted");
        }
    }

    private static double seek(LuaState s, Args args) {
        concernsFiles(s);
        LuaFile file = file(s, args);
        String whence = args.optString(2, LuaString.of("cur")).toString();
        if (!Set.of("set", "cur", "end").contains(whence)) {
            throw args.bad(2, "invalid option '" + whence + "'");
        }
        long offset = args.optInteger(3, 0);
        return Outcomes.of(s, "", () -> (double) file.seek(s, whence, offset));
    }

    private static double setBuffering(LuaState s, Args args) {
        concernsFiles(s);
        LuaFile file = file(s, args);
        String mode = args.string(2).toString();
        if (!Set.of("no", "full", "line").contains(mode)) {
            throw args.bad(2, "invalid option '" + mode + "'");
        }
        file.setUnbuffered(!mode.equals("full"));
        return s.ret(true);
    }
}
