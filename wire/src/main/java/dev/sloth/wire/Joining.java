package dev.sloth.wire;

import com.google.protobuf.ByteString;
import dev.sloth.wire.proto.EnrolmentGrpc;
import dev.sloth.wire.proto.JoinRequest;
import java.security.KeyPair;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/// How an agent gets its first certificate.
public final class Joining {
    private Joining() {}

    /// What an agent would like to be.
    ///
    /// @param name empty lets the master say
    public record Wish(String version, String name, List<String> tags, String region, int slots) {
        public Wish {
            tags = List.copyOf(tags);
        }
    }

    /// What it has become.
    ///
    /// @param overruled what it would have liked to be and is not
    public record Joined(
            String id,
            String namespace,
            String name,
            Optional<Overruled> overruled,
            Credentials credentials) {}

    /// @throws dev.sloth.api.workflow.Problems when it is refused, or nobody answers
    public static Joined join(
            MasterAddress master, JoinToken token, KeyPair pair, Wish wish, InstantSource time) {
        var channel = Dialing.pinned(master, token.pin(), time);
        try {
            var request =
                    JoinRequest.newBuilder()
                            .setProtocol(Protocol.VERSION)
                            .setOldest(Protocol.OLDEST)
                            .setVersion(wish.version())
                            .setToken(token.id())
                            .setSecret(ByteString.copyFrom(token.secret()))
                            .setName(wish.name())
                            .addAllTags(wish.tags())
                            .setRegion(wish.region())
                            .setSlots(wish.slots())
                            .setSigningRequest(ByteString.copyFrom(SigningRequest.make(pair)))
                            .build();
            var answer =
                    Calling.answered(
                            master,
                            () ->
                                    EnrolmentGrpc.newBlockingV2Stub(channel)
                                            .withDeadlineAfter(
                                                    Protocol.CALL_MAX.toMillis(),
                                                    TimeUnit.MILLISECONDS)
                                            .join(request));
            return new Joined(
                    answer.getAgent(),
                    answer.getNamespace(),
                    answer.getName(),
                    Overruled.of(wish, answer),
                    Credentials.of(pair.getPrivate(), bytes(answer.getChainList())));
        } finally {
            Calling.close(channel);
        }
    }

    static List<byte[]> bytes(List<ByteString> chain) {
        return chain.stream().map(ByteString::toByteArray).toList();
    }
}
