package dev.sloth.master.rpc;

import com.google.protobuf.ByteString;
import dev.sloth.api.workflow.Problem;
import dev.sloth.master.run.ActiveRun;
import dev.sloth.wire.WireProblems;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;

/// A file that an agent sends, on its way into the store. For one thread.
final class Arriving {
    private static final System.Logger LOG = System.getLogger(Arriving.class.getName());

    /// An artifact cannot be called so.
    private static final String NO_NAME = "SLOTH-4743";

    private final ActiveRun run;
    private final String order;
    private final String path;
    private final Path file;
    private final OutputStream out;

    private Arriving(ActiveRun run, String order, String path, Path file, OutputStream out) {
        this.run = run;
        this.order = order;
        this.path = path;
        this.file = file;
        this.out = out;
    }

    /// @param path that it [#mayBeCalled], as later tasks ask for it; it never becomes the name of
    ///   a file
    static Arriving begin(
            ActiveRun run, String order, String path, boolean executable, Path scratch)
            throws IOException {
        var mode = PosixFilePermissions.fromString(executable ? "rwx------" : "rw-------");
        var file =
                Files.createTempFile(
                        scratch, "arriving", "", PosixFilePermissions.asFileAttribute(mode));
        return new Arriving(run, order, path, file, Files.newOutputStream(file));
    }

    /// Whether it is below the work folder of its task.
    static boolean mayBeCalled(String path) {
        try {
            var wanted = Path.of(path);
            return !path.isEmpty()
                    && !wanted.isAbsolute()
                    && wanted.normalize().equals(wanted)
                    && !wanted.startsWith("..");
        } catch (InvalidPathException _) {
            return false;
        }
    }

    static Problem noName() {
        return WireProblems.problem(
                NO_NAME,
                "an artifact cannot be called so",
                "artifacts are below the work folder of their task");
    }

    void add(ByteString bytes) throws IOException {
        bytes.writeTo(out);
    }

    /// All of it is there.
    void kept() throws IOException {
        out.close();
        run.keep(order, path, file);
        drop();
    }

    /// It is not wanted any more.
    void drop() {
        try (out) {
            Files.deleteIfExists(file);
        } catch (IOException e) {
            LOG.log(System.Logger.Level.DEBUG, "a file that was on its way is still there", e);
        }
    }
}
