package dev.sloth.testkit.store;

import dev.sloth.api.workflow.AttemptId;
import dev.sloth.api.workflow.RunId;
import dev.sloth.core.store.ArtifactStore;
import dev.sloth.core.store.Claim;
import dev.sloth.core.store.Content;
import dev.sloth.core.store.StoreFailure;
import dev.sloth.core.store.StoreFailure.Reason;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/// Artifacts in memory.
final class MemoryArtifacts implements ArtifactStore {
    private final Tables tables;

    MemoryArtifacts(Tables tables) {
        this.tables = tables;
    }

    @Override
    public void keep(Claim claim, AttemptId id, String path, Path file, Instant at)
            throws IOException {
        tables.read("fence", _ -> tables.claimed(claim, id));
        var bytes = Files.readAllBytes(file);
        var sha256 = Content.sha256(bytes);
        var artifact = new Artifact(id, path, sha256, bytes.length, Files.isExecutable(file), at);
        tables.write(edit -> {
            edit.put("add file", tables.disk().files, sha256, bytes);
            add(edit, tables.claimed(claim), artifact);
            return true;
        });
    }

    private void add(Edit edit, MemoryDisk.Run run, Artifact artifact) {
        for (var known : List.copyOf(run.artifacts.entrySet())) {
            if (same(known.getValue(), artifact)) {
                edit.remove("replace artifact", run.artifacts, known.getKey());
            }
        }
        edit.put("add artifact", run.artifacts, tables.disk().nextNumber(), artifact);
    }

    private static boolean same(Artifact one, Artifact other) {
        return one.id().task().equals(other.id().task()) && one.path().equals(other.path());
    }

    @Override
    public List<Artifact> of(RunId run) {
        return tables.read(
                "list artifacts",
                _ ->
                        tables.find(run)
                                .map(r -> List.copyOf(r.artifacts.values()))
                                .orElse(List.of()));
    }

    @Override
    public void copy(Artifact artifact, Path target) throws IOException {
        Files.write(target, bytes(artifact));
        if (!target.toFile().setExecutable(artifact.executable(), false)) {
            throw new IOException("cannot change the mode of " + target);
        }
    }

    private byte[] bytes(Artifact artifact) {
        return tables.read("read file", d -> Optional.ofNullable(d.files.get(artifact.sha256())))
                .orElseThrow(() -> gone(artifact));
    }

    @Override
    public InputStream open(Artifact artifact) {
        return new ByteArrayInputStream(bytes(artifact));
    }

    private static StoreFailure gone(Artifact artifact) {
        return new StoreFailure(
                Reason.DAMAGED,
                "artifact %s of attempt %s is damaged: it is gone"
                        .formatted(artifact.path(), artifact.id()));
    }

    @Override
    public void adopt(Claim claim, List<Artifact> artifacts) {
        tables.write(edit -> {
            var run = tables.claimed(claim);
            for (var artifact : artifacts) {
                if (!tables.disk().files.containsKey(artifact.sha256())) {
                    throw gone(artifact);
                }
                add(edit, run, artifact);
            }
            return true;
        });
    }

    @Override
    public long sweep() {
        return tables.write(edit -> {
            var disk = tables.disk();
            var needed =
                    disk.order.values().stream()
                            .flatMap(run -> run.artifacts.values().stream())
                            .map(Artifact::sha256)
                            .collect(Collectors.toSet());
            long freed = 0;
            for (var sha256 : List.copyOf(disk.files.keySet())) {
                if (!needed.contains(sha256)) {
                    freed += disk.files.getOrDefault(sha256, new byte[0]).length;
                    edit.remove("remove file", disk.files, sha256);
                }
            }
            return freed;
        });
    }
}
