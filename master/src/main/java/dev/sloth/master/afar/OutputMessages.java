package dev.sloth.master.afar;

import com.google.protobuf.ByteString;
import dev.sloth.api.workflow.AttemptId;
import dev.sloth.api.workflow.RunId;
import dev.sloth.api.workflow.TaskName;
import dev.sloth.core.store.ArtifactStore.Artifact;
import dev.sloth.core.store.AttemptRow;
import dev.sloth.core.store.LogStore.Chunk;
import dev.sloth.core.store.LogStore.Extent;
import dev.sloth.core.store.RequestStore.Request;
import dev.sloth.wire.proto.ArtifactSeen;
import dev.sloth.wire.proto.AttemptName;
import dev.sloth.wire.proto.AttemptSeen;
import dev.sloth.wire.proto.ChunkSeen;
import dev.sloth.wire.proto.ExtentSeen;
import dev.sloth.wire.proto.RequestSeen;
import dev.sloth.wire.proto.RunRequestKind;
import java.time.Instant;
import java.util.Optional;

/// Attempts, what they said and kept, and what is asked of runs, as messages and back.
public final class OutputMessages {
    private OutputMessages() {}

    public static AttemptName message(AttemptId id) {
        return AttemptName.newBuilder()
                .setRun(id.run().text())
                .setTask(id.task().text())
                .setNumber(id.number())
                .build();
    }

    /// @throws dev.sloth.api.workflow.Problems when no attempt can be called so
    public static AttemptId attempt(AttemptName name) {
        if (name.getTask().isBlank() || name.getNumber() < 1) {
            throw RunProblems.noQuestion(
                    "there is no attempt %s of a task '%s'"
                            .formatted(
                                    Integer.toUnsignedString(name.getNumber()),
                                    RunProblems.shown(name.getTask())));
        }
        return new AttemptId(
                RunMessages.run(name.getRun()), new TaskName(name.getTask()), name.getNumber());
    }

    /// As a store has it, whatever may be called so.
    static AttemptId kept(AttemptName name) {
        return new AttemptId(
                new RunId(name.getRun()), new TaskName(name.getTask()), name.getNumber());
    }

    public static AttemptSeen message(AttemptRow row) {
        return AttemptSeen.newBuilder()
                .setId(message(row.id()))
                .setBoot(row.boot())
                .setEpoch(row.epoch())
                .setStatus(row.status())
                .setBegunAt(RunMessages.message(row.begunAt()))
                .setEndedAt(RunMessages.message(row.endedAt()))
                .build();
    }

    static AttemptRow row(AttemptSeen seen) {
        return new AttemptRow(
                kept(seen.getId()),
                seen.getBoot(),
                seen.getEpoch(),
                seen.getStatus(),
                RunMessages.instant(seen.getBegunAt()),
                RunMessages.instant(seen.getEndedAt()));
    }

    public static ExtentSeen message(Extent extent) {
        return ExtentSeen.newBuilder()
                .setId(message(extent.id()))
                .setChunks(extent.chunks())
                .setLines(extent.lines())
                .setSize(extent.size())
                .setFirstAt(RunMessages.message(extent.firstAt()))
                .build();
    }

    static Extent extent(ExtentSeen seen) {
        return new Extent(
                kept(seen.getId()),
                seen.getChunks(),
                seen.getLines(),
                seen.getSize(),
                RunMessages.instant(seen.getFirstAt()));
    }

    public static ChunkSeen message(Chunk chunk) {
        return ChunkSeen.newBuilder()
                .setNumber(chunk.number())
                .setFirstLine(chunk.firstLine())
                .setLines(chunk.lines())
                .setOffset(chunk.offset())
                .setSize(chunk.size())
                .setFirstAt(RunMessages.message(chunk.firstAt()))
                .setLastAt(RunMessages.message(chunk.lastAt()))
                .setZstd(ByteString.copyFrom(chunk.zstd()))
                .build();
    }

    static Chunk chunk(AttemptId id, ChunkSeen seen) {
        return new Chunk(
                id,
                seen.getNumber(),
                seen.getFirstLine(),
                seen.getLines(),
                seen.getOffset(),
                seen.getSize(),
                RunMessages.instant(seen.getFirstAt()),
                RunMessages.instant(seen.getLastAt()),
                seen.getZstd().toByteArray());
    }

    public static ArtifactSeen message(Artifact artifact) {
        return ArtifactSeen.newBuilder()
                .setId(message(artifact.id()))
                .setPath(artifact.path())
                .setSha256(artifact.sha256())
                .setSize(artifact.size())
                .setExecutable(artifact.executable())
                .setKeptAt(RunMessages.message(artifact.keptAt()))
                .build();
    }

    static Artifact artifact(ArtifactSeen seen) {
        return new Artifact(
                kept(seen.getId()),
                seen.getPath(),
                seen.getSha256(),
                seen.getSize(),
                seen.getExecutable(),
                RunMessages.instant(seen.getKeptAt()));
    }

    /// One whose content is asked for.
    ///
    /// @throws dev.sloth.api.workflow.Problems when there can be none like it
    public static Artifact wanted(ArtifactSeen asked) {
        return new Artifact(
                attempt(asked.getId()),
                RunProblems.shown(asked.getPath()),
                RunMessages.sha256(asked.getSha256()),
                asked.getSize(),
                asked.getExecutable(),
                Instant.EPOCH);
    }

    static RunRequestKind message(Request.Kind kind) {
        return switch (kind) {
            case CANCEL -> RunRequestKind.RUN_REQUEST_KIND_CANCEL;
            case DECIDE -> RunRequestKind.RUN_REQUEST_KIND_DECIDE;
        };
    }

    public static RequestSeen message(Request request) {
        return RequestSeen.newBuilder()
                .setNumber(request.number())
                .setKind(message(request.kind()))
                .setBody(request.body())
                .setBy(request.by())
                .setAt(RunMessages.message(request.at()))
                .build();
    }

    /// Nothing when its kind is not known here.
    static Optional<Request> request(RequestSeen seen) {
        return kind(seen.getKind())
                .map(kind ->
                        new Request(
                                seen.getNumber(),
                                kind,
                                seen.getBody(),
                                seen.getBy(),
                                RunMessages.instant(seen.getAt())));
    }

    /// Nothing when it is not known here.
    public static Optional<Request.Kind> kind(RunRequestKind kind) {
        return switch (kind) {
            case RUN_REQUEST_KIND_CANCEL -> Optional.of(Request.Kind.CANCEL);
            case RUN_REQUEST_KIND_DECIDE -> Optional.of(Request.Kind.DECIDE);
            case RUN_REQUEST_KIND_NONE, UNRECOGNIZED -> Optional.empty();
        };
    }
}
