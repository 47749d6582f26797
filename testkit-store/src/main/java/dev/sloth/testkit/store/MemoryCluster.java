package dev.sloth.testkit.store;

import dev.sloth.core.store.StoreFailure;
import dev.sloth.core.store.cluster.AccessRow;
import dev.sloth.core.store.cluster.AgentRow;
import dev.sloth.core.store.cluster.AuditQuery;
import dev.sloth.core.store.cluster.AuditRow;
import dev.sloth.core.store.cluster.ClusterStore;
import dev.sloth.core.store.cluster.ClusterTables;
import dev.sloth.core.store.cluster.MasterRow;
import dev.sloth.core.store.cluster.OrderRow;
import dev.sloth.core.store.cluster.SessionRow;
import dev.sloth.core.store.cluster.ShardRow;
import dev.sloth.core.store.cluster.TokenRow;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;

/// Masters, tokens and agents in memory.
final class MemoryCluster implements ClusterStore {
    private final Tables tables;

    MemoryCluster(Tables tables) {
        this.tables = tables;
    }

    /// What is on the disk; changed by [Edit] only.
    static final class Kept {
        private final Map<String, MasterRow> masters = new TreeMap<>();
        private final Map<Integer, ShardRow> shards = new TreeMap<>();
        private final Map<String, TokenRow> tokens = new LinkedHashMap<>();
        private final Map<String, AgentRow> agents = new LinkedHashMap<>();
        private final Map<String, SessionRow> sessions = new TreeMap<>();
        private final Map<String, AccessRow> access = new LinkedHashMap<>();
        private final List<AuditRow> audit = new ArrayList<>();

        /// By the number under which they were added.
        private final TreeMap<Long, OrderRow> orders = new TreeMap<>();
    }

    @Override
    public <T> T read(Function<ClusterTables, T> work) {
        return tables.read(
                "look at cluster",
                disk ->
                        work.apply(
                                new Rows(
                                        disk.cluster,
                                        new Edit(_ -> {
                                            throw new IllegalStateException("this only reads");
                                        }))));
    }

    @Override
    public <T> T write(Function<ClusterTables, T> work) {
        return tables.write(edit -> work.apply(new Rows(tables.disk().cluster, edit)));
    }

    private record Rows(Kept kept, Edit edit) implements ClusterTables {
        @Override
        public Optional<MasterRow> master(String id) {
            return Optional.ofNullable(kept.masters.get(id));
        }

        @Override
        public void putMaster(MasterRow row) {
            edit.put("put master", kept.masters, row.id(), row);
        }

        @Override
        public List<ShardRow> shards() {
            return List.copyOf(kept.shards.values());
        }

        @Override
        public void takeShards(String master) {
            for (int id = 0; id < SHARDS; id++) {
                long epoch =
                        Optional.ofNullable(kept.shards.get(id)).map(ShardRow::epoch).orElse(0L);
                edit.put("take shard", kept.shards, id, new ShardRow(id, master, epoch + 1));
            }
        }

        @Override
        public List<TokenRow> tokens() {
            return List.copyOf(kept.tokens.values());
        }

        @Override
        public Optional<TokenRow> token(String id) {
            return Optional.ofNullable(kept.tokens.get(id));
        }

        @Override
        public void putToken(TokenRow row) {
            if (row.used() > row.uses()) {
                throw new StoreFailure(StoreFailure.Reason.BROKEN, "a token is used too often");
            }
            edit.put("put token", kept.tokens, row.id(), row);
        }

        @Override
        public List<AgentRow> agents() {
            return kept.agents.values().stream()
                    .sorted(Comparator.comparing(AgentRow::namespace).thenComparing(AgentRow::name))
                    .toList();
        }

        @Override
        public Optional<AgentRow> agent(String id) {
            return Optional.ofNullable(kept.agents.get(id));
        }

