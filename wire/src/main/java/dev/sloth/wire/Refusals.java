package dev.sloth.wire;

import com.google.protobuf.InvalidProtocolBufferException;
import dev.sloth.api.workflow.Problem;
import dev.sloth.api.workflow.Problems;
import dev.sloth.wire.proto.Refusal;
import io.grpc.Metadata;
import io.grpc.Status;
import io.grpc.StatusException;
import io.grpc.StatusRuntimeException;
import java.nio.channels.ClosedChannelException;
import java.security.cert.CertificateException;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Problems as calls carry them, and what a call that failed means to the one who made it.
public final class Refusals {
    private static final int WHY_MAX = 200;

    /// As both TLS libraries write the alert.
    static final String EXPIRED = "certificate_expired";

    /// How the library begins what it says of a stream that was cut.
    private static final String CUT = "RST_STREAM";

    private static final Metadata.Key<byte[]> KEY =
            Metadata.Key.of("sloth-refusal-bin", Metadata.BINARY_BYTE_MARSHALLER);

    private Refusals() {}

    /// What goes with [#status].
    public static Metadata trailers(Problem problem) {
        var trailers = new Metadata();
        trailers.put(
                KEY,
                Refusal.newBuilder()
                        .setCode(problem.code())
                        .setCause(problem.message())
                        .setRemedy(problem.remedy())
                        .build()
                        .toByteArray());
        return trailers;
    }

    public static Status status(Problem problem) {
        return Status.PERMISSION_DENIED.withDescription(problem.message());
    }

    public static StatusRuntimeException of(Problem problem) {
        return status(problem).asRuntimeException(trailers(problem));
    }

    /// What became of a call to a master.
    public static Problems read(StatusException failure, MasterAddress master) {
        return new Problems(
                told(failure.getTrailers())
                        .orElseGet(() -> guessed(failure.getStatus(), failure, master)));
    }

    /// Whether nobody can tell what became of a call that failed: no answer came, and the master
    /// may have heard it.
    static boolean mayHaveCome(StatusException failure, MasterAddress master) {
        var problem = read(failure, master).list().getFirst();
        return problem.code().equals(WireProblems.UNREACHABLE)
                && Unanswered.of(deepest(failure)).filter(Unanswered::isUnheard).isEmpty();
    }

    private static Optional<Problem> told(@Nullable Metadata trailers) {
        byte[] bytes = trailers == null ? null : trailers.get(KEY);
        if (bytes == null) {
            return Optional.empty();
        }
        try {
            var refusal = Refusal.parseFrom(bytes);
            return Optional.of(
                    WireProblems.problem(
                            refusal.getCode(), refusal.getCause(), refusal.getRemedy()));
        } catch (InvalidProtocolBufferException _) {
            return Optional.empty();
        }
    }

    private static Problem guessed(Status status, Throwable failure, MasterAddress master) {
        var over = Causes.first(failure, Distrust.Over.class);
        if (over.isPresent()) {
            return ofClocks(over.get(), master);
        }
        var distrust = Causes.first(failure, CertificateException.class);
        if (distrust.isPresent()) {
            return WireProblems.problem(
                    WireProblems.NOT_OUR_MASTER,
                    "what listens at %s is not the master that is meant: %s"
                            .formatted(master, distrust.get().getMessage()),
                    "look at the address, and whether the token or the credentials are those of"
                            + " this master; the folder of an agent (--data) may be that of another"
                            + " master, or of one that was made anew: then empty it or choose another,"
                            + " and join with a token of this one; also see whether the clock of this"
                            + " machine is right");
        }
        if (Causes.alerts(failure).anyMatch(message -> message.contains(EXPIRED))) {
            return WireProblems.problem(
                    WireProblems.CERTIFICATE_OVER,
                    "the master at %s says that this certificate is over".formatted(master),
                    "an agent joins again with a new token of this master, a person is given new"
                            + " credentials (`sloth-runner access create`); if it should still hold,"
                            + " see whether both clocks are right");
        }
        if (Causes.alerts(failure).findAny().isPresent()) {
            return WireProblems.problem(
                    WireProblems.STRANGER,
                    "the master at %s does not take this certificate".formatted(master),
                    "it was made by another master: an agent joins again with a token of this one, a"
                            + " person is given credentials of this one (`sloth-runner access"
                            + " create`)");
        }
        return switch (status.getCode()) {
            case UNAVAILABLE, DEADLINE_EXCEEDED -> unanswered(deepest(failure), master);
            case UNIMPLEMENTED ->
                    WireProblems.problem(
                            WireProblems.OTHER_VERSION,
                            "the master at %s is too old for this".formatted(master),
                            "use the same version of sloth-runner on both sides");
            default -> isBroken(status, failure) ? broken(master) : failed(status, master);
        };
    }

    /// By the clock of this machine a master's certificate, which it renews itself, is over: of the
    /// two it is the clock that is likely to be wrong.
    private static Problem ofClocks(Distrust.Over over, MasterAddress master) {
        return WireProblems.problem(
                WireProblems.NOT_OUR_MASTER,
                "by the clock of this machine (%s) the certificate of the master at %s was over at %s"
                        .formatted(over.seen(), master, over.end()),
                "set the clock of this machine right; if it is, see whether that of the master is,"
                        + " and whether the address is that of a master that runs");
    }

    /// Whether the stream of the call was cut, with nothing said of why. When the connection closes
    /// while a call is made, the library says of its end that it is not known.
    private static boolean isBroken(Status status, Throwable failure) {
        return status.getCode() == Status.Code.CANCELLED
                || Causes.first(failure, ClosedChannelException.class).isPresent()
                || String.valueOf(status.getDescription()).contains(CUT);
    }

    private static Problem broken(MasterAddress master) {
        return WireProblems.problem(
                WireProblems.UNREACHABLE,
                "the call to the master at %s was broken off".formatted(master),
                "try again; if that goes on, see what the output of the master says, and what"
                        + " stands between");
    }

    private static Problem failed(Status status, MasterAddress master) {
        var description = status.getDescription();
        return WireProblems.problem(
                WireProblems.MASTER_FAULT,
                "the master at %s could not do this: %s"
                        .formatted(
                                master,
                                description == null
                                        ? status.getCode().name().toLowerCase(Locale.ROOT)
                                        : shortened(description)),
                "its own output says more; try again");
    }

    /// What answers may be anything, and be told whole by who did not understand it.
    private static String shortened(String message) {
        return message.length() <= WHY_MAX ? message : message.substring(0, WHY_MAX) + "...";
    }

    private static Problem unanswered(Throwable deepest, MasterAddress master) {
        var known = Unanswered.of(deepest);
        return WireProblems.problem(
                WireProblems.UNREACHABLE,
                "the master at %s does not answer: %s"
                        .formatted(
                                master,
                                known.map(Unanswered::words)
                                        .orElseGet(() -> shortened(SystemWords.of(deepest)))),
                known.map(Unanswered::remedy)
                        .orElse(
                                "see whether `sloth-runner master` runs there and no firewall"
                                        + " stands between"));
    }

    private static Throwable deepest(Throwable failure) {
        return Causes.of(failure).reduce((_, deeper) -> deeper).orElse(failure);
    }
}
