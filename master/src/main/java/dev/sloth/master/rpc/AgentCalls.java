package dev.sloth.master.rpc;

import dev.sloth.core.security.authn.Agents;
import dev.sloth.master.authority.Authority;
import dev.sloth.master.dispatch.Fleet;
import dev.sloth.master.session.MasterEvent;
import dev.sloth.master.session.MasterNews;
import dev.sloth.master.session.Roster;
import dev.sloth.wire.Keys;
import dev.sloth.wire.SigningRequest;
import dev.sloth.wire.proto.AgentsGrpc;
import dev.sloth.wire.proto.FromAgent;
import dev.sloth.wire.proto.FromMaster;
import dev.sloth.wire.proto.RenewAnswer;
import dev.sloth.wire.proto.RenewRequest;
import dev.sloth.wire.proto.Welcome;
import io.grpc.stub.StreamObserver;

/// What agents ask for. Whoever gets here has an agent's certificate, and acts for that one only.
final class AgentCalls extends AgentsGrpc.AgentsImplBase {
    private final Authority authority;
    private final Agents agents;
    private final Roster roster;
    private final Fleet fleet;
    private final Welcome welcome;
    private final MasterNews news;
    private final Answer answer;

    /// @param welcome what each agent is told first
    AgentCalls(
            Authority authority,
            Agents agents,
            Roster roster,
            Fleet fleet,
            Welcome welcome,
            MasterNews news) {
        this.fleet = fleet;
        this.authority = authority;
        this.agents = agents;
        this.roster = roster;
        this.welcome = welcome;
        this.news = news;
        this.answer = new Answer(news);
    }

    @Override
    public StreamObserver<FromAgent> session(StreamObserver<FromMaster> caller) {
        return new SessionStream(Peer.current(), roster, fleet, agents, welcome, answer, caller);
    }

    @Override
    public void renew(RenewRequest request, StreamObserver<RenewAnswer> caller) {
        answer.to(caller, "renew", () -> renewed(request));
    }

    private RenewAnswer renewed(RenewRequest request) {
        var who = Peer.current().agent();
        var key = SigningRequest.key(request.getSigningRequest().toByteArray());
        var until = authority.agentUntil();
        var row = agents.renewed(who.id(), Keys.pin(key), until);
        var chain = authority.agent(key, row.namespace(), row.id());
        news.tell(new MasterEvent.Renewed(row.name(), until));
        return RenewAnswer.newBuilder().addAllChain(EnrolmentCalls.encoded(chain)).build();
    }
}
