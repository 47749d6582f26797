package dev.sloth.store.sqlite;

import dev.sloth.core.store.StoreFailure;
import dev.sloth.core.store.StoreFailure.Reason;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import org.sqlite.SQLiteJDBCLoader;
import org.sqlite.util.LibraryLoaderUtil;

/// Brings SQLite itself into the process.
///
/// Left alone, the driver unpacks it from its jar into the temporary folder at every start, and
/// compares it: that takes longer than all else a short command does with a store, and fails where
/// nothing in that folder may be executed. So it is unpacked once, into the home, for this version
/// of the driver and this kind of machine. Whoever sets `org.sqlite.lib.path` has decided
/// otherwise; and a copy that cannot be made or loaded leaves the driver to its own ways.
final class NativeLibrary {
    private static final String FOLDER = "org.sqlite.lib.path";
    private static final String LEFT_BEHIND = "org.sqlite.tmpdir";

    private NativeLibrary() {}

    static void load(Path home) {
        if (System.getProperty(FOLDER) == null) {
            var folder = home.toAbsolutePath().resolve("native").resolve(version());
            if (unpacked(folder)) {
                System.setProperty(FOLDER, folder.toString());
                // Where it looks for copies that were left behind; the usual folder may be large.
                System.setProperty(LEFT_BEHIND, folder.toString());
            }
        }
        try {
            SQLiteJDBCLoader.initialize();
        } catch (Exception e) {
            throw new StoreFailure(
                    Reason.BROKEN,
                    "SQLite cannot be loaded on this machine (%s): set java.io.tmpdir to a folder whose files may be executed"
                            .formatted(e.getMessage()),
                    e);
        }
    }

    /// The name of the driver's jar says it sooner than the driver does.
    private static String version() {
        var source = SQLiteJDBCLoader.class.getProtectionDomain().getCodeSource();
        var place = source == null ? "" : source.getLocation().getPath();
        var jar = place.substring(place.lastIndexOf('/') + 1).replace(".jar", "");
        var version = jar.isEmpty() ? SQLiteJDBCLoader.getVersion() : jar;
        return version + "-" + System.getProperty("os.arch");
    }

    /// Whether the library is in the folder now.
    private static boolean unpacked(Path folder) {
        var library = folder.resolve(LibraryLoaderUtil.getNativeLibName());
        try {
            if (Files.notExists(library)) {
                Files.createDirectories(folder);
                unpack(library);
            }
            return true;
        } catch (IOException e) {
            return false;
        }
    }

    private static void unpack(Path library) throws IOException {
        var name = LibraryLoaderUtil.getNativeLibResourcePath() + "/" + library.getFileName();
        var part = Files.createTempFile(library.getParent(), "", ".part");
        try (var in = SQLiteJDBCLoader.class.getResourceAsStream(name)) {
            if (in == null) {
                throw new IOException("the driver has no " + name);
            }
            Files.copy(in, part, StandardCopyOption.REPLACE_EXISTING);
            try (var channel = FileChannel.open(part, StandardOpenOption.WRITE)) {
                channel.force(true);
            }
            Files.move(part, library, StandardCopyOption.ATOMIC_MOVE);
        } finally {
            Files.deleteIfExists(part);
        }
    }
}
