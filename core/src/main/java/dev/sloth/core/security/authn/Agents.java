package dev.sloth.core.security.authn;

import dev.sloth.api.workflow.Problem;
import dev.sloth.api.workflow.Problems;
import dev.sloth.api.workflow.TimeText;
import dev.sloth.core.security.audit.Deed;
import dev.sloth.core.store.cluster.AgentRow;
import dev.sloth.core.store.cluster.AgentStanding;
import dev.sloth.core.store.cluster.ClusterStore;
import dev.sloth.core.store.cluster.ClusterTables;
import dev.sloth.core.store.cluster.SessionRow;
import dev.sloth.core.store.cluster.TokenRow;
import java.security.MessageDigest;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.LongFunction;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;

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
    public AgentRow join(Applicant applicant, Instant until, Deed deed) {
        AgentWords.checkName(applicant.name());
        AgentWords.checkPlace(applicant.tags(), applicant.region());
        AgentWords.checkSlots(applicant.slots());
        return store.write(tables -> {
            var row = joined(tables, applicant, until);
            tables.append(
                    deed.done(
                            time.instant(),
                            row.name(),
                            "joined with token %s as %s".formatted(row.token(), row.id())));
            return row;
        });
    }

    private AgentRow joined(ClusterTables tables, Applicant applicant, Instant until) {
        var token = proven(tables, applicant);
        var known = tables.agentOfKey(applicant.keyHash());
        if (known.isPresent() && known.get().revoked()) {
            throw new Problems(JoinProblems.over(known.get()));
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
                AgentStanding.WORKING);
    }

    /// Why the holder of an agent's certificate is refused; nothing when they are not.
    public Optional<Problem> refusal(String id) {
        return store.read(tables -> {
            var row = tables.agent(id);
            if (row.isEmpty()) {
                return Optional.of(JoinProblems.unknown());
            }
            return row.filter(AgentRow::revoked).map(JoinProblems::over);
        });
    }

    /// Nothing when there is no such agent, or it is refused.
    public Optional<AgentRow> row(String id) {
        return store.read(tables -> tables.agent(id).filter(row -> !row.revoked()));
    }

    /// An agent that is not refused.
    ///
    /// @throws Problems when it is
    public AgentRow live(String id) {
        return store.read(tables -> live(tables, id));
    }

    /// Notes the next certificate of an agent.
    ///
    /// @throws Problems when the agent is refused, or somebody else has that key
    public AgentRow renewed(String id, byte[] keyHash, Instant until, Deed deed) {
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
            tables.append(
                    deed.done(
                            time.instant(),
                            row.name(),
                            "its certificate holds until " + TimeText.of(until)));
            return row;
        });
    }

    /// Begins a session under the next epoch.
    ///
    /// @param session gives the row to an epoch
    /// @throws Problems when the agent is refused
    public Known arrived(String id, LongFunction<SessionRow> session) {
        return store.write(tables -> {
            var agent = live(tables, id);
            long last = tables.session(id).map(SessionRow::epoch).orElse(0L);
            var row = session.apply(last + 1);
            tables.putSession(row);
            return new Known(agent, Optional.of(row));
        });
    }

    private static AgentRow live(ClusterTables tables, String id) {
        var row = tables.agent(id).orElseThrow(() -> new Problems(JoinProblems.unknown()));
        if (row.revoked()) {
            throw new Problems(JoinProblems.over(row));
        }
        return row;
    }

    /// Changes an agent that is not refused, together with the row of the one who does it.
    ///
    /// @param change gives what it is to be
    /// @param outcome says what came of it
    /// @throws Problems when there is none of this name
    private AgentRow changed(
            String namespace,
            String name,
            Deed deed,
            UnaryOperator<AgentRow> change,
            Function<AgentRow, String> outcome) {
        return store.write(tables -> {
            var row =
                    change.apply(
                            tables.agentNamed(namespace, name)
                                    .orElseThrow(() -> JoinProblems.noAgent(name)));
            tables.putAgent(row);
            tables.append(deed.done(time.instant(), name, outcome.apply(row)));
            return row;
        });
    }

    /// Refuses an agent for ever.
    ///
    /// @throws Problems when there is none of this name
    public AgentRow revoke(String namespace, String name, Deed deed) {
        return stand(namespace, name, AgentStanding.REVOKED, deed);
    }

    /// Whether it is to get work, or is refused for ever.
    ///
    /// @throws Problems when there is none of this name
    public AgentRow stand(String namespace, String name, AgentStanding standing, Deed deed) {
        return changed(
                namespace,
                name,
                deed,
                row -> row.standing(standing),
                row -> "%s, %s".formatted(standing.name().toLowerCase(Locale.ROOT), row.id()));
    }

    /// What an agent is tagged and where it is, from now on.
    ///
    /// @throws Problems when there is none of this name, or it cannot be tagged so
    public AgentRow label(
            String namespace, String name, UnaryOperator<AgentRow> labels, Deed deed) {
        return changed(
                namespace,
                name,
                deed,
                row -> {
                    var next = labels.apply(row);
                    AgentWords.checkPlace(next.tags(), next.region());
                    return next;
                },
                row ->
                        "tags %s, region %s"
                                .formatted(
                                        row.tags().isEmpty() ? "-" : String.join(",", row.tags()),
                                        row.region().isEmpty() ? "-" : row.region()));
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

    /// Notes of all whose last session with a master has no end that they were heard of until then:
    /// so it is when the master ended without a word.
    ///
    /// @param until when the master was last known to be there
    public void wereHere(String master, Instant until) {
        var last = new HashMap<String, Instant>();
        for (var known : all(true)) {
            known.session()
                    .filter(session -> session.master().equals(master))
                    .map(SessionRow::connectedAt)
                    .filter(begun -> !begun.isBefore(known.agent().seenAt()))
                    .ifPresent(begun ->
                            last.put(known.agent().id(), begun.isAfter(until) ? begun : until));
        }
        seen(last);
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
