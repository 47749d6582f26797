package dev.sloth.master.rpc;

import dev.sloth.core.security.audit.Audit;
import dev.sloth.core.store.cluster.AuditQuery;
import dev.sloth.core.store.cluster.AuditRow;
import dev.sloth.wire.AuditSight;
import dev.sloth.wire.ClusterSight;
import dev.sloth.wire.proto.AuditEntry;
import dev.sloth.wire.proto.AuditList;
import dev.sloth.wire.proto.AuditRequest;
import dev.sloth.wire.proto.Cluster;
import dev.sloth.wire.proto.OversightGrpc;
import dev.sloth.wire.proto.ShowClusterRequest;
import io.grpc.stub.StreamObserver;
import java.time.Instant;
import java.util.function.Supplier;

/// What people look at.
final class OversightCalls extends OversightGrpc.OversightImplBase {
    /// How many entries one answer has at most, which keeps it well below the longest message.
    private static final int PAGE_MAX = 500;

    private final Audit audit;
    private final Supplier<ClusterSight> cluster;
    private final Answer answer;

    /// @param cluster how it stands at the moment
    OversightCalls(Audit audit, Supplier<ClusterSight> cluster, Answer answer) {
        this.audit = audit;
        this.cluster = cluster;
        this.answer = answer;
    }

    @Override
    public void listAudit(AuditRequest request, StreamObserver<AuditList> caller) {
        answer.to(
                caller,
                () ->
                        AuditList.newBuilder()
                                .addAllEntries(
                                        audit.rows(query(request)).stream()
                                                .map(OversightCalls::entry)
                                                .toList())
                                .build());
    }

    private static AuditQuery query(AuditRequest request) {
        return new AuditQuery(
                Instant.ofEpochMilli(request.getSince()),
                request.getWho(),
                request.getObject(),
                request.getBefore() == 0 ? Long.MAX_VALUE : request.getBefore(),
                Math.clamp(request.getLimit(), 1, PAGE_MAX));
    }

    private static AuditEntry entry(AuditRow row) {
        return new AuditSight(
                        row.number(),
                        row.at(),
                        row.who(),
                        row.address(),
                        row.what(),
                        row.object(),
                        row.allowed(),
                        row.code(),
                        row.outcome(),
                        row.times())
                .message();
    }

    @Override
    public void showCluster(ShowClusterRequest request, StreamObserver<Cluster> caller) {
        answer.to(caller, () -> cluster.get().message());
    }
}
