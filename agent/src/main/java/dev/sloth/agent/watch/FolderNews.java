package dev.sloth.agent.watch;

import java.io.IOException;
import java.nio.file.ClosedWatchServiceException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardWatchEventKinds;
import java.nio.file.WatchKey;
import java.nio.file.WatchService;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/// Hears from the system in which folders something happened.
final class FolderNews implements AutoCloseable {
    private final WatchService service;
    private final Runnable told;
    private final Map<Path, WatchKey> keys = new HashMap<>();
    private final Set<Path> heard = ConcurrentHashMap.newKeySet();

    /// @param told when there is news; by a thread of ours
    FolderNews(Runnable told) throws IOException {
        this.service = Path.of("/").getFileSystem().newWatchService();
        this.told = told;
        Thread.ofPlatform().daemon().name("folder-news").start(this::hear);
    }

    private void hear() {
        try {
            while (true) {
                var key = service.take();
                key.pollEvents();
                if (key.watchable() instanceof Path folder) {
                    heard.add(folder);
                    told.run();
                }
                key.reset();
            }
        } catch (ClosedWatchServiceException _) {
            // Nobody needs to know any more.
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }

    /// From now on these are listened to, and no others.
    ///
    /// @throws IOException when the system cannot listen to so many, or not there
    void listenTo(Set<Path> folders) throws IOException {
        keys.entrySet()
                .removeIf(entry -> {
                    boolean over = !folders.contains(entry.getKey()) || !entry.getValue().isValid();
                    if (over) {
                        entry.getValue().cancel();
                    }
                    return over;
                });
        for (var folder : folders) {
            if (!keys.containsKey(folder) && Files.isDirectory(folder)) {
                keys.put(
                        folder,
                        folder.register(
                                service,
                                StandardWatchEventKinds.ENTRY_CREATE,
                                StandardWatchEventKinds.ENTRY_MODIFY,
                                StandardWatchEventKinds.ENTRY_DELETE));
            }
        }
    }

    /// Where something happened since the last time.
    Set<Path> heard() {
        var folders = new HashSet<>(heard);
        heard.removeAll(folders);
        return folders;
    }

    @Override
    public void close() throws IOException {
        service.close();
    }
}
