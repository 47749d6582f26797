package dev.sloth.dsl;

import dev.sloth.api.workflow.Problems;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;

/// The texts that one run is made of. Each is read from disk at most once, and is what it was then
/// for as long as the run lasts, also when it goes on in another process with the texts that were
/// kept, whatever has become of the files. Links stay what they were too.
public final class KeptFiles implements ScriptFiles {
    /// What [#folder], [#find] and [#text] met first is told under this lock: of two threads that
    /// meet a file at once, both must get one text, and none before it is stored.
    private final ReentrantLock lock = new ReentrantLock();

    private final Map<Path, byte[]> texts = new LinkedHashMap<>();
    private final Map<Path, Path> links = new LinkedHashMap<>();
    private final Met met;

    /// Is told of what was not known, before it is used; what it throws keeps that from being used.
    public interface Met {
        /// @param file its real path
        void text(Path file, byte[] text);

        /// A path led elsewhere.
        void link(Path from, Path to);
    }

    /// All that is known at one moment.
    ///
    /// @param texts by the real paths of their files
    /// @param links real paths by those that led there, where the two differ
    public record Known(Map<Path, byte[]> texts, Map<Path, Path> links) {
        public static final Known NOTHING = new Known(Map.of(), Map.of());
    }

    public KeptFiles(Known known, Met met) {
        texts.putAll(known.texts());
        links.putAll(known.links());
        this.met = met;
    }

    /// What is known comes first: a file that came to be since does not hide it.
    @Override
    public Optional<Path> find(List<Path> candidates) throws IOException {
        lock.lock();
        try {
            for (var file : candidates) {
                var real = links.getOrDefault(file, file);
                if (texts.containsKey(real)) {
                    return Optional.of(real);
                }
            }
            for (var file : candidates) {
                var found = DISK.find(List.of(file));
                if (found.isPresent()) {
                    return Optional.of(linked(file, found.get()));
                }
            }
            return Optional.empty();
        } finally {
            lock.unlock();
        }
    }

    @Override
    public Path folder(Path folder) throws IOException {
        lock.lock();
        try {
            var known = links.get(folder);
            return known == null ? linked(folder, DISK.folder(folder)) : known;
        } finally {
            lock.unlock();
        }
    }

    private Path linked(Path from, Path to) {
        if (!from.equals(to) && !to.equals(links.get(from))) {
            met.link(from, to);
            links.put(from, to);
        }
        return to;
    }

    /// @throws Problems as [ScriptFiles#text]
    @Override
    public byte[] text(Path file, String shown) {
        lock.lock();
        try {
            var known = texts.get(file);
            if (known != null) {
                return known;
            }
            var text = DISK.text(file, shown);
            met.text(file, text);
            texts.put(file, text);
            return text;
        } finally {
            lock.unlock();
        }
    }

    /// What was known in the beginning and was met since, in this order.
    public Known known() {
        lock.lock();
        try {
            return new Known(new LinkedHashMap<>(texts), new LinkedHashMap<>(links));
        } finally {
            lock.unlock();
        }
    }

    /// What is not on disk any more as it is kept here: files that were changed, are gone or cannot
    /// be read, and paths that lead elsewhere.
    public List<Path> changed() {
        var known = known();
        var changed = new ArrayList<Path>();
        known.texts()
                .forEach((file, text) -> {
                    if (!isOnDisk(file, text)) {
                        changed.add(file);
                    }
                });
        known.links()
                .forEach((from, to) -> {
                    if (!leads(from, to)) {
                        changed.add(from);
                    }
                });
        return changed;
    }

    private static boolean isOnDisk(Path file, byte[] text) {
        try {
            return Files.isRegularFile(file)
                    && Files.size(file) == text.length
                    && Arrays.equals(Files.readAllBytes(file), text);
        } catch (IOException _) {
            return false;
        }
    }

    private static boolean leads(Path from, Path to) {
        try {
            return DISK.folder(from).equals(to);
        } catch (IOException _) {
            return false;
        }
    }
}
