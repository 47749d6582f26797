package dev.sloth.master.rpc;

import dev.sloth.api.workflow.Problem;
import dev.sloth.core.security.audit.Deed;
import dev.sloth.core.security.authn.JoinTokens;
import dev.sloth.core.store.cluster.TokenRow;
import dev.sloth.master.authority.Authority;
import dev.sloth.master.session.MasterEvent;
import dev.sloth.master.session.MasterNews;
import dev.sloth.master.session.Roster;
import dev.sloth.wire.AgentSight;
import dev.sloth.wire.JoinToken;
import dev.sloth.wire.Keys;
import dev.sloth.wire.TokenSight;
import dev.sloth.wire.WatcherPage;
import dev.sloth.wire.WireProblems;
import dev.sloth.wire.proto.AdministrationGrpc;
import dev.sloth.wire.proto.Agent;
import dev.sloth.wire.proto.AgentLabels;
import dev.sloth.wire.proto.AgentLines;
import dev.sloth.wire.proto.AgentLinesWanted;
import dev.sloth.wire.proto.AgentList;
import dev.sloth.wire.proto.AgentName;
import dev.sloth.wire.proto.AgentRemoval;
import dev.sloth.wire.proto.AgentWatchers;
import dev.sloth.wire.proto.AgentWatchersWanted;
import dev.sloth.wire.proto.ListAgentsRequest;
import dev.sloth.wire.proto.ListTokensRequest;
import dev.sloth.wire.proto.NewToken;
import dev.sloth.wire.proto.Token;
import dev.sloth.wire.proto.TokenCreated;
import dev.sloth.wire.proto.TokenList;
import dev.sloth.wire.proto.TokenName;
import dev.sloth.wire.proto.WatcherRemoval;
import io.grpc.stub.StreamObserver;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.List;

/// What people ask for.
final class AdministrationCalls extends AdministrationGrpc.AdministrationImplBase {
    /// The only one there is, until people have some of their own.
    static final String NAMESPACE = "default";

    private final Authority authority;
    private final JoinTokens tokens;
    private final Roster roster;
    private final SecureRandom random;
    private final MasterNews news;
    private final Answer answer;

    AdministrationCalls(
            Authority authority,
            JoinTokens tokens,
            Roster roster,
            SecureRandom random,
            MasterNews news,
            Answer answer) {
        this.authority = authority;
        this.tokens = tokens;
        this.roster = roster;
        this.random = random;
        this.news = news;
        this.answer = answer;
    }

    @Override
    public void createToken(NewToken request, StreamObserver<TokenCreated> caller) {
        answer.change(caller, "", () -> created(request));
    }

    private TokenCreated created(NewToken request) {
        var token = JoinToken.make(random, authority.pin());
        var wish =
                new JoinTokens.Wish(
                        NAMESPACE,
                        List.copyOf(request.getTagsList()),
                        request.getRegion(),
                        Duration.ofMillis(request.getTtlMillis()),
                        request.getUses());
        var deed = Peer.current().deed();
        var row = tokens.create(token.id(), Keys.sha256(token.secret()), wish, deed);
        news.tell(new MasterEvent.TokenMade(row.id(), deed.name()));
        return TokenCreated.newBuilder()
                .setText(token.reveal())
                .setToken(sight(row).message())
                .build();
    }

    private TokenSight sight(TokenRow row) {
        return new TokenSight(
                row.id(),
                tokens.state(row),
                row.tags(),
                row.region(),
                row.uses(),
                row.used(),
                row.madeBy(),
                row.madeAt(),
                row.expiresAt());
    }

    @Override
    public void listTokens(ListTokensRequest request, StreamObserver<TokenList> caller) {
        answer.to(
                caller,
                () ->
                        TokenList.newBuilder()
                                .addAllTokens(
                                        tokens.all().stream()
                                                .map(row -> sight(row).message())
                                                .toList())
                                .build());
    }

