package dev.sloth.agent.work;

import dev.sloth.agent.ArtifactStore;
import dev.sloth.agent.link.Uplink;
import dev.sloth.api.workflow.AttemptId;
import dev.sloth.api.workflow.Problems;
import dev.sloth.api.workflow.RunId;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.util.HashSet;
import java.util.List;

/// Artifacts that the master keeps.
///
/// @param order in whose name they are asked for
record RemoteArtifacts(Uplinks uplinks, String order) implements ArtifactStore {
    @Override
    public void keep(AttemptId attempt, Path relative, Path file) throws IOException {
        var _ =
                asked(uplink -> {
                    uplink.keep(order, relative.toString(), file);
                    return relative;
                });
    }

    @Override
    public List<Kept> kept(RunId run) throws IOException {
        return asked(uplink -> uplink.artifacts(order)).stream()
                .map(kept -> new Kept(Path.of(kept.path()), target -> copy(kept, target)))
                .toList();
    }

    private void copy(Uplink.Kept kept, Path target) throws IOException {
        var _ =
                asked(uplink -> {
                    try (var out = Files.newOutputStream(target)) {
                        uplink.content(order, kept.sha256(), out);
                    }
                    return target;
                });
        if (kept.executable()) {
            var mode = new HashSet<>(Files.getPosixFilePermissions(target));
            mode.add(PosixFilePermission.OWNER_EXECUTE);
            Files.setPosixFilePermissions(target, mode);
        }
    }

    private <T> T asked(Uplinks.Asking<T> asking) throws IOException {
        try {
            return uplinks.ask(asking);
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("cancelled");
        } catch (Problems e) {
            throw new IOException(e.list().getFirst().message(), e);
        }
    }
}
