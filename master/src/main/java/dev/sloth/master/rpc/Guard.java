package dev.sloth.master.rpc;

import dev.sloth.api.workflow.Problem;
import dev.sloth.core.security.authn.Agents;
import dev.sloth.core.store.StoreFailure;
import dev.sloth.wire.Identity;
import dev.sloth.wire.Permissions;
import dev.sloth.wire.Refusals;
import dev.sloth.wire.WireProblems;
import dev.sloth.wire.proto.Permission;
import io.grpc.Context;
import io.grpc.Contexts;
import io.grpc.Metadata;
import io.grpc.MethodDescriptor.MethodType;
import io.grpc.ServerCall;
import io.grpc.ServerCallHandler;
import io.grpc.ServerInterceptor;
import java.time.InstantSource;
import java.util.Optional;

/// Lets a call through when its declared permission is one that its caller has, and ends those that
/// people hold open when they have it no more.
final class Guard implements ServerInterceptor {
    static final String DENIED = People.DENIED;

    private final String trustDomain;
    private final Agents agents;
    private final People people;
    private final InstantSource time;
    private final Answer answer;
    private final OpenCalls open = new OpenCalls();

    Guard(String trustDomain, Agents agents, People people, InstantSource time, Answer answer) {
        this.trustDomain = trustDomain;
        this.agents = agents;
        this.people = people;
        this.time = time;
        this.answer = answer;
    }

    @Override
    public <Q, A> ServerCall.Listener<Q> interceptCall(
            ServerCall<Q, A> call, Metadata headers, ServerCallHandler<Q, A> next) {
        var peer = Peer.of(call);
        var needed = Permissions.of(call.getMethodDescriptor());
        try {
            var refusal = refusal(needed, peer);
            if (refusal.isEmpty()) {
                return let(call, headers, next, peer, needed);
            }
            if (call.getMethodDescriptor().getType().clientSendsOneMessage()) {
                call.request(1);
                return new Refused<>(call, peer, refusal.get());
            }
            refuse(call, peer, "", refusal.get());
        } catch (StoreFailure e) {
            var problem = answer.told(peer, e);
            call.close(Refusals.status(problem), Refusals.trailers(problem));
        }
        return new ServerCall.Listener<>() {};
    }

    private void refuse(ServerCall<?, ?> call, Peer peer, String object, Problem why) {
        answer.refuse(peer, object, why);
        call.close(Refusals.status(why), Refusals.trailers(why));
    }

    /// A call that is refused when it has said what it is about, so that this can be written down.
    private final class Refused<Q> extends ServerCall.Listener<Q> {
        private final ServerCall<Q, ?> call;
        private final Peer peer;
        private final Problem why;
        private boolean over;

        Refused(ServerCall<Q, ?> call, Peer peer, Problem why) {
            this.call = call;
            this.peer = peer;
            this.why = why;
        }

        private void end(String object) {
            if (!over) {
                over = true;
                refuse(call, peer, object, why);
            }
        }

        @Override
        public void onMessage(Q message) {
            end(About.of(message));
        }

        @Override
        public void onHalfClose() {
            end("");
        }

        @Override
        public void onCancel() {
            if (!over) {
                over = true;
                answer.refuse(peer, "", why);
            }
        }
    }

    /// Sessions of agents are looked after by the roster.
    private <Q, A> ServerCall.Listener<Q> let(
            ServerCall<Q, A> call,
            Metadata headers,
            ServerCallHandler<Q, A> next,
            Peer peer,
            Permission needed) {
        var context = Context.current().withValue(Peer.KEY, peer);
        boolean stays =
                call.getMethodDescriptor().getType() != MethodType.UNARY
                        && needed != Permission.PERMISSION_SERVE;
        return stays
                ? open.watch(call, headers, next, context, () -> refusal(needed, peer))
                : Contexts.interceptCall(context, call, headers, next);
    }

    /// Looks again at the calls that are open.
    void sweep() {
        open.sweep();
    }

    private Optional<Problem> refusal(Permission needed, Peer peer) {
        return switch (needed) {
            case PERMISSION_JOIN -> Optional.empty();
            case PERMISSION_SERVE -> ofAgents(peer);
            case PERMISSION_NONE, UNRECOGNIZED -> Optional.of(People.denied());
            default -> ofPeople(needed, peer);
        };
    }

    private Optional<Problem> ofAgents(Peer peer) {
        var who = ours(peer);
        if (who.isEmpty() || !(who.get() instanceof Identity.Agent agent)) {
            return Optional.of(noAgent());
        }
        return over(peer).or(() -> agents.refusal(agent.id()));
    }

    private Optional<Problem> ofPeople(Permission needed, Peer peer) {
        var who = ours(peer);
        if (who.isEmpty()) {
            return Optional.of(People.denied());
        }
        return over(peer).or(() -> people.refusal(needed, who.get(), peer.keyHash()));
    }

    private Optional<Identity> ours(Peer peer) {
        return peer.identity().filter(who -> who.trustDomain().equals(trustDomain));
    }

    /// A connection may be older than its certificate's end.
    private Optional<Problem> over(Peer peer) {
        if (peer.certificateUntil().isAfter(time.instant())) {
            return Optional.empty();
        }
        boolean agent = peer.identity().filter(Identity.Agent.class::isInstance).isPresent();
        return Optional.of(
                WireProblems.problem(
                        WireProblems.CERTIFICATE_OVER,
                        "the certificate of this connection was over at %s"
                                .formatted(peer.certificateUntil()),
                        agent
                                ? "the agent joins again with a new token of this master; if it"
                                        + " should still hold, see whether both clocks are right"
                                : "ask an admin for new credentials (`sloth-runner access create`);"
                                        + " if these should still hold, see whether the clock of"
                                        + " the master is right"));
    }

    private static Problem noAgent() {
        return WireProblems.problem(
                DENIED,
                "whoever holds this certificate, or none, is no agent of this master",
                "start an agent with a token of this master (`sloth-runner agent token create`);"
                        + " credentials of people are not for agents");
    }
}
