package dev.sloth.master.rpc;

import dev.sloth.api.workflow.Problem;
import dev.sloth.wire.Protocol;
import dev.sloth.wire.WireProblems;
import io.grpc.Metadata;
import io.grpc.ServerStreamTracer;
import io.grpc.Status;
import java.util.Optional;

/// Hears of messages that are longer than any may be: the connection refuses them before there is
/// anything to be answered, and nobody else would know.
final class Oversized extends ServerStreamTracer.Factory {
    private final Answer answer;

    Oversized(Answer answer) {
        this.answer = answer;
    }

    @Override
    public ServerStreamTracer newServerStreamTracer(String call, Metadata headers) {
        return new Stream();
    }

    private final class Stream extends ServerStreamTracer {
        private volatile Optional<Peer> peer = Optional.empty();

        @Override
        public void serverCallStarted(ServerCallInfo<?, ?> call) {
            peer = Optional.of(Peer.of(call.getMethodDescriptor(), call.getAttributes()));
        }

        @Override
        public void streamClosed(Status status) {
            if (status.getCode() == Status.Code.RESOURCE_EXHAUSTED) {
                peer.ifPresent(who -> answer.refuse(who, "", tooLarge()));
            }
        }
    }

    private static Problem tooLarge() {
        return WireProblems.problem(
                WireProblems.TOO_LARGE,
                "a message is longer than the %d bytes that one may have"
                        .formatted(Protocol.MESSAGE_BYTES_MAX),
                "look at what runs there: no sloth-runner sends such");
    }
}
