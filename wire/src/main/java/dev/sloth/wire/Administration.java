package dev.sloth.wire;

import dev.sloth.wire.proto.AdministrationGrpc;
import dev.sloth.wire.proto.AdministrationGrpc.AdministrationBlockingV2Stub;
import dev.sloth.wire.proto.AgentName;
import dev.sloth.wire.proto.ListAgentsRequest;
import dev.sloth.wire.proto.ListTokensRequest;
import dev.sloth.wire.proto.NewToken;
import dev.sloth.wire.proto.TokenName;
import io.grpc.ManagedChannel;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.TimeUnit;

/// What people ask a master for. All of it throws `Problems` when it is refused, or when nobody
/// answers.
public final class Administration implements AutoCloseable {
    private final MasterAddress master;
    private final ManagedChannel channel;

    private Administration(MasterAddress master, ManagedChannel channel) {
        this.master = master;
        this.channel = channel;
    }

    public static Administration open(MasterAddress master, Credentials own, InstantSource time) {
        return new Administration(master, Dialing.as(master, new LiveCredentials(own), time));
    }

    /// @param text all of the token, which nobody can see again
    public record Created(String text, TokenSight token) {
        @Override
        public String toString() {
            return "Created[" + token.id() + "]";
        }
    }

    public Created createToken(List<String> tags, String region, Duration ttl, int uses) {
        var wanted =
                NewToken.newBuilder()
                        .addAllTags(tags)
                        .setRegion(region)
                        .setTtlMillis(ttl.toMillis())
                        .setUses(uses)
                        .build();
        var made = Calling.answered(master, () -> stub().createToken(wanted));
        return new Created(made.getText(), TokenSight.of(made.getToken()));
    }

    public List<TokenSight> tokens() {
        var asked = ListTokensRequest.getDefaultInstance();
        return Calling.answered(master, () -> stub().listTokens(asked)).getTokensList().stream()
                .map(TokenSight::of)
                .toList();
    }

    public TokenSight revokeToken(String id) {
        var named = TokenName.newBuilder().setId(id).build();
        return TokenSight.of(Calling.answered(master, () -> stub().revokeToken(named)));
    }

    public List<AgentSight> agents(boolean withRevoked) {
        var asked = ListAgentsRequest.newBuilder().setWithRevoked(withRevoked).build();
        return Calling.answered(master, () -> stub().listAgents(asked)).getAgentsList().stream()
                .map(AgentSight::of)
                .toList();
    }

    public AgentSight agent(String name) {
        var named = AgentName.newBuilder().setName(name).build();
        return AgentSight.of(Calling.answered(master, () -> stub().showAgent(named)));
    }

    public AgentSight revokeAgent(String name) {
        var named = AgentName.newBuilder().setName(name).build();
        return AgentSight.of(Calling.answered(master, () -> stub().revokeAgent(named)));
    }

    private AdministrationBlockingV2Stub stub() {
        return AdministrationGrpc.newBlockingV2Stub(channel)
                .withDeadlineAfter(Protocol.CALL_MAX.toMillis(), TimeUnit.MILLISECONDS);
    }

    @Override
    public void close() {
        Calling.close(channel);
    }
}
