package dev.sloth.master.rpc;

import com.google.protobuf.ByteString;
import dev.sloth.api.value.Value;
import dev.sloth.api.workflow.Problems;
import dev.sloth.api.workflow.RunId;
import dev.sloth.api.workflow.Workflow;
import dev.sloth.core.journal.SubmittedDocuments;
import dev.sloth.core.store.Content;
import dev.sloth.core.store.NewRun;
import dev.sloth.core.store.RunFile;
import dev.sloth.core.store.RunFile.Role;
import dev.sloth.core.store.RunRow;
import dev.sloth.core.store.Store;
import dev.sloth.core.store.StoreFailure;
import dev.sloth.master.afar.RunLimits;
import dev.sloth.master.afar.RunMessages;
import dev.sloth.master.afar.RunProblems;
import dev.sloth.master.run.Submission;
import dev.sloth.wire.WireProblems;
import dev.sloth.wire.proto.ScriptFile;
import dev.sloth.wire.proto.SubmissionHead;
import dev.sloth.wire.proto.SubmittedContent;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Pattern;

/// Takes a submission in, piece by piece, and believes nothing of it that can be checked. For one
/// thread.
final class Intake {
    /// As the program makes them: others could mean something else to whoever names a run.
    private static final Pattern ID = Pattern.compile("[0-9]{8}-[0-9]{6}-[0-9a-f]{8}");

