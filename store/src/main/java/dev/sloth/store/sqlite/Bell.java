package dev.sloth.store.sqlite;

import dev.sloth.core.store.StoreFailure;
import dev.sloth.core.store.StoreFailure.Reason;
import dev.sloth.core.store.news.News.Listening;
import dev.sloth.store.files.FolderFailures;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.ClosedWatchServiceException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.StandardWatchEventKinds;
import java.nio.file.WatchService;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArraySet;
import java.util.concurrent.locks.ReentrantLock;

/// Tells of commits, in this process and in others that use the same folder: each commit writes a
/// byte to a file that all who listen have the system watch. The files of the database itself would
/// not do: they change before what is committed can be read.
final class Bell implements AutoCloseable {
    private static final System.Logger LOG = System.getLogger(Bell.class.getName());

    private final Path file;
    private final Set<Ear> ears = new CopyOnWriteArraySet<>();
    private final ReentrantLock lock = new ReentrantLock();
    private Optional<FileChannel> rope = Optional.empty();
    private Optional<WatchService> watch = Optional.empty();
    private boolean closed;

    /// @param file alone in its folder; both are made when they are first needed
    Bell(Path file) {
        this.file = file;
    }

    private record Ear(Object self, Runnable told) {}

    /// Called after each commit, by the thread that made it.
    void ring() {
        ears.forEach(ear -> ear.told().run());
        lock.lock();
        try {
            if (!closed) {
                pull();
            }
        } catch (IOException e) {
            // What was committed stays; others look again by themselves when something is due.
            LOG.log(System.Logger.Level.WARNING, "other processes are not told of changes", e);
        } finally {
            lock.unlock();
        }
    }

    private void pull() throws IOException {
        if (rope.isEmpty()) {
            Files.createDirectories(file.toAbsolutePath().resolveSibling("."));
            rope =
                    Optional.of(
                            FileChannel.open(
                                    file, StandardOpenOption.CREATE, StandardOpenOption.WRITE));
        }
        rope.get().write(ByteBuffer.wrap(new byte[1]), 0);
    }

    /// @throws StoreFailure when the system cannot watch the file
    Listening listen(Runnable told) {
        var ear = new Ear(new Object(), told);
        ears.add(ear);
        lock.lock();
        try {
            if (watch.isEmpty() && !closed) {
                watch = Optional.of(watching());
            }
        } catch (IOException e) {
            ears.remove(ear);
            throw FolderFailures.of(file, e);
        } finally {
            lock.unlock();
        }
        return () -> ears.remove(ear);
    }

    private WatchService watching() throws IOException {
        var folder = file.toAbsolutePath().resolveSibling(".").normalize();
        Files.createDirectories(folder);
        var service = folder.getFileSystem().newWatchService();
        folder.register(
                service,
                StandardWatchEventKinds.ENTRY_MODIFY,
                StandardWatchEventKinds.ENTRY_CREATE);
        Thread.ofPlatform()
                .daemon()
                .name("listener of " + file.getFileName())
                .start(() -> hear(service));
        return service;
    }

    private void hear(WatchService service) {
        try {
            while (true) {
                var key = service.take();
                key.pollEvents();
                key.reset();
                ears.forEach(ear -> ear.told().run());
            }
        } catch (ClosedWatchServiceException _) {
            // Nobody needs to know any more.
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() {
        lock.lock();
        try {
            closed = true;
            if (rope.isPresent()) {
                rope.get().close();
            }
            if (watch.isPresent()) {
                watch.get().close();
            }
        } catch (IOException e) {
            throw new StoreFailure(Reason.BROKEN, "%s cannot be closed".formatted(file), e);
        } finally {
            lock.unlock();
        }
    }
}
