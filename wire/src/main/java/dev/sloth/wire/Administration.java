package dev.sloth.wire;

import com.google.protobuf.ByteString;
import dev.sloth.wire.proto.AccessChange;
import dev.sloth.wire.proto.AccessControlGrpc;
import dev.sloth.wire.proto.AccessControlGrpc.AccessControlBlockingV2Stub;
import dev.sloth.wire.proto.AccessName;
import dev.sloth.wire.proto.AdministrationGrpc;
import dev.sloth.wire.proto.AdministrationGrpc.AdministrationBlockingV2Stub;
import dev.sloth.wire.proto.AgentLabels;
import dev.sloth.wire.proto.AgentLinesWanted;
import dev.sloth.wire.proto.AgentName;
import dev.sloth.wire.proto.AgentRemoval;
import dev.sloth.wire.proto.AgentWatchersWanted;
import dev.sloth.wire.proto.AuditRequest;
import dev.sloth.wire.proto.CommandTaken;
import dev.sloth.wire.proto.CommandsGrpc;
import dev.sloth.wire.proto.CommandsGrpc.CommandsBlockingV2Stub;
import dev.sloth.wire.proto.ListAccessRequest;
import dev.sloth.wire.proto.ListAgentsRequest;
import dev.sloth.wire.proto.ListTokensRequest;
import dev.sloth.wire.proto.NewAccess;
import dev.sloth.wire.proto.NewToken;
import dev.sloth.wire.proto.OversightGrpc;
import dev.sloth.wire.proto.OversightGrpc.OversightBlockingV2Stub;
import dev.sloth.wire.proto.ShowClusterRequest;
import dev.sloth.wire.proto.TokenName;
import dev.sloth.wire.proto.WatcherRemoval;
import io.grpc.ManagedChannel;
import io.grpc.StatusException;
import java.security.KeyPair;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/// What people ask a master for. All of it throws `Problems` when it is refused, or when nobody
/// answers.
public final class Administration implements AutoCloseable {
    /// More than this an agent does not watch, whatever it says.
    private static final int WATCHERS_MAX = 100_000;

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
        return agents(withRevoked, "");
    }

    /// @param selector an expression; empty for all
    public List<AgentSight> agents(boolean withRevoked, String selector) {
        var asked =
                ListAgentsRequest.newBuilder().setWithRevoked(withRevoked).setSelector(selector);
        var agents = new ArrayList<AgentSight>();
        boolean more = true;
        while (more) {
            var page = Calling.answered(master, () -> stub().listAgents(asked.build()));
            page.getAgentsList().stream().map(AgentSight::of).forEach(agents::add);
            more = page.getMore() && page.getAgentsCount() > 0;
            if (more) {
                var _ =
                        asked.setAfterName(agents.getLast().name())
                                .setAfterId(agents.getLast().id());
            }
        }
        return List.copyOf(agents);
    }

    public AgentSight agent(String name) {
        var named = AgentName.newBuilder().setName(name).build();
        return AgentSight.of(Calling.answered(master, () -> stub().showAgent(named)));
    }

    /// What an agent itself has told lately.
    ///
    /// @param after only lines with a greater number
    public RecentLines lines(String name, long after) {
        var wanted = AgentLinesWanted.newBuilder().setName(name).setAfter(after).build();
        return RecentLines.of(Calling.answered(master, () -> stub().readAgentLines(wanted)));
    }

    /// All that an agent watches, by name.
    public List<WatcherSight> watchers(String name) {
        var all = new ArrayList<WatcherSight>();
        var page = new WatcherPage(List.of(), true, List.of());
        while (page.more() && all.size() < WATCHERS_MAX) {
            var wanted =
                    AgentWatchersWanted.newBuilder()
                            .setName(name)
                            .setAfter(all.isEmpty() ? "" : all.getLast().name())
                            .build();
            page = WatcherPage.of(Calling.answered(master, () -> stub().listWatchers(wanted)));
            all.addAll(page.watchers());
            if (page.watchers().isEmpty()) {
                return all;
            }
        }
        return all;
    }

    /// Has an agent watch something no longer: all of these, or none.
    ///
    /// @return those that are not there: if there are any, nothing has changed
    public List<String> removeWatchers(String name, List<String> watchers) {
        var wanted = WatcherRemoval.newBuilder().setName(name).addAllWatchers(watchers).build();
        var answer = Calling.answered(master, () -> stub().removeWatchers(wanted));
        return WatcherPage.of(answer).missing();
    }

    public AgentSight revokeAgent(String name) {
        var named = AgentName.newBuilder().setName(name).build();
        return AgentSight.of(Calling.answered(master, () -> stub().revokeAgent(named)));
    }

    /// What an agent is to be tagged, and where it is.
    ///
    /// @param withTags whether the tags are to be those
    public record Labels(boolean withTags, List<String> tags, boolean withRegion, String region) {
        public Labels {
            tags = List.copyOf(tags);
        }
    }

    public AgentSight labelAgent(String name, Labels labels) {
        var wanted =
                AgentLabels.newBuilder()
                        .setName(name)
                        .setWithTags(labels.withTags())
                        .addAllTags(labels.tags())
                        .setWithRegion(labels.withRegion())
                        .setRegion(labels.region())
                        .build();
        return AgentSight.of(Calling.answered(master, () -> stub().labelAgent(wanted)));
    }

    public AgentSight drainAgent(String name) {
        var named = AgentName.newBuilder().setName(name).build();
        return AgentSight.of(Calling.answered(master, () -> stub().drainAgent(named)));
    }

    public AgentSight resumeAgent(String name) {
        var named = AgentName.newBuilder().setName(name).build();
        return AgentSight.of(Calling.answered(master, () -> stub().resumeAgent(named)));
    }

    /// @param force also when it is connected
    public AgentSight removeAgent(String name, boolean force) {
        var named = AgentRemoval.newBuilder().setName(name).setForce(force).build();
        return AgentSight.of(Calling.answered(master, () -> stub().removeAgent(named)));
    }

    /// Somebody who may call from now on, and what they call with.
    public record Given(AccessSight access, Credentials credentials) {}

    /// @param pair a new one, which stays here
    public Given createAccess(String name, String role, Duration ttl, KeyPair pair) {
        var wanted =
                NewAccess.newBuilder()
                        .setName(name)
                        .setRole(role)
                        .setTtlMillis(ttl.toMillis())
                        .setSigningRequest(ByteString.copyFrom(SigningRequest.make(pair)))
                        .build();
        var made = Calling.answered(master, () -> accessStub().createAccess(wanted));
        return new Given(
                AccessSight.of(made.getAccess()),
                Credentials.of(pair.getPrivate(), Joining.bytes(made.getChainList())));
    }

    public AccessSight changeAccess(String name, String role) {
        var wanted = AccessChange.newBuilder().setName(name).setRole(role).build();
        return AccessSight.of(Calling.answered(master, () -> accessStub().changeAccess(wanted)));
    }

    public AccessSight revokeAccess(String name) {
        var named = AccessName.newBuilder().setName(name).build();
        return AccessSight.of(Calling.answered(master, () -> accessStub().revokeAccess(named)));
    }

    public List<AccessSight> allAccess() {
        var asked = ListAccessRequest.getDefaultInstance();
        return Calling.answered(master, () -> accessStub().listAccess(asked))
                .getAccessList()
                .stream()
                .map(AccessSight::of)
                .toList();
    }

    public AccessSight access(String name) {
        var named = AccessName.newBuilder().setName(name).build();
        return AccessSight.of(Calling.answered(master, () -> accessStub().showAccess(named)));
    }

    /// The newest first, page by page until there are as many as wanted.
    ///
    /// @param who a part of who did it; empty when anybody
    /// @param object a part of what it was about; empty when anything
    public List<AuditSight> audit(Instant since, String who, String object, int limit) {
        var found = new ArrayList<AuditSight>();
        long before = 0;
        while (found.size() < limit) {
            var asked =
                    AuditRequest.newBuilder()
                            .setSince(since.toEpochMilli())
                            .setWho(who)
                            .setObject(object)
                            .setBefore(before)
                            .setLimit(limit - found.size())
                            .build();
            var page = Calling.answered(master, () -> oversightStub().listAudit(asked));
            if (page.getEntriesCount() == 0) {
                return found;
            }
            page.getEntriesList().forEach(entry -> found.add(AuditSight.of(entry)));
            before = found.getLast().number();
        }
        return found;
    }

    public ClusterSight cluster() {
        var asked = ShowClusterRequest.getDefaultInstance();
        return ClusterSight.of(Calling.answered(master, () -> oversightStub().showCluster(asked)));
    }

    /// Has agents do a command, as a run.
    ///
    /// @param unsure is run when nobody can tell whether the master has taken it
    /// @return all who are meant; those that are ready do it
    public List<AgentMeant> execute(AgentCommand command, Runnable unsure) {
        return Calling.answered(master, () -> taken(command, unsure)).getAgentsList().stream()
                .map(AgentMeant::of)
                .toList();
    }

    private CommandTaken taken(AgentCommand command, Runnable unsure) throws StatusException {
        try {
            return commandsStub().execute(command.message());
        } catch (StatusException e) {
            if (Refusals.mayHaveCome(e, master)) {
                unsure.run();
            }
            throw e;
        }
    }

    private CommandsBlockingV2Stub commandsStub() {
        return CommandsGrpc.newBlockingV2Stub(channel)
                .withDeadlineAfter(Protocol.CALL_MAX.toMillis(), TimeUnit.MILLISECONDS);
    }

    private AccessControlBlockingV2Stub accessStub() {
        return AccessControlGrpc.newBlockingV2Stub(channel)
                .withDeadlineAfter(Protocol.CALL_MAX.toMillis(), TimeUnit.MILLISECONDS);
    }

    private OversightBlockingV2Stub oversightStub() {
        return OversightGrpc.newBlockingV2Stub(channel)
                .withDeadlineAfter(Protocol.CALL_MAX.toMillis(), TimeUnit.MILLISECONDS);
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
