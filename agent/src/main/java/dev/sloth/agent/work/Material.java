package dev.sloth.agent.work;

import dev.sloth.agent.RunScript;
import dev.sloth.agent.RunSecrets;
import dev.sloth.api.value.Value;
import dev.sloth.api.workflow.RunId;
import dev.sloth.codec.ValueFormat;
import dev.sloth.dsl.KeptFiles;
import dev.sloth.dsl.Source;
import dev.sloth.wire.WorkOrder;
import dev.sloth.wire.WorkOrder.File.Role;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;

/// What runs are made of, fetched from the master when it is needed first and kept in memory while
/// an order of the run is here. Safe for use by many threads.
final class Material {
    private final Uplinks uplinks;
    private final Bench bench;
    private final ConcurrentMap<String, RunScript> known = new ConcurrentHashMap<>();

    Material(Uplinks uplinks, Bench bench) {
        this.uplinks = uplinks;
        this.bench = bench;
    }

    /// @param order in whose name it is fetched
    RunScript of(String order, WorkOrder work) throws IOException, InterruptedException {
        var before = known.get(work.run());
        if (before != null) {
            return before;
        }
        var made = fetched(order, work);
        var other = known.putIfAbsent(work.run(), made);
        return other == null ? made : other;
    }

    /// No order of the run is here any more.
    void forget(String run) {
        known.remove(run);
    }

    private RunScript fetched(String order, WorkOrder work)
            throws IOException, InterruptedException {
        var folder = Files.createDirectories(bench.run(work.run()));
        var project = Files.createDirectories(bench.project(work.run())).toRealPath();
        var secrets =
                work.secrets()
                        ? RunSecrets.of(uplinks.ask(uplink -> uplink.secrets(order)))
                        : RunSecrets.NONE;
        return new RunScript(
                new RunId(work.run()),
                source(order, work, project),
                values(order, work),
                work.workflow(),
                work.permissions(),
                secrets,
                folder);
    }

    private byte[] content(String order, String sha256) throws IOException, InterruptedException {
        return uplinks.ask(uplink -> {
            var bytes = new ByteArrayOutputStream();
            uplink.content(order, sha256, bytes);
            return bytes.toByteArray();
        });
    }

    private Value values(String order, WorkOrder work) throws IOException, InterruptedException {
        return ValueFormat.read(content(order, work.values()));
    }

    /// The project of whoever wants the run is not here: its files are taken to be in a folder of
    /// the run, under the same paths within the project.
    private Source source(String order, WorkOrder work, Path project)
            throws IOException, InterruptedException {
        var there = Path.of(only(work, Role.PROJECT).path());
        Map<Path, byte[]> texts = new LinkedHashMap<>();
        Map<Path, Path> links = new LinkedHashMap<>();
        for (var file : work.files()) {
            var path = moved(Path.of(file.path()), there, project);
            switch (file.role()) {
                case SCRIPT, IMPORT -> texts.put(path, content(order, file.content()));
                case LINK -> links.put(path, moved(Path.of(file.content()), there, project));
                case FILE, PROGRAM -> laid(path, project, order, file);
                case VALUES, PROJECT -> {}
            }
        }
        var script = moved(Path.of(only(work, Role.SCRIPT).path()), there, project);
        var files = new KeptFiles(new KeptFiles.Known(texts, links), new Nothing());
        return new Source(script, project, texts.getOrDefault(script, new byte[0]), files);
    }

    /// Puts a file where tasks look for it.
    private void laid(Path path, Path project, String order, WorkOrder.File file)
            throws IOException, InterruptedException {
        if (!path.startsWith(project) || path.equals(project)) {
            throw new IOException("the file " + file.path() + " is not of the project");
        }
        Files.createDirectories(path.getParent());
        var fresh = Files.createTempFile(path.getParent(), ".fresh", "");
        Files.write(fresh, content(order, file.content()));
        Files.setPosixFilePermissions(
                fresh,
                PosixFilePermissions.fromString(
                        file.role() == Role.PROGRAM ? "rwxr-xr-x" : "rw-r--r--"));
        Files.move(fresh, path, StandardCopyOption.ATOMIC_MOVE);
    }

    private static WorkOrder.File only(WorkOrder work, Role role) throws IOException {
        return work.files().stream()
                .filter(file -> file.role() == role)
                .findFirst()
                .orElseThrow(() -> new IOException("the order has no " + role));
    }

    private static Path moved(Path file, Path from, Path to) {
        return file.startsWith(from) ? to.resolve(from.relativize(file)).normalize() : file;
    }

    /// What is met here besides is not the master's to keep.
    private static final class Nothing implements KeptFiles.Met {
        @Override
        public void text(Path file, byte[] text) {}

        @Override
        public void link(Path from, Path to) {}
    }
}
