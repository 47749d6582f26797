package dev.sloth.testkit.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sloth.core.store.Store;
import dev.sloth.core.store.StoreFailure;
import dev.sloth.core.store.cluster.AccessRow;
import dev.sloth.core.store.cluster.AccessRow.Standing;
import dev.sloth.core.store.cluster.AuditQuery;
import dev.sloth.core.store.cluster.AuditRow;
import dev.sloth.core.store.cluster.ClusterTables;
import java.time.Instant;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

/// Who may call a master, and the log of what everybody did.
abstract class AccessContract extends Opened {
    AccessContract(Supplier<Store> opening) {
        super(opening);
    }

    private <T> T read(Function<ClusterTables, T> work) {
        return store.cluster().read(work);
    }

    private void write(Consumer<ClusterTables> work) {
        boolean _ =
                store.cluster()
                        .write(t -> {
                            work.accept(t);
                            return true;
                        });
    }

    private static AccessRow access(String name, int key) {
        return new AccessRow(
                name,
                "viewer",
                new byte[] {(byte) key},
                "admin",
                Samples.NOW,
                Samples.NOW.plus(Samples.TTL),
                Standing.NAMED);
    }

    @Test
    void somebody_is_found_by_name_and_by_key_and_their_role_can_change() {
        write(t -> t.putAccess(access("bob", 2)));
        write(t -> t.putAccess(access("ann", 1)));
        List<AccessRow> all = read(ClusterTables::access);
        assertThat(all).extracting(AccessRow::name).containsExactly("ann", "bob");
        var found = another().cluster().read(t -> t.accessOfKey(new byte[] {2})).orElseThrow();
        assertThat(found).usingRecursiveComparison().isEqualTo(access("bob", 2));
        write(t -> t.putAccess(found.withRole("operator")));
        String role = read(t -> t.accessNamed("bob").orElseThrow().role());
        assertThat(role).isEqualTo("operator");
        boolean other = read(t -> t.accessNamed("eve").isPresent());
        assertThat(other).isFalse();
    }

    @Test
    void a_name_is_free_again_when_it_was_revoked_and_the_old_key_stays_known() {
        write(t -> t.putAccess(access("ann", 1)));
        assertThatThrownBy(() -> write(t -> t.putAccess(access("ann", 2))))
                .isInstanceOf(StoreFailure.class);
        write(t -> t.putAccess(access("ann", 1).asRevoked()));
        write(t -> t.putAccess(access("ann", 2)));
        Standing old = read(t -> t.accessOfKey(new byte[] {1}).orElseThrow().standing());
        assertThat(old).isEqualTo(Standing.REVOKED);
        byte[] key = read(t -> t.accessNamed("ann").orElseThrow().keyHash());
        assertThat(key).containsExactly(2);
        List<AccessRow> all = read(ClusterTables::access);
        assertThat(all)
                .extracting(AccessRow::standing)
                .containsExactly(Standing.REVOKED, Standing.NAMED);
    }

    @Test
    void a_name_that_another_got_is_free_and_it_is_known_that_nobody_revoked_it() {
        write(t -> t.putAccess(access("ann", 1)));
        write(t -> t.putAccess(access("ann", 1).asSucceeded()));
        write(t -> t.putAccess(access("ann", 2)));
        var kept = another().cluster().read(t -> t.accessOfKey(new byte[] {1})).orElseThrow();
        assertThat(kept.standing()).isEqualTo(Standing.SUCCEEDED);
        byte[] key = read(t -> t.accessNamed("ann").orElseThrow().keyHash());
        assertThat(key).containsExactly(2);
    }

    private static AuditRow did(String who, String object, int second) {
        return new AuditRow(
                0,
                Samples.NOW.plusSeconds(second),
                who,
                "10.0.0.1",
                "DrainAgent",
                object,
                second % 2 == 0,
                second % 2 == 0 ? "" : "SLOTH-4713",
                "done",
                1 + second);
    }

    private List<Long> numbers(AuditQuery query) {
        return read(t -> t.audit(query)).stream().map(AuditRow::number).toList();
    }

    private static AuditQuery query(Instant since, String who, String object, int limit) {
        return new AuditQuery(since, who, object, Long.MAX_VALUE, limit);
    }

    @Test
    void what_was_done_is_listed_the_newest_first_and_page_by_page() {
        for (int second = 0; second < 4; second++) {
            var row = did(second < 2 ? "x/user/ann" : "x/user/bob", "web" + second, second);
            write(t -> t.append(row));
        }
        assertThat(numbers(query(Instant.EPOCH, "", "", 10))).containsExactly(4L, 3L, 2L, 1L);
        assertThat(numbers(query(Instant.EPOCH, "", "", 2))).containsExactly(4L, 3L);
        assertThat(numbers(new AuditQuery(Instant.EPOCH, "", "", 3, 10))).containsExactly(2L, 1L);
        assertThat(numbers(query(Samples.NOW.plusSeconds(2), "", "", 10))).containsExactly(4L, 3L);
        assertThat(numbers(query(Instant.EPOCH, "ann", "", 10))).containsExactly(2L, 1L);
        assertThat(numbers(query(Instant.EPOCH, "", "web3", 10))).containsExactly(4L);
        assertThat(numbers(query(Instant.EPOCH, "eve", "", 10))).isEmpty();
        var oldest = another().cluster().read(t -> t.audit(query(Instant.EPOCH, "", "", 9)));
        assertThat(oldest.getLast()).isEqualTo(did("x/user/ann", "web0", 0).numbered(1));
        assertThat(oldest.getFirst()).isEqualTo(did("x/user/bob", "web3", 3).numbered(4));
    }

    @Test
    void never_is_something_done_without_its_row() {
        assertThatThrownBy(() ->
                        write(t -> {
                            t.putAccess(access("ann", 1));
                            t.append(did("x/user/ann", "web", 0));
                            throw new IllegalStateException("no");
                        }))
                .hasMessageContaining("no");
        assertThat(numbers(query(Instant.EPOCH, "", "", 9))).isEmpty();
        boolean there = read(t -> t.accessNamed("ann").isPresent());
        assertThat(there).isFalse();
    }
}
