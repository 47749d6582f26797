package dev.sloth.wire;

import com.google.protobuf.ByteString;
import dev.sloth.wire.proto.AgentsGrpc;
import dev.sloth.wire.proto.RenewRequest;
import io.grpc.ManagedChannel;
import java.security.KeyPair;
import java.util.concurrent.TimeUnit;

/// How an agent gets its next certificate: it shows the one it has.
public final class Renewal {
    private Renewal() {}

    /// @param pair the next key
    /// @throws dev.sloth.api.workflow.Problems when it is refused, or nobody answers
    public static Credentials renew(MasterAddress master, ManagedChannel channel, KeyPair pair) {
        var request =
                RenewRequest.newBuilder()
                        .setSigningRequest(ByteString.copyFrom(SigningRequest.make(pair)))
                        .build();
        var answer =
                Calling.answered(
                        master,
                        () ->
                                AgentsGrpc.newBlockingV2Stub(channel)
                                        .withDeadlineAfter(
                                                Protocol.CALL_MAX.toMillis(), TimeUnit.MILLISECONDS)
                                        .renew(request));
        return Credentials.of(pair.getPrivate(), Joining.bytes(answer.getChainList()));
    }
}
