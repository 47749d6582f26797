package dev.sloth.master.rpc;

import dev.sloth.core.security.authz.Access.Wish;
import dev.sloth.core.security.authz.Role;
import dev.sloth.core.store.cluster.AccessRow;
import dev.sloth.master.authority.Authority;
import dev.sloth.master.session.MasterEvent;
import dev.sloth.master.session.MasterNews;
import dev.sloth.wire.AccessSight;
import dev.sloth.wire.Keys;
import dev.sloth.wire.SigningRequest;
import dev.sloth.wire.WireProblems;
import dev.sloth.wire.proto.Access;
import dev.sloth.wire.proto.AccessChange;
import dev.sloth.wire.proto.AccessControlGrpc;
import dev.sloth.wire.proto.AccessCreated;
import dev.sloth.wire.proto.AccessList;
import dev.sloth.wire.proto.AccessName;
import dev.sloth.wire.proto.ListAccessRequest;
import dev.sloth.wire.proto.NewAccess;
import io.grpc.stub.StreamObserver;
import java.time.Duration;

/// Says who may call, and as what.
final class AccessCalls extends AccessControlGrpc.AccessControlImplBase {
    private final Authority authority;
    private final dev.sloth.core.security.authz.Access access;
    private final MasterNews news;
    private final Answer answer;

    AccessCalls(
            Authority authority,
            dev.sloth.core.security.authz.Access access,
            MasterNews news,
            Answer answer) {
        this.authority = authority;
        this.access = access;
        this.news = news;
        this.answer = answer;
    }

    @Override
    public void createAccess(NewAccess request, StreamObserver<AccessCreated> caller) {
        answer.change(caller, request.getName(), () -> created(request));
    }

    private AccessCreated created(NewAccess request) {
        var key = SigningRequest.key(request.getSigningRequest().toByteArray());
        var ttl = Duration.ofMillis(request.getTtlMillis());
        var wish = new Wish(request.getName(), role(request.getRole()), Keys.pin(key), ttl);
        var row = access.create(wish, Peer.current().deed());
        var chain = authority.user(key, row.name(), ttl);
        tell(row);
        return AccessCreated.newBuilder()
                .setAccess(message(row))
                .addAllChain(EnrolmentCalls.encoded(chain))
                .build();
    }

    private static Role role(String word) {
        return Role.of(word)
                .orElseThrow(() ->
                        WireProblems.of(
                                "SLOTH-4718",
                                "'%s' is no role".formatted(word),
                                "it is admin, operator or viewer"));
    }

    private void tell(AccessRow row) {
        var deed = Peer.current().deed();
        news.tell(new MasterEvent.Changed(deed.what(), row.name(), deed.name()));
    }

    private Access message(AccessRow row) {
        return new AccessSight(
                        row.name(),
                        Role.of(row.role()).map(Role::word).orElse(row.role()),
                        access.state(row),
                        row.madeBy(),
                        row.madeAt(),
                        row.expiresAt())
                .message();
    }

    @Override
    public void changeAccess(AccessChange request, StreamObserver<Access> caller) {
        answer.change(
                caller,
                request.getName(),
                () -> {
                    var role = role(request.getRole());
                    var row = access.change(request.getName(), role, Peer.current().deed());
                    tell(row);
                    return message(row);
                });
    }

    @Override
    public void revokeAccess(AccessName request, StreamObserver<Access> caller) {
        answer.change(
                caller,
                request.getName(),
                () -> {
                    var row = access.revoke(request.getName(), Peer.current().deed());
                    tell(row);
                    return message(row);
                });
    }

    @Override
    public void listAccess(ListAccessRequest request, StreamObserver<AccessList> caller) {
        answer.to(
                caller,
                () ->
                        AccessList.newBuilder()
                                .addAllAccess(access.all().stream().map(this::message).toList())
                                .build());
    }

    @Override
    public void showAccess(AccessName request, StreamObserver<Access> caller) {
        answer.to(caller, () -> message(access.named(request.getName())));
    }
}
