package dev.sloth.master.afar;

import com.google.protobuf.ByteString;
import dev.sloth.api.workflow.RunId;
import dev.sloth.core.store.Content;
import dev.sloth.core.store.Progress;
import dev.sloth.core.store.RunFile;
import dev.sloth.core.store.RunFile.Role;
import dev.sloth.core.store.RunQuery;
import dev.sloth.core.store.RunRow;
import dev.sloth.core.store.RunStore.Page;
import dev.sloth.core.store.RunStore.Snapshot;
import dev.sloth.wire.proto.ContentSeen;
import dev.sloth.wire.proto.Moment;
import dev.sloth.wire.proto.PageSeen;
import dev.sloth.wire.proto.RunSeen;
import dev.sloth.wire.proto.RunsWanted;
import dev.sloth.wire.proto.ScriptFile;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/// Runs and their journals as messages, and back. What comes from elsewhere and cannot be is
/// refused.
public final class RunMessages {
    private static final Pattern RUN = Pattern.compile("[0-9A-Za-z][0-9A-Za-z_-]{0,99}");

    private static final Pattern SHA256 = Pattern.compile("[0-9a-f]{64}");

    private RunMessages() {}

    /// @throws dev.sloth.api.workflow.Problems when no run can be called so
    public static RunId run(String text) {
        if (!RUN.matcher(text).matches()) {
            throw RunProblems.noQuestion(
                    "'%s' is not the id of a run".formatted(RunProblems.shown(text)));
        }
        return new RunId(text);
    }

    /// @throws dev.sloth.api.workflow.Problems when it is none
    public static String sha256(String text) {
        if (!SHA256.matcher(text).matches()) {
            throw RunProblems.noQuestion(
                    "'%s' is not a SHA-256".formatted(RunProblems.shown(text)));
        }
        return text;
    }

    /// @param number how many of something are asked for
    /// @throws dev.sloth.api.workflow.Problems when a page cannot have so many
    public static int page(int number) {
        if (number < 1 || number > RunLimits.PAGE_MAX) {
            throw RunProblems.noQuestion(
                    "a page has 1 to %d, not %s"
                            .formatted(RunLimits.PAGE_MAX, Integer.toUnsignedString(number)));
        }
        return number;
    }

    // ---- times

    static Moment message(Instant at) {
        return Moment.newBuilder().setSeconds(at.getEpochSecond()).setNanos(at.getNano()).build();
    }

    static Instant instant(Moment moment) {
        try {
            return Instant.ofEpochSecond(moment.getSeconds(), moment.getNanos());
        } catch (DateTimeException _) {
            throw RunProblems.noQuestion(
                    "there is no time %d.%d".formatted(moment.getSeconds(), moment.getNanos()));
        }
    }

    // ---- which runs are wanted

    static RunsWanted message(RunQuery query) {
        return RunsWanted.newBuilder()
                .addAllStatuses(query.statuses())
                .setWorkflow(query.workflow())
                .setScript(query.script())
                .setSince(message(query.since()))
                .putAllLabels(query.labels())
                .setBefore(query.before().map(RunId::text).orElse(""))
                .setLimit(query.limit())
                .build();
    }

    public static RunQuery query(RunsWanted wanted) {
        var before = wanted.getBefore();
        return new RunQuery(
                Set.copyOf(wanted.getStatusesList()),
                wanted.getWorkflow(),
                wanted.getScript(),
                wanted.hasSince() ? instant(wanted.getSince()) : Instant.MIN,
                wanted.getLabelsMap(),
                before.isEmpty() ? Optional.empty() : Optional.of(run(before)),
                page(wanted.getLimit()));
    }

    // ---- runs

    /// @param driven whether its owner lives
    /// @param now by the clock of the master
    public static RunSeen message(RunRow row, boolean driven, Instant now) {
        var progress = row.progress();
        return RunSeen.newBuilder()
                .setId(row.id().text())
                .setWorkflow(row.workflow())
                .setScript(row.script())
                .setSubmittedAt(message(row.submittedAt()))
                .putAllLabels(row.labels())
                .addAllFiles(row.files().stream().map(RunMessages::message).toList())
                .setStatus(progress.status())
                .setEnded(progress.ended())
                .setMessage(progress.message())
                .setChangedAt(message(progress.at()))
                .setTasks(progress.tasks())
                .setFinished(progress.finished())
                .setFailed(progress.failed())
                .setUndecided(progress.undecided())
                .setEvents(row.events())
                .setOwner(row.owner())
                .setLeaseUntil(message(row.leaseUntil()))
                .setEpoch(row.epoch())
                .setDriven(driven)
                .setSeenAt(message(now))
                .build();
    }

