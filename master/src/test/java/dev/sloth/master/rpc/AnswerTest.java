package dev.sloth.master.rpc;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sloth.api.workflow.Problem;
import dev.sloth.core.security.audit.Audit;
import dev.sloth.core.security.audit.Deed;
import dev.sloth.core.store.StoreFailure;
import dev.sloth.core.store.StoreFailure.Reason;
import dev.sloth.core.store.cluster.AuditQuery;
import dev.sloth.core.store.cluster.AuditRow;
import dev.sloth.master.session.MasterEvent;
import dev.sloth.testkit.store.MemoryDisk;
import dev.sloth.testkit.store.MemoryStore;
import dev.sloth.wire.MasterAddress;
import dev.sloth.wire.Refusals;
import dev.sloth.wire.WireProblems;
import io.grpc.StatusException;
import io.grpc.StatusRuntimeException;
import io.grpc.stub.StreamObserver;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class AnswerTest {
    private final List<MasterEvent> told = new ArrayList<>();
    private final List<Throwable> failures = new ArrayList<>();
    private final Audit audit =
            new Audit(MemoryStore.open(new MemoryDisk()).cluster(), () -> Instant.EPOCH);
    private final Answer answer =
            new Answer(
                    audit,
                    new RefusalNews(RefusalLimits.DEFAULT, () -> Instant.EPOCH, told::add),
                    told::add);

    private final StreamObserver<String> caller =
            new StreamObserver<>() {
                @Override
                public void onNext(String value) {
                    throw new AssertionError("an answer: " + value);
                }

                @Override
                public void onError(Throwable failure) {
                    failures.add(failure);
                }

                @Override
                public void onCompleted() {
                    throw new AssertionError("an answer");
                }
            };

    @Test
    void two_causes_with_one_code_are_two_rows_of_the_audit_log() {
        var deed = new Deed("agent", "192.0.2.1", "session");
        for (int i = 0; i < 3; i++) {
            for (var why : List.of("too old", "too new")) {
                audit.refused(deed, "", WireProblems.problem("SLOTH-4709", why, "update it"));
            }
        }
        var all = new AuditQuery(Instant.EPOCH, "", "", Long.MAX_VALUE, 10);
        assertThat(audit.rows(all))
                .extracting(AuditRow::outcome)
                .containsExactlyInAnyOrder("too old", "too new");
    }

    private String code() {
        answer.to(
                caller,
                "read",
                () -> {
                    throw new StoreFailure(Reason.BROKEN, "store.db was closed");
                });
        var last = (StatusRuntimeException) failures.getLast();
        Problem read =
                Refusals.read(
                                new StatusException(last.getStatus(), last.getTrailers()),
                                new MasterAddress("m", 1))
                        .list()
                        .getFirst();
        return read.code();
    }

    @Test
    void what_fails_because_the_master_ends_is_no_fault_but_may_be_asked_again() {
        assertThat(code()).isEqualTo("SLOTH-4109");
        assertThat(told).hasSize(1);
        answer.leave();
        assertThat(code()).isEqualTo(WireProblems.UNREACHABLE);
        assertThat(told).as("no trouble of the master").hasSize(1);
    }
}
