package dev.sloth.core.store.cluster;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// What is kept, within one transaction.
public interface ClusterTables {
    /// How many shards the runs are divided into, for ever.
    int SHARDS = 256;

    Optional<MasterRow> master(String id);

    /// Adds it, or puts it in the place of the one of this id.
    void putMaster(MasterRow row);

    /// Who owns the shards that somebody owns, by number.
    List<ShardRow> shards();

    /// Makes a master the owner of all shards, each under its next epoch.
    void takeShards(String master);

    /// In the order in which they were made.
    List<TokenRow> tokens();

    Optional<TokenRow> token(String id);

    /// Adds it, or puts it in the place of the one of this id.
    void putToken(TokenRow row);

    /// By namespace and then by name; those of one name in the order in which they joined.
    List<AgentRow> agents();

    Optional<AgentRow> agent(String id);

    /// The one of this name that was not revoked.
    Optional<AgentRow> agentNamed(String namespace, String name);

    /// The one that proved to have this key, revoked or not.
    Optional<AgentRow> agentOfKey(byte[] keyHash);

    /// Adds it, or puts it in the place of the one of this id.
    void putAgent(AgentRow row);

    /// Notes when an agent was last heard of; unknown ones are passed over.
    void seen(String agent, Instant at);

    /// The last session of an agent.
    Optional<SessionRow> session(String agent);

    /// Adds it, or puts it in the place of the agent's last one.
    void putSession(SessionRow row);

    /// All masters, by id.
    List<MasterRow> masters();

    /// Those who may call, revoked or not, by name and then in the order in which they were made.
    List<AccessRow> access();

    /// The one of this name that was not revoked.
    Optional<AccessRow> accessNamed(String name);

    /// The one who calls with this key, revoked or not.
    Optional<AccessRow> accessOfKey(byte[] keyHash);

    /// Adds it, or puts it in the place of the one of this key.
    void putAccess(AccessRow row);

    /// Adds a row to the audit log, which gives it its number. Nothing changes one or removes it.
    void append(AuditRow row);

    /// The newest first.
    List<AuditRow> audit(AuditQuery query);

    /// In the order in which they were given.
    List<OrderRow> orders();

    /// Those of one run, in the order in which they were given.
    List<OrderRow> ordersOf(String run);

    /// Adds it, or puts it in the place of the one of this id.
    void putOrder(OrderRow row);

    /// Forgets it; one that is not there is passed over.
    void removeOrder(String id);
}