    static RunRow row(RunSeen seen) {
        var progress =
                new Progress(
                        seen.getStatus(),
                        seen.getEnded(),
                        seen.getMessage(),
                        instant(seen.getChangedAt()),
                        seen.getTasks(),
                        seen.getFinished(),
                        seen.getFailed(),
                        seen.getUndecided());
        return new RunRow(
                new RunId(seen.getId()),
                seen.getWorkflow(),
                seen.getScript(),
                instant(seen.getSubmittedAt()),
                seen.getLabelsMap(),
                files(seen.getFilesList()),
                progress,
                seen.getEvents(),
                seen.getOwner(),
                instant(seen.getLeaseUntil()),
                seen.getEpoch());
    }

    /// Those whose role is known.
    private static List<RunFile> files(List<ScriptFile> files) {
        return files.stream().flatMap(file -> file(file).stream()).toList();
    }

    static ScriptFile message(RunFile file) {
        var role =
                switch (file.role()) {
                    case SCRIPT -> ScriptFile.Role.ROLE_SCRIPT;
                    case IMPORT -> ScriptFile.Role.ROLE_IMPORT;
                    case VALUES -> ScriptFile.Role.ROLE_VALUES;
                    case LINK -> ScriptFile.Role.ROLE_LINK;
                    case PROJECT -> ScriptFile.Role.ROLE_PROJECT;
                    case FILE -> ScriptFile.Role.ROLE_FILE;
                    case PROGRAM -> ScriptFile.Role.ROLE_PROGRAM;
                };
        return ScriptFile.newBuilder()
                .setRole(role)
                .setPath(file.path())
                .setContent(file.content())
                .build();
    }

    /// Nothing when its role is not known.
    public static Optional<RunFile> file(ScriptFile file) {
        return role(file.getRole())
                .map(role -> new RunFile(role, file.getPath(), file.getContent()));
    }

    private static Optional<Role> role(ScriptFile.Role role) {
        return switch (role) {
            case ROLE_SCRIPT -> Optional.of(Role.SCRIPT);
            case ROLE_IMPORT -> Optional.of(Role.IMPORT);
            case ROLE_VALUES -> Optional.of(Role.VALUES);
            case ROLE_LINK -> Optional.of(Role.LINK);
            case ROLE_PROJECT -> Optional.of(Role.PROJECT);
            case ROLE_FILE -> Optional.of(Role.FILE);
            case ROLE_PROGRAM -> Optional.of(Role.PROGRAM);
            case ROLE_NONE, UNRECOGNIZED -> Optional.empty();
        };
    }

    // ---- journals and contents

    public static PageSeen message(Page page) {
        return PageSeen.newBuilder()
                .setFirst(page.first())
                .setEvents(page.events())
                .setBody(ByteString.copyFrom(page.body()))
                .build();
    }

    static Page page(PageSeen seen) {
        return new Page(
                seen.getFirst(), Math.toIntExact(seen.getEvents()), seen.getBody().toByteArray());
    }

    public static PageSeen message(Snapshot snapshot) {
        return PageSeen.newBuilder()
                .setFirst(1)
                .setEvents(snapshot.events())
                .setBody(ByteString.copyFrom(snapshot.body()))
                .build();
    }

    static Snapshot snapshot(PageSeen seen) {
        return new Snapshot(seen.getEvents(), seen.getBody().toByteArray());
    }

    public static ContentSeen message(Content content) {
        return ContentSeen.newBuilder()
                .setSha256(content.sha256())
                .setSize(content.size())
                .setZstd(ByteString.copyFrom(content.zstd()))
                .build();
    }

    static Content content(ContentSeen seen) {
        return new Content(seen.getSha256(), seen.getSize(), seen.getZstd().toByteArray());
    }
}
