package dev.sloth.master.rpc;

import dev.sloth.master.afar.RunProblems;
import dev.sloth.wire.Refusals;
import dev.sloth.wire.proto.SubmissionPart;
import dev.sloth.wire.proto.SubmissionTaken;
import io.grpc.stub.StreamObserver;

/// A submission as it comes in. Seen by one thread at a time.
final class SubmissionStream implements StreamObserver<SubmissionPart> {
    private static final String CALL = "submit run";

    private final Intake intake;
    private final Answer answer;
    private final StreamObserver<SubmissionTaken> caller;
    private boolean refused;

    SubmissionStream(Intake intake, Answer answer, StreamObserver<SubmissionTaken> caller) {
        this.intake = intake;
        this.answer = answer;
        this.caller = caller;
    }

    @Override
    public void onNext(SubmissionPart part) {
        if (refused) {
            return;
        }
        try {
            switch (part.getPartCase()) {
                case HEAD -> intake.head(part.getHead());
                case FILE -> intake.file(part.getFile());
                case CONTENT -> intake.content(part.getContent());
                case PART_NOT_SET ->
                        throw RunProblems.noSubmission(
                                "the submission says something that this master does not know",
                                "use the same version of sloth-runner on both sides");
            }
        } catch (RuntimeException e) {
            refused = true;
            caller.onError(Refusals.of(answer.told(CALL, e)));
        }
    }

    @Override
    public void onError(Throwable failure) {
        // Whoever submitted it is gone before all of it was here: there is nothing to answer.
        refused = true;
    }

    @Override
    public void onCompleted() {
        if (!refused) {
            answer.announced(
                    caller,
                    intake.run(),
                    "submitted",
                    () -> SubmissionTaken.newBuilder().setFresh(intake.submitted()).build());
        }
    }
}
