package dev.sloth.core.security.authn;

import dev.sloth.api.workflow.Problem;
import dev.sloth.api.workflow.Problems;
import dev.sloth.core.store.cluster.AgentRow;
import dev.sloth.core.store.cluster.ClusterStore;
import dev.sloth.core.store.cluster.ClusterTables;
import dev.sloth.core.store.cluster.SessionRow;
import dev.sloth.core.store.cluster.TokenRow;
import java.security.MessageDigest;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.LongFunction;
import java.util.function.Supplier;

/// The agents of a master, from joining to being revoked. Safe for use by many threads.
public final class Agents {
    private final ClusterStore store;
    private final Supplier<String> ids;
    private final InstantSource time;

    /// @param ids gives ids that were never given before
    public Agents(ClusterStore store, Supplier<String> ids, InstantSource time) {
        this.store = store;
        this.ids = ids;
        this.time = time;
    }

    /// Somebody who would like to be an agent.
    ///
    /// @param secretHash SHA-256 of what they say is the token's secret
    /// @param keyHash SHA-256 of the public key that they proved to have
    public record Applicant(
            String token,
            byte[] secretHash,
            byte[] keyHash,
            String name,
            List<String> tags,
            String region,
            int slots) {
        public Applicant {
            tags = List.copyOf(tags);
        }
    }

    /// Takes an applicant in. The same key may join again: with the token that it joined with,
    /// whose answer may have been lost, and with a new one, after its certificate has expired.
    ///
    /// @param until when the certificate that they get will end
    /// @throws Problems when they may not
    public AgentRow join(Applicant applicant, Instant until) {
        AgentWords.checkName(applicant.name());
        AgentWords.checkPlace(applicant.tags(), applicant.region());
        AgentWords.checkSlots(applicant.slots());
        return store.write(tables -> joined(tables, applicant, until));
    }

    private AgentRow joined(ClusterTables tables, Applicant applicant, Instant until) {
        var token = proven(tables, applicant);
        var known = tables.agentOfKey(applicant.keyHash());
        if (known.isPresent() && known.get().revoked()) {
            throw new Problems(JoinProblems.revoked(known.get().name()));
        }
        boolean again = known.isPresent() && known.get().token().equals(token.id());
        if (!again) {
            checkHolds(token);
            tables.putToken(token.usedOnce());
        }
        var row =
                known.map(agent -> agent.certified(applicant.keyHash(), token.id(), until))
                        .orElseGet(() -> fresh(tables, applicant, token, until));
        tables.putAgent(row);
        return row;
    }

    /// Whoever does not know the secret is not told whether there is such a token.
    private static TokenRow proven(ClusterTables tables, Applicant applicant) {
        return tables.token(applicant.token())
                .filter(token -> MessageDigest.isEqual(token.secretHash(), applicant.secretHash()))
                .orElseThrow(JoinProblems::tokenUnknown);
    }

    private void checkHolds(TokenRow token) {
        if (token.revoked()) {
            throw JoinProblems.tokenRevoked(token.id());
        }
        if (JoinTokens.isOver(token, time.instant())) {
            throw JoinProblems.tokenExpired(token.id(), token.expiresAt());
        }
        if (token.used() >= token.uses()) {
            throw JoinProblems.tokenUsedUp(token.id(), token.uses());
        }
    }

    /// What the token says of tags and region counts, not what the agent says of itself.
    private AgentRow fresh(
            ClusterTables tables, Applicant applicant, TokenRow token, Instant until) {
        if (tables.agentNamed(token.namespace(), applicant.name()).isPresent()) {
            throw JoinProblems.nameTaken(applicant.name());
        }
        var now = time.instant();
        return new AgentRow(
                ids.get(),
                token.namespace(),
                applicant.name(),
                token.tags().isEmpty() ? applicant.tags() : token.tags(),
                token.region().isEmpty() ? applicant.region() : token.region(),
                applicant.slots(),
                applicant.keyHash(),
                token.id(),
                now,
                until,
                now,
                false);
    }

    /// Why the holder of an agent's certificate is refused; nothing when they are not.
    public Optional<Problem> refusal(String id) {
        return store.read(tables -> {
            var row = tables.agent(id);
            if (row.isEmpty()) {
                return Optional.of(JoinProblems.unknown());
            }
            return row.filter(AgentRow::revoked).map(agent -> JoinProblems.revoked(agent.name()));
        });
    }

    /// Nothing when there is no such agent, or it is refused.
    public Optional<AgentRow> row(String id) {
        return store.read(tables -> tables.agent(id).filter(row -> !row.revoked()));
    }

    /// The name of an agent that is not refused.
    ///
    /// @throws Problems when it is
    public String name(String id) {
        return store.read(tables -> live(tables, id).name());
    }

    /// Notes the next certificate of an agent.
    ///
    /// @throws Problems when the agent is refused, or somebody else has that key
    public AgentRow renewed(String id, byte[] keyHash, Instant until) {
        return store.write(tables -> {
            var old = live(tables, id);
            var row = old.certified(keyHash, old.token(), until);
            boolean taken =
                    tables.agentOfKey(keyHash).filter(other -> !other.id().equals(id)).isPresent();
            if (taken) {
                throw JoinProblems.malformed(
                        "another agent has this key", "make a key for each agent");
            }
            tables.putAgent(row);
            return row;
        });
    }

    /// Begins a session under the next epoch.
    ///
    /// @param session gives the row to an epoch
    /// @throws Problems when the agent is refused
    public SessionRow arrived(String id, LongFunction<SessionRow> session) {
        return store.write(tables -> {
            var _ = live(tables, id);
            long last = tables.session(id).map(SessionRow::epoch).orElse(0L);
            var row = session.apply(last + 1);
            tables.putSession(row);
            return row;
        });
    }

    private static AgentRow live(ClusterTables tables, String id) {
        var row = tables.agent(id).orElseThrow(() -> new Problems(JoinProblems.unknown()));
        if (row.revoked()) {
            throw new Problems(JoinProblems.revoked(row.name()));
        }
        return row;
    }

    /// Refuses an agent for ever.
    ///
    /// @throws Problems when there is none of this name
    public AgentRow revoke(String namespace, String name) {
        return store.write(tables -> {
            var row =
                    tables.agentNamed(namespace, name)
                            .orElseThrow(() -> JoinProblems.noAgent(name))
                            .asRevoked();
            tables.putAgent(row);
            return row;
        });
    }

    /// Notes when agents were last heard of, all at once.
    public void seen(Map<String, Instant> last) {
        if (last.isEmpty()) {
            return;
        }
        boolean _ =
                store.write(tables -> {
                    last.forEach(tables::seen);
                    return true;
                });
    }

    /// An agent with its last session.
    public record Known(AgentRow agent, Optional<SessionRow> session) {}

    /// By namespace and name.
    public List<Known> all(boolean withRevoked) {
        return store.read(tables ->
                tables.agents().stream()
                        .filter(row -> withRevoked || !row.revoked())
                        .map(row -> new Known(row, tables.session(row.id())))
                        .toList());
    }

    /// @throws Problems when there is none of this name
    public Known named(String namespace, String name) {
        return store.read(tables -> {
            var row =
                    tables.agentNamed(namespace, name)
                            .orElseThrow(() -> JoinProblems.noAgent(name));
            return new Known(row, tables.session(row.id()));
        });
    }
}