        @Override
        public Optional<AgentRow> agentNamed(String namespace, String name) {
            return kept.agents.values().stream()
                    .filter(row -> row.namespace().equals(namespace) && row.name().equals(name))
                    .filter(row -> !row.revoked())
                    .findFirst();
        }

        @Override
        public Optional<AgentRow> agentOfKey(byte[] keyHash) {
            return kept.agents.values().stream()
                    .filter(row -> Arrays.equals(row.keyHash(), keyHash))
                    .findFirst();
        }

        @Override
        public void putAgent(AgentRow row) {
            var sameName = agentNamed(row.namespace(), row.name());
            var sameKey = agentOfKey(row.keyHash());
            boolean taken =
                    (!row.revoked() && sameName.filter(other -> isOther(other, row)).isPresent())
                            || sameKey.filter(other -> isOther(other, row)).isPresent();
            if (taken) {
                throw new StoreFailure(StoreFailure.Reason.BROKEN, "another agent is like it");
            }
            edit.put("put agent", kept.agents, row.id(), row);
        }

        private static boolean isOther(AgentRow one, AgentRow other) {
            return !one.id().equals(other.id());
        }

        @Override
        public void seen(String agent, Instant at) {
            agent(agent)
                    .ifPresent(row ->
                            edit.put("note agent as seen", kept.agents, agent, row.seen(at)));
        }

        @Override
        public Optional<SessionRow> session(String agent) {
            return Optional.ofNullable(kept.sessions.get(agent));
        }

        @Override
        public void putSession(SessionRow row) {
            edit.put("put session", kept.sessions, row.agent(), row);
        }

        @Override
        public List<MasterRow> masters() {
            return List.copyOf(kept.masters.values());
        }

        @Override
        public List<AccessRow> access() {
            return kept.access.values().stream()
                    .sorted(Comparator.comparing(AccessRow::name))
                    .toList();
        }

        @Override
        public Optional<AccessRow> accessNamed(String name) {
            return kept.access.values().stream()
                    .filter(row -> row.name().equals(name) && row.isNamed())
                    .findFirst();
        }

        @Override
        public Optional<AccessRow> accessOfKey(byte[] keyHash) {
            return Optional.ofNullable(kept.access.get(HexFormat.of().formatHex(keyHash)));
        }

        @Override
        public void putAccess(AccessRow row) {
            var key = HexFormat.of().formatHex(row.keyHash());
            boolean taken =
                    row.isNamed()
                            && accessNamed(row.name())
                                    .filter(other -> !Arrays.equals(other.keyHash(), row.keyHash()))
                                    .isPresent();
            if (taken) {
                throw new StoreFailure(StoreFailure.Reason.BROKEN, "there is one of that name");
            }
            edit.put("put access", kept.access, key, row);
        }

        @Override
        public void append(AuditRow row) {
            edit.add("append audit", kept.audit, row.numbered(kept.audit.size() + 1L));
        }

        @Override
        public List<AuditRow> audit(AuditQuery query) {
            return kept.audit.reversed().stream()
                    .filter(query::matches)
                    .limit(query.limit())
                    .toList();
        }

        @Override
        public List<OrderRow> orders() {
            return List.copyOf(kept.orders.values());
        }

        @Override
        public List<OrderRow> ordersOf(String run) {
            return kept.orders.values().stream().filter(row -> row.run().equals(run)).toList();
        }

        @Override
        public void putOrder(OrderRow row) {
            long next = kept.orders.isEmpty() ? 1 : kept.orders.lastKey() + 1;
            edit.put("put order", kept.orders, number(row.id()).orElse(next), row);
        }

        @Override
        public void removeOrder(String id) {
            number(id).ifPresent(number -> edit.remove("remove order", kept.orders, number));
        }

        private Optional<Long> number(String id) {
            return kept.orders.entrySet().stream()
                    .filter(each -> each.getValue().id().equals(id))
                    .map(Map.Entry::getKey)
                    .findFirst();
        }
    }
}
