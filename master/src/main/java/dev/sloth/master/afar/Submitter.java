package dev.sloth.master.afar;

import com.google.protobuf.ByteString;
import dev.sloth.api.workflow.Problems;
import dev.sloth.core.store.Content;
import dev.sloth.wire.Calling;
import dev.sloth.wire.proto.ContentNames;
import dev.sloth.wire.proto.SubmissionHead;
import dev.sloth.wire.proto.SubmissionPart;
import dev.sloth.wire.proto.SubmittedContent;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/// Hands runs over to a master, with the contents that it lacks.
final class Submitter {
    private final RunsFromAfar runs;

    Submitter(RunsFromAfar runs) {
        this.runs = runs;
    }

    boolean submit(Handover submission) {
        var contents = submission.contents();
        var missing = missing(contents);
        try {
            return sent(
                    submission,
                    contents.stream().filter(each -> missing.contains(each.sha256())).toList());
        } catch (Problems e) {
            // What it had a moment ago went with the last run that needed it.
            if (e.list().getFirst().code().equals(RunProblems.LACKING)) {
                return sent(submission, contents);
            }
            throw e;
        }
    }

    private Set<String> missing(List<Content> contents) {
        var missing = new HashSet<String>();
        for (int from = 0; from < contents.size(); from += RunLimits.PAGE_MAX) {
            int to = Math.min(contents.size(), from + RunLimits.PAGE_MAX);
            var names =
                    ContentNames.newBuilder()
                            .addAllSha256(
                                    contents.subList(from, to).stream()
                                            .map(Content::sha256)
                                            .toList())
                            .build();
            missing.addAll(
                    Calling.answered(runs.master(), () -> runs.soon().missing(names))
                            .getSha256List());
        }
        return missing;
    }

    private boolean sent(Handover submission, List<Content> contents) {
        try (var call = new Inflow<>(runs.master(), () -> runs.stub().submit())) {
            boolean wanted = call.send(head(submission));
            for (var file : submission.files()) {
                var part = SubmissionPart.newBuilder().setFile(RunMessages.message(file)).build();
                wanted = wanted && call.send(part);
            }
            for (var content : contents) {
                wanted = wanted && sent(call, content);
            }
            call.sent();
            return call.next()
                    .orElseThrow(() ->
                            RunProblems.noSubmission(
                                    "the master did not say whether it has the run "
                                            + submission.run(),
                                    "`sloth-runner runs list` of that master (--master) shows whether it"
                                            + " does"))
                    .getFresh();
        }
    }

    private static SubmissionPart head(Handover submission) {
        return SubmissionPart.newBuilder()
                .setHead(
                        SubmissionHead.newBuilder()
                                .setRun(submission.run().text())
                                .setScript(submission.script())
                                .putAllLabels(submission.labels())
                                .setWorkflow(submission.workflow().sha256())
                                .setValues(submission.values().sha256()))
                .build();
    }

    private static boolean sent(Inflow<SubmissionPart, ?> call, Content content) {
        byte[] zstd = content.zstd();
        int from = 0;
        boolean wanted;
        do {
            int length = Math.min(RunLimits.PART_BYTES_MAX, zstd.length - from);
            var part =
                    SubmittedContent.newBuilder()
                            .setSha256(content.sha256())
                            .setSize(content.size())
                            .setZstd(ByteString.copyFrom(zstd, from, length));
            from += length;
            part.setMore(from < zstd.length);
            wanted = call.send(SubmissionPart.newBuilder().setContent(part).build());
        } while (wanted && from < zstd.length);
        return wanted;
    }
}
