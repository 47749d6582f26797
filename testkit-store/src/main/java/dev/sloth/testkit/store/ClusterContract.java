package dev.sloth.testkit.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sloth.core.store.Store;
import dev.sloth.core.store.StoreFailure;
import dev.sloth.core.store.cluster.AgentRow;
import dev.sloth.core.store.cluster.AgentStanding;
import dev.sloth.core.store.cluster.ClusterTables;
import dev.sloth.core.store.cluster.MasterRow;
import dev.sloth.core.store.cluster.OrderRow;
import dev.sloth.core.store.cluster.SessionRow;
import dev.sloth.core.store.cluster.ShardRow;
import dev.sloth.core.store.cluster.TokenRow;
import java.util.EnumSet;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

/// The rows of masters, tokens and agents.
abstract class ClusterContract extends Opened {
    ClusterContract(Supplier<Store> opening) {
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

    private static TokenRow token(String id, int used) {
        return new TokenRow(
                id,
                "default",
                new byte[] {1, 2},
                List.of("web", "eu"),
                "fra",
                2,
                used,
                "ann",
                Samples.NOW,
                Samples.NOW.plus(Samples.TTL),
                false);
    }

    private static AgentRow agent(String id, String name, int key, boolean revoked) {
        return new AgentRow(
                id,
                "default",
                name,
                List.of(),
                "",
                4,
                new byte[] {(byte) key},
                "t1",
                Samples.NOW,
                Samples.NOW.plus(Samples.TTL),
                Samples.NOW,
                revoked ? AgentStanding.REVOKED : AgentStanding.WORKING);
    }

    @Test
    void a_master_is_what_was_put_last_of_it() {
        var first = new MasterRow("m", 1, "here:1", Samples.NOW);
        var second = new MasterRow("m", 2, "here:2", Samples.NOW.plus(Samples.TTL));
        write(t -> t.putMaster(first));
        write(t -> t.putMaster(second));
        var found = another().cluster().read(t -> t.master("m")).orElseThrow();
        assertThat(found).isEqualTo(second);
        boolean other = read(t -> t.master("n").isPresent());
        assertThat(other).isFalse();
    }

    @Test
    void shards_are_taken_all_together_and_each_time_under_the_next_epoch() {
        List<ShardRow> none = read(ClusterTables::shards);
        assertThat(none).isEmpty();
        write(t -> t.takeShards("m"));
        write(t -> t.takeShards("n"));
        List<ShardRow> all = read(ClusterTables::shards);
        assertThat(all).hasSize(ClusterTables.SHARDS);
        assertThat(all.getFirst()).isEqualTo(new ShardRow(0, "n", 2));
        assertThat(all.getLast()).isEqualTo(new ShardRow(255, "n", 2));
    }

    @Test
    void tokens_are_listed_in_the_order_in_which_they_were_made() {
        write(t -> t.putToken(token("b", 0)));
        write(t -> t.putToken(token("a", 0)));
        write(t -> t.putToken(token("b", 0).usedOnce()));
        List<TokenRow> all = read(ClusterTables::tokens);
        assertThat(all).extracting(TokenRow::id).containsExactly("b", "a");
        var found = read(t -> t.token("b")).orElseThrow();
        assertThat(found).usingRecursiveComparison().isEqualTo(token("b", 1));
        write(t -> t.putToken(found.asRevoked()));
        boolean revoked = read(t -> t.token("b").orElseThrow().revoked());
        assertThat(revoked).isTrue();
    }

    @Test
    void never_is_a_token_used_more_often_than_it_may_be() {
        write(t -> t.putToken(token("a", 2)));
        assertThatThrownBy(() -> write(t -> t.putToken(token("a", 3))))
                .isInstanceOf(StoreFailure.class);
        int used = read(t -> t.token("a").orElseThrow().used());
        assertThat(used).isEqualTo(2);
    }

    @Test
    void an_agent_is_found_by_id_by_name_and_by_key() {
        write(t -> t.putAgent(agent("2", "web", 2, false)));
        write(t -> t.putAgent(agent("1", "db", 1, false)));
        List<AgentRow> all = read(ClusterTables::agents);
        assertThat(all).extracting(AgentRow::name).containsExactly("db", "web");
        var byId = read(t -> t.agent("2")).orElseThrow();
        assertThat(byId).usingRecursiveComparison().isEqualTo(agent("2", "web", 2, false));
        String byName = read(t -> t.agentNamed("default", "web").orElseThrow().id());
        assertThat(byName).isEqualTo("2");
        String byKey = read(t -> t.agentOfKey(new byte[] {1}).orElseThrow().id());
        assertThat(byKey).isEqualTo("1");
        boolean elsewhere = read(t -> t.agentNamed("other", "web").isPresent());
        assertThat(elsewhere).isFalse();
    }

    @Test
    void a_name_is_free_again_when_its_agent_was_revoked_and_nothing_of_that_one_is_lost() {
        write(t -> t.putAgent(agent("1", "web", 1, false)));
        assertThatThrownBy(() -> write(t -> t.putAgent(agent("2", "web", 2, false))))
                .isInstanceOf(StoreFailure.class);
        write(t -> t.putAgent(agent("1", "web", 1, true)));
        write(t -> t.putAgent(agent("2", "web", 2, false)));
        List<AgentRow> all = read(ClusterTables::agents);
        assertThat(all).extracting(AgentRow::id).containsExactly("1", "2");
        String named = read(t -> t.agentNamed("default", "web").orElseThrow().id());
        assertThat(named).isEqualTo("2");
        boolean revoked = read(t -> t.agentOfKey(new byte[] {1}).orElseThrow().revoked());
        assertThat(revoked).isTrue();
    }

    @Test
    void no_two_agents_have_one_key() {
        write(t -> t.putAgent(agent("1", "web", 1, false)));
        assertThatThrownBy(() -> write(t -> t.putAgent(agent("2", "db", 1, false))))
                .isInstanceOf(StoreFailure.class);
    }

    @Test
    void how_an_agent_stands_is_kept_and_a_removed_one_is_revoked_too() {
        var row = agent("1", "web", 1, false);
        for (var standing : AgentStanding.values()) {
            write(t -> t.putAgent(row.standing(standing)));
            var found = another().cluster().read(t -> t.agent("1")).orElseThrow();
            assertThat(found.standing()).isEqualTo(standing);
            boolean named = read(t -> t.agentNamed("default", "web").isPresent());
            assertThat(named).isEqualTo(!standing.isOver());
        }
        write(t -> t.putAgent(row.labelled(List.of("db"), "ams")));
        var found = read(t -> t.agent("1")).orElseThrow();
        assertThat(found.tags()).containsExactly("db");
        assertThat(found.region()).isEqualTo("ams");
    }

    @Test
    void when_an_agent_was_seen_changes_nothing_else_and_makes_no_agent() {
        write(t -> t.putAgent(agent("1", "web", 1, false)));
        var later = Samples.NOW.plusSeconds(60);
        write(t -> {
            t.seen("1", later);
            t.seen("2", later);
        });
        var found = read(t -> t.agent("1")).orElseThrow();
        assertThat(found.seenAt()).isEqualTo(later);
        assertThat(found.name()).isEqualTo("web");
        int agents = read(t -> t.agents().size());
        assertThat(agents).isEqualTo(1);
    }

    @Test
    void an_agent_has_one_last_session() {
        for (long epoch = 1; epoch < 3; epoch++) {
            var row =
                    new SessionRow(
                            "1", "m", epoch, "boot", "v", "h", "linux", "10.0.0.1", 2, Samples.NOW);
            write(t -> t.putSession(row));
        }
        var found = read(t -> t.session("1")).orElseThrow();
        assertThat(found.epoch()).isEqualTo(2);
        assertThat(found.address()).isEqualTo("10.0.0.1");
        boolean other = read(t -> t.session("2").isPresent());
        assertThat(other).isFalse();
    }

    private static OrderRow order(String id, String run, OrderRow.State state) {
        return new OrderRow(id, run, "1", state, "the only one", new byte[] {0, 1}, 3, Samples.NOW);
    }

    @Test
    void an_order_is_what_was_put_last_of_it_in_each_of_its_states() {
        for (var state : EnumSet.allOf(OrderRow.State.class)) {
            var row = order("o", "r", state);
            write(t -> t.putOrder(row));
            var found = another().cluster().read(ClusterTables::orders);
            assertThat(found).singleElement().usingRecursiveComparison().isEqualTo(row);
        }
    }

    @Test
    void an_order_without_a_result_has_an_empty_one() {
        var none = new byte[0];
        var row = new OrderRow("o", "r", "1", OrderRow.State.GIVEN, "", none, 1, Samples.NOW);
        write(t -> t.putOrder(row));
        List<OrderRow> all = read(ClusterTables::orders);
        assertThat(all.getFirst().result()).isEmpty();
    }

    @Test
    void orders_are_listed_in_the_order_in_which_they_were_given() {
        write(t -> {
            t.putOrder(order("c", "one", OrderRow.State.GIVEN));
            t.putOrder(order("a", "two", OrderRow.State.GIVEN));
            t.putOrder(order("b", "one", OrderRow.State.GIVEN));
        });
        write(t -> t.putOrder(order("c", "one", OrderRow.State.ACCEPTED)));
        List<OrderRow> all = read(ClusterTables::orders);
        assertThat(all).extracting(OrderRow::id).containsExactly("c", "a", "b");
        List<OrderRow> one = read(t -> t.ordersOf("one"));
        assertThat(one).extracting(OrderRow::id).containsExactly("c", "b");
        assertThat(one.getFirst().state()).isEqualTo(OrderRow.State.ACCEPTED);
        List<OrderRow> none = read(t -> t.ordersOf("three"));
        assertThat(none).isEmpty();
    }

    @Test
    void an_order_that_was_removed_is_gone_and_may_be_given_anew_behind_the_others() {
        write(t -> {
            t.putOrder(order("a", "r", OrderRow.State.GIVEN));
            t.putOrder(order("b", "r", OrderRow.State.GIVEN));
        });
        write(t -> {
            t.removeOrder("a");
            t.removeOrder("unknown");
        });
        List<OrderRow> left = read(ClusterTables::orders);
        assertThat(left).extracting(OrderRow::id).containsExactly("b");
        write(t -> t.putOrder(order("a", "r", OrderRow.State.GIVEN)));
        List<OrderRow> all = read(ClusterTables::orders);
        assertThat(all).extracting(OrderRow::id).containsExactly("b", "a");
    }

    @Test
    void orders_that_were_removed_by_work_that_throws_are_where_they_were() {
        write(t -> {
            t.putOrder(order("a", "r", OrderRow.State.GIVEN));
            t.putOrder(order("b", "r", OrderRow.State.GIVEN));
        });
        assertThatThrownBy(() ->
                        write(t -> {
                            t.removeOrder("a");
                            t.putOrder(order("c", "r", OrderRow.State.GIVEN));
                            throw new IllegalStateException("no");
                        }))
                .hasMessageContaining("no");
        List<OrderRow> all = read(ClusterTables::orders);
        assertThat(all).extracting(OrderRow::id).containsExactly("a", "b");
    }

    @Test
    void work_that_throws_has_changed_nothing() {
        assertThatThrownBy(() ->
                        write(t -> {
                            t.putToken(token("a", 0));
                            t.putAgent(agent("1", "web", 1, false));
                            throw new IllegalStateException("no");
                        }))
                .hasMessageContaining("no");
        int left = read(t -> t.tokens().size() + t.agents().size());
        assertThat(left).isZero();
    }
}
