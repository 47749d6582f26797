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
import java.time.InstantSource;

/// What agents ask for. Whoever gets here has an agent's certificate, and acts for that one only.
final class AgentCalls extends AgentsGrpc.AgentsImplBase {
    private final Authority authority;
    private final Agents agents;
    private final Roster roster;
    private final Doorstep doorstep;
    private final Fleet fleet;
    private final Welcome welcome;
    private final InstantSource time;
    private final MasterNews news;
    private final Answer answer;

    /// @param welcome what each agent is told first
    AgentCalls(
            Authority authority,
            Agents agents,
            Roster roster,
            Fleet fleet,
            Doorstep doorstep,
            Welcome welcome,
            InstantSource time,
            MasterNews news,
            Answer answer) {
        this.fleet = fleet;
        this.authority = authority;
        this.agents = agents;
        this.roster = roster;
        this.doorstep = doorstep;
        this.welcome = welcome;
        this.time = time;
        this.news = news;
        this.answer = answer;
    }

    @Override
    public StreamObserver<FromAgent> session(StreamObserver<FromMaster> caller) {
        var stream =
                new SessionStream(
                        Peer.current(),
                        roster,
                        fleet,
                        doorstep,
                        welcome,
                        time,
                        answer,
                        Gathering.quiet(caller));
        doorstep.came(stream);
        return stream;
    }

    @Override
    public void renew(RenewRequest request, StreamObserver<RenewAnswer> caller) {
        answer.change(caller, "", () -> renewed(request));
    }

    private RenewAnswer renewed(RenewRequest request) {
        var who = Peer.current().agent();
        var key = SigningRequest.key(request.getSigningRequest().toByteArray());
        var until = authority.agentUntil();
        var row = agents.renewed(who.id(), Keys.pin(key), until, Peer.current().deed());
        var chain = authority.agent(key, row.namespace(), row.id());
        news.tell(new MasterEvent.Renewed(row.name(), until));
        return RenewAnswer.newBuilder().addAllChain(EnrolmentCalls.encoded(chain)).build();
    }
}