    private static final Pattern LABEL = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._/-]{0,62}");

    private final Store store;
    private final Submitting submitting;
    private final String by;
    private final List<RunFile> files = new ArrayList<>();
    private final Map<String, Content> contents = new LinkedHashMap<>();
    private Optional<SubmissionHead> head = Optional.empty();
    private ByteString part = ByteString.EMPTY;
    private long bytes;
    private long size;

    /// @param by who submits it
    Intake(Store store, Submitting submitting, String by) {
        this.store = store;
        this.submitting = submitting;
        this.by = by;
    }

    // ---- what comes in

    void head(SubmissionHead said) {
        if (head.isPresent()) {
            throw broken("it begins twice");
        }
        var _ = newRun(said.getRun());
        var _ = RunMessages.sha256(said.getWorkflow());
        var _ = RunMessages.sha256(said.getValues());
        checkPath(said.getScript());
        checkLabels(said.getLabelsMap());
        head = Optional.of(said);
    }

    /// The id that somebody has made for a new run.
    static RunId newRun(String said) {
        if (!ID.matcher(said).matches()) {
            throw broken("'%s' cannot be the id of a new run".formatted(RunProblems.shown(said)));
        }
        return new RunId(said);
    }

    private static void checkLabels(Map<String, String> labels) {
        if (labels.size() > RunLimits.LABELS_MAX) {
            throw tooMuch("more labels", RunLimits.LABELS_MAX);
        }
        labels.forEach((name, value) -> {
            if (!LABEL.matcher(name).matches() || value.length() > RunLimits.LABEL_LENGTH_MAX) {
                throw broken("there can be no label '%s'".formatted(RunProblems.shown(name)));
            }
        });
    }

    private static void checkPath(String path) {
        if (!path.startsWith("/")
                || path.indexOf('\0') >= 0
                || path.length() > RunLimits.PATH_MAX) {
            throw broken("'%s' is not the path of a file".formatted(RunProblems.shown(path)));
        }
    }

    /// The id of the run; empty before it is said.
    String run() {
        return head.map(SubmissionHead::getRun).orElse("");
    }

    void file(ScriptFile said) {
        begun();
        var file =
                RunMessages.file(said)
                        .orElseThrow(() -> broken("it has a file that is for nothing"));
        checkPath(file.path());
        switch (file.role()) {
            case SCRIPT, IMPORT, VALUES, FILE, PROGRAM -> {
                var _ = RunMessages.sha256(file.content());
            }
            case LINK -> checkPath(file.content());
            case PROJECT -> {}
        }
        if (files.size() >= RunLimits.FILES_MAX) {
            throw tooMuch("more files", RunLimits.FILES_MAX);
        }
        files.add(file);
    }

    private SubmissionHead begun() {
        return head.orElseThrow(() -> broken("it has no beginning"));
    }

    void content(SubmittedContent said) {
        begun();
        bytes += said.getZstd().size();
        if (bytes > RunLimits.SUBMITTED_BYTES_MAX) {
            throw tooMuch("more bytes", RunLimits.SUBMITTED_BYTES_MAX);
        }
        part = part.concat(said.getZstd());
        if (said.getMore()) {
            return;
        }
        size += said.getSize();
        if (said.getSize() < 0 || size > RunLimits.SUBMITTED_SIZE_MAX) {
            throw tooMuch("more text", RunLimits.SUBMITTED_SIZE_MAX);
        }
        var content =
                new Content(
                        RunMessages.sha256(said.getSha256()), said.getSize(), part.toByteArray());
        part = ByteString.EMPTY;
        check(content);
        contents.put(content.sha256(), content);
        if (contents.size() > RunLimits.FILES_MAX) {
            throw tooMuch("more texts", RunLimits.FILES_MAX);
        }
    }

    /// Never unpacks more than it is said to be.
    private static void check(Content content) {
        try (var in = content.open()) {
            long left = content.size();
            var buffer = new byte[1 << 16];
            int count = in.read(buffer);
            while (count >= 0 && left >= 0) {
                left -= count;
                count = left < 0 ? -1 : in.read(buffer);
            }
            if (left != 0) {
                throw broken("a text of it is not as long as it says");
            }
        } catch (StoreFailure | IOException | UncheckedIOException e) {
            throw because(e, broken("a text of it is not what its name says"));
        }
    }

    // ---- what it comes to

    /// Whether it is a run that was not there before.
    boolean submitted() {
        var first = begun();
        if (!part.isEmpty()) {
            throw broken("its last text is not whole");
        }
        var run = new RunId(first.getRun());
        checkFiles(first);
        var workflow = read(first.getWorkflow(), SubmittedDocuments::workflow);
        var values = read(first.getValues(), SubmittedDocuments::values);
        var before = store.runs().find(run);
        if (before.isPresent()) {
            return same(before.get(), first, workflow);
        }
        try {
            submitting.submit(wanted(first, workflow, values));
            return true;
        } catch (StoreFailure e) {
            if (e.reason() != StoreFailure.Reason.TAKEN) {
                throw e;
            }
            // Submitted twice at the same time.
            return same(store.runs().find(run).orElseThrow(() -> e), first, workflow);
        }
    }

    private Submission wanted(SubmissionHead first, Workflow workflow, Value values) {
        return new Submission(
                new RunId(first.getRun()),
                workflow,
                values,
                first.getScript(),
                first.getLabelsMap(),
                files,
                List.copyOf(contents.values()),
                new NewRun.Cause.Asked(by));
    }

    private void checkFiles(SubmissionHead first) {
        only(Role.PROJECT);
        if (!only(Role.SCRIPT).path().equals(first.getScript())) {
            throw broken("its script is not the one that it names");
        }
        var known = new HashSet<String>();
        for (var file : files) {
            if (file.role().holdsText() && known.add(file.content())) {
                var _ = found(file.content());
            }
        }
    }

    private RunFile only(Role role) {
        var found = files.stream().filter(file -> file.role() == role).toList();
        if (found.size() != 1) {
            throw broken("it has %d files that are its %s".formatted(found.size(), role));
        }
        return found.getFirst();
    }

    private Content found(String sha256) {
        var given = Optional.ofNullable(contents.get(sha256));
        return given.or(() -> store.runs().content(sha256))
                .orElseThrow(() ->
                        WireProblems.of(
                                RunProblems.LACKING,
                                "nobody has the text %s that it speaks of".formatted(sha256),
                                "submit it again"));
    }

    private <T> T read(String sha256, Function<Content, T> reading) {
        var content = found(sha256);
        try {
            return reading.apply(content);
        } catch (StoreFailure e) {
            throw because(e, broken("its workflow or its values cannot be read"));
        }
    }

    /// False: it was there. Another run of the same id is refused.
    private boolean same(RunRow row, SubmissionHead first, Workflow workflow) {
        boolean same =
                row.workflow().equals(workflow.name())
                        && row.script().equals(first.getScript())
                        && row.labels().entrySet().containsAll(first.getLabelsMap().entrySet())
                        && row.files().containsAll(files);
        if (same) {
            return false;
        }
        throw new StoreFailure(StoreFailure.Reason.TAKEN, "there is another run " + first.getRun());
    }

    private static Problems broken(String what) {
        return RunProblems.noSubmission(
                "what is submitted cannot be a run: " + what,
                "use the same version of sloth-runner on both sides");
    }

    private static Problems tooMuch(String what, long most) {
        return RunProblems.noSubmission(
                "what is submitted has %s than the %d that a master takes".formatted(what, most),
                "submit less, such as smaller values or fewer files");
    }

    private static Problems because(Exception cause, Problems problems) {
        problems.initCause(cause);
        return problems;
    }
}
