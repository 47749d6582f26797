package dev.sloth.master.rpc;

import dev.sloth.api.workflow.Problem;
import dev.sloth.core.security.authn.Agents;
import dev.sloth.core.store.StoreFailure;
import dev.sloth.master.session.MasterEvent;
import dev.sloth.master.session.MasterNews;
import dev.sloth.wire.Identity;
import dev.sloth.wire.Permissions;
import dev.sloth.wire.Refusals;
import dev.sloth.wire.WireProblems;
import dev.sloth.wire.proto.Permission;
import io.grpc.Context;
import io.grpc.Contexts;
import io.grpc.Metadata;
import io.grpc.ServerCall;
import io.grpc.ServerCallHandler;
import io.grpc.ServerInterceptor;
import java.time.InstantSource;
import java.util.Optional;

/// Lets a call through when its declared permission is one that its caller has.
final class Guard implements ServerInterceptor {
    static final String DENIED = "SLOTH-4713";

    private final String trustDomain;
    private final Agents agents;
    private final InstantSource time;
    private final MasterNews news;

    Guard(String trustDomain, Agents agents, InstantSource time, MasterNews news) {
        this.trustDomain = trustDomain;
        this.agents = agents;
        this.time = time;
        this.news = news;
    }

    @Override
    public <Q, A> ServerCall.Listener<Q> interceptCall(
            ServerCall<Q, A> call, Metadata headers, ServerCallHandler<Q, A> next) {
        var peer = Peer.of(call);
        try {
            var refusal = refusal(Permissions.of(call.getMethodDescriptor()), peer);
            if (refusal.isEmpty()) {
                return Contexts.interceptCall(
                        Context.current().withValue(Peer.KEY, peer), call, headers, next);
            }
            news.tell(new MasterEvent.Refused(peer.call(), peer.address(), refusal.get()));
            call.close(Refusals.status(refusal.get()), Refusals.trailers(refusal.get()));
        } catch (StoreFailure e) {
            news.tell(new MasterEvent.Trouble(e));
            var problem = Answer.fault();
            call.close(Refusals.status(problem), Refusals.trailers(problem));
        }
        return new ServerCall.Listener<>() {};
    }

    private Optional<Problem> refusal(Permission needed, Peer peer) {
        return switch (needed) {
            case PERMISSION_JOIN -> Optional.empty();
            case PERMISSION_SERVE -> ofAgents(peer);
            case PERMISSION_AGENT_READ,
                    PERMISSION_AGENT_CHANGE,
                    PERMISSION_TOKEN_READ,
                    PERMISSION_TOKEN_CHANGE ->
                    ofAdministrators(peer);
            case PERMISSION_NONE, UNRECOGNIZED -> Optional.of(denied());
        };
    }

    private Optional<Problem> ofAgents(Peer peer) {
        if (peer.identity().isEmpty()
                || !(peer.identity().get() instanceof Identity.Agent agent)
                || isStrange(peer)) {
            return Optional.of(denied());
        }
        return agents.refusal(agent.id());
    }

    private Optional<Problem> ofAdministrators(Peer peer) {
        boolean may =
                peer.identity().filter(Identity.Administrator.class::isInstance).isPresent()
                        && !isStrange(peer);
        return may ? Optional.empty() : Optional.of(denied());
    }

    /// A connection may be older than its certificate's end.
    private boolean isStrange(Peer peer) {
        boolean ours =
                peer.identity().filter(who -> who.trustDomain().equals(trustDomain)).isPresent();
        return !ours || !peer.certificateUntil().isAfter(time.instant());
    }

    private static Problem denied() {
        return WireProblems.problem(
                DENIED,
                "whoever holds this certificate, or none, may not do this",
                "use the administrator's credentials, which the master made at its first start");
    }
}
