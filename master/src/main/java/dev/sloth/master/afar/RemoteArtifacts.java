package dev.sloth.master.afar;

import dev.sloth.api.workflow.AttemptId;
import dev.sloth.api.workflow.RunId;
import dev.sloth.core.store.ArtifactStore;
import dev.sloth.core.store.Claim;
import dev.sloth.core.store.StoreFailure;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;

/// What attempts have kept, read only.
record RemoteArtifacts(RunsFromAfar master) implements ArtifactStore {
    @Override
    public List<Artifact> of(RunId run) {
        return master.artifacts(run);
    }

    @Override
    public InputStream open(Artifact artifact) {
        return new PieceInput(master.artifact(artifact));
    }

    /// Beside its place first, so that nothing is there that is not whole.
    @Override
    public void copy(Artifact artifact, Path target) throws IOException {
        var mode = artifact.executable() ? "rwxrwxrwx" : "rw-rw-rw-";
        var beside =
                Files.createTempFile(
                        target.toAbsolutePath().getParent(),
                        ".",
                        ".part",
                        PosixFilePermissions.asFileAttribute(
                                PosixFilePermissions.fromString(mode)));
        try (var in = new DigestInputStream(open(artifact), sha256())) {
            try (var out = Files.newOutputStream(beside)) {
                in.transferTo(out);
            }
            var found = HexFormat.of().formatHex(in.getMessageDigest().digest());
            if (!found.equals(artifact.sha256())) {
                throw damaged(artifact);
            }
            Files.move(
                    beside,
                    target,
                    StandardCopyOption.ATOMIC_MOVE,
                    StandardCopyOption.REPLACE_EXISTING);
        } finally {
            Files.deleteIfExists(beside);
        }
    }

    private static StoreFailure damaged(Artifact artifact) {
        return new StoreFailure(
                StoreFailure.Reason.DAMAGED,
                "artifact %s of attempt %s is damaged: the master has something else under its name"
                        .formatted(artifact.path(), artifact.id()));
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }

    // ---- what is the business of the master alone

    @Override
    public void keep(Claim claim, AttemptId id, String path, Path file, Instant at) {
        throw RunProblems.notFromAfar("to keep an artifact");
    }

    @Override
    public void adopt(Claim claim, List<Artifact> artifacts) {
        throw RunProblems.notFromAfar("to keep an artifact");
    }

    @Override
    public long sweep() {
        throw RunProblems.notFromAfar("to delete artifacts");
    }
}
