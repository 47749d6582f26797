package dev.sloth.master.rpc;

import com.google.protobuf.ByteString;
import dev.sloth.api.workflow.Problems;
import dev.sloth.core.security.authn.Agents;
import dev.sloth.core.security.authn.RefusedJoins;
import dev.sloth.master.authority.Authority;
import dev.sloth.master.session.MasterEvent;
import dev.sloth.master.session.MasterNews;
import dev.sloth.wire.Keys;
import dev.sloth.wire.Overruled;
import dev.sloth.wire.SigningRequest;
import dev.sloth.wire.proto.EnrolmentGrpc;
import dev.sloth.wire.proto.JoinAnswer;
import dev.sloth.wire.proto.JoinRequest;
import io.grpc.stub.StreamObserver;
import java.security.cert.CertificateEncodingException;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;

/// Takes agents in.
final class EnrolmentCalls extends EnrolmentGrpc.EnrolmentImplBase {
    private final Authority authority;
    private final Agents agents;
    private final RefusedJoins refused;
    private final MasterNews news;
    private final Answer answer;

    EnrolmentCalls(
            Authority authority,
            Agents agents,
            RefusedJoins refused,
            MasterNews news,
            Answer answer) {
        this.authority = authority;
        this.agents = agents;
        this.refused = refused;
        this.news = news;
        this.answer = answer;
    }

    @Override
    public void join(JoinRequest request, StreamObserver<JoinAnswer> caller) {
        answer.refusable(
                caller, request.getName(), () -> heldOff(Peer.current().address(), request));
    }

    private JoinAnswer heldOff(String address, JoinRequest request) {
        refused.check(address);
        try {
            return joined(request);
        } catch (Problems e) {
            refused.note(address);
            throw e;
        }
    }

    private JoinAnswer joined(JoinRequest request) {
        Versions.check(request.getProtocol(), request.getOldest(), request.getVersion());
        var key = SigningRequest.key(request.getSigningRequest().toByteArray());
        var row =
                agents.join(
                        new Agents.Applicant(
                                request.getToken(),
                                Keys.sha256(request.getSecret().toByteArray()),
                                Keys.pin(key),
                                request.getName(),
                                List.copyOf(request.getTagsList()),
                                request.getRegion(),
                                request.getSlots()),
                        authority.agentUntil(),
                        Peer.current().deed());
        var chain = authority.agent(key, row.namespace(), row.id());
        news.tell(new MasterEvent.Joined(row.name(), Peer.current().address()));
        Overruled.of(
                        row.name(),
                        request.getTagsList(),
                        row.tags(),
                        request.getRegion(),
                        row.region())
                .ifPresent(each -> news.tell(new MasterEvent.Asked(each)));
        return JoinAnswer.newBuilder()
                .setAgent(row.id())
                .setNamespace(row.namespace())
                .setName(row.name())
                .addAllChain(encoded(chain))
                .setPlace(Overruled.message(row.tags(), row.region()))
                .build();
    }

    static List<ByteString> encoded(List<X509Certificate> chain) {
        var encoded = new ArrayList<ByteString>();
        try {
            for (var certificate : chain) {
                encoded.add(ByteString.copyFrom(certificate.getEncoded()));
            }
        } catch (CertificateEncodingException e) {
            throw new IllegalStateException("a certificate of ours cannot be written", e);
        }
        return encoded;
    }
}