    @Override
    public void revokeToken(TokenName request, StreamObserver<Token> caller) {
        answer.change(
                caller,
                request.getId(),
                () -> {
                    var deed = Peer.current().deed();
                    var row = tokens.revoke(request.getId(), deed);
                    news.tell(new MasterEvent.TokenRevoked(row.id(), deed.name()));
                    return sight(row).message();
                });
    }

    @Override
    public void listAgents(ListAgentsRequest request, StreamObserver<AgentList> caller) {
        answer.to(
                caller,
                () ->
                        AgentPage.of(
                                CommandCalls.selected(
                                        roster, request.getWithRevoked(), request.getSelector()),
                                request));
    }

    @Override
    public void showAgent(AgentName request, StreamObserver<Agent> caller) {
        answer.to(caller, () -> roster.named(NAMESPACE, request.getName()).message());
    }

    @Override
    public void readAgentLines(AgentLinesWanted request, StreamObserver<AgentLines> caller) {
        answer.to(
                caller,
                () -> roster.lines(NAMESPACE, request.getName(), request.getAfter()).message(0));
    }

    @Override
    public void listWatchers(AgentWatchersWanted request, StreamObserver<AgentWatchers> caller) {
        answer.to(
                caller,
                () ->
                        roster.watchers(NAMESPACE, request.getName(), request.getAfter(), List.of())
                                .message(0));
    }

    @Override
    public void removeWatchers(WatcherRemoval request, StreamObserver<AgentWatchers> caller) {
        var names = request.getWatchersList();
        answer.announced(
                caller,
                request.getName(),
                "is asked to watch no longer " + String.join(", ", names),
                () -> {
                    var page = roster.watchers(NAMESPACE, request.getName(), "", names);
                    if (!page.missing().isEmpty()) {
                        answer.undone(request.getName(), noWatcher(page.missing()));
                    }
                    return new WatcherPage(List.of(), false, page.missing()).message(0);
                });
    }

    /// All of them are removed, or none.
    private static Problem noWatcher(List<String> names) {
        return WireProblems.problem(
                "SLOTH-4309",
                "nothing is removed: it does not watch " + String.join(", ", names),
                "`sloth-runner watcher list --agent NAME` shows what an agent watches");
    }

    /// Changes an agent.
    private interface Change {
        AgentSight with(String name, Deed deed);
    }

    private void change(StreamObserver<Agent> caller, String name, Change change) {
        answer.change(caller, name, () -> change.with(name, Peer.current().deed()).message());
    }

    @Override
    public void revokeAgent(AgentName request, StreamObserver<Agent> caller) {
        change(caller, request.getName(), (name, deed) -> roster.revoke(NAMESPACE, name, deed));
    }

    @Override
    public void labelAgent(AgentLabels request, StreamObserver<Agent> caller) {
        change(
                caller,
                request.getName(),
                (name, deed) ->
                        roster.label(
                                NAMESPACE,
                                name,
                                row ->
                                        row.labelled(
                                                request.getWithTags()
                                                        ? List.copyOf(request.getTagsList())
                                                        : row.tags(),
                                                request.getWithRegion()
                                                        ? request.getRegion()
                                                        : row.region()),
                                deed));
    }

    @Override
    public void drainAgent(AgentName request, StreamObserver<Agent> caller) {
        change(
                caller,
                request.getName(),
                (name, deed) -> roster.drain(NAMESPACE, name, true, deed));
    }

    @Override
    public void resumeAgent(AgentName request, StreamObserver<Agent> caller) {
        change(
                caller,
                request.getName(),
                (name, deed) -> roster.drain(NAMESPACE, name, false, deed));
    }

    @Override
    public void removeAgent(AgentRemoval request, StreamObserver<Agent> caller) {
        change(
                caller,
                request.getName(),
                (name, deed) -> roster.remove(NAMESPACE, name, request.getForce(), deed));
    }
}
