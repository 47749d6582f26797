package dev.sloth.master.session;

import dev.sloth.api.workflow.Problem;
import dev.sloth.api.workflow.Problems;
import dev.sloth.api.workflow.Span;
import dev.sloth.core.security.authn.Agents;
import dev.sloth.core.store.cluster.AgentRow;
import dev.sloth.core.store.cluster.SessionRow;
import dev.sloth.wire.AgentSight;
import dev.sloth.wire.ClockOffset;
import dev.sloth.wire.Figures;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/// Who is connected. Safe for use by many threads.
public final class Roster {
    private final Agents agents;
    private final String master;
    private final Duration silenceMax;
    private final InstantSource time;
    private final MasterNews news;
    private final Map<String, Live> live = new ConcurrentHashMap<>();
    private final Map<String, Instant> unsaved = new ConcurrentHashMap<>();

    /// @param master the id of ours
    /// @param silenceMax after so long without a heartbeat a session is over
    public Roster(
            Agents agents,
            String master,
            Duration silenceMax,
            InstantSource time,
            MasterNews news) {
        this.agents = agents;
        this.master = master;
        this.silenceMax = silenceMax;
        this.time = time;
        this.news = news;
    }

    /// A session that goes on. Only what the heartbeats say changes.
    private static final class Live {
        private final String name;
        private final SessionRow session;
        private final Instant certificateUntil;
        private final Line line;
        private volatile Instant seenAt;
        private volatile Figures figures = Figures.UNKNOWN;
        private volatile ClockOffset clock;

        Live(String name, SessionRow session, Arrival how, Line line) {
            this.name = name;
            this.session = session;
            this.certificateUntil = how.certificateUntil();
            this.clock = how.clock();
            this.line = line;
            this.seenAt = session.connectedAt();
        }
    }

    /// Begins a session; the agent's older one ends.
    ///
    /// @return its epoch
    /// @throws Problems when the agent is refused
    public long arrived(String name, Arrival how, Line line) {
        var session = agents.arrived(how.agent(), epoch -> row(how, epoch));
        var mine = new Live(name, session, how, line);
        var newest = live.merge(how.agent(), mine, this::newer);
        if (!newest.equals(mine)) {
            throw new Problems(superseded(name));
        }
        // Whoever was revoked between the write above and now must not stay.
        var refusal = agents.refusal(how.agent());
        if (refusal.isPresent()) {
            live.remove(how.agent(), mine);
            throw new Problems(refusal.get());
        }
        news.tell(new MasterEvent.Connected(name, session.epoch(), how.address()));
        if (!how.clock().isRight()) {
            news.tell(new MasterEvent.Clock(name, how.clock()));
        }
        return session.epoch();
    }

    private SessionRow row(Arrival how, long epoch) {
        return new SessionRow(
                how.agent(),
                master,
                epoch,
                how.boot(),
                how.version(),
                how.host(),
                how.system(),
                how.address(),
                how.slots(),
                time.instant());
    }

    private Live newer(Live one, Live other) {
        boolean first = one.session.epoch() > other.session.epoch();
        var older = first ? other : one;
        older.line.refuse(superseded(older.name));
        return first ? one : other;
    }

    private static Problem superseded(String name) {
        return new Problem(
                "SLOTH-4722",
                "the agent '%s' has begun another session".formatted(name),
                Span.NOWHERE,
                "run one `sloth-runner agent start` for each agent; two machines must not share a"
                        + " copy of its folder");
    }

    /// @return whether the session is the agent's current one
    public boolean beat(String agent, long epoch, Figures figures, ClockOffset clock) {
        var session = live.get(agent);
        if (session == null || session.session.epoch() != epoch) {
            return false;
        }
        session.figures = figures;
        session.seenAt = time.instant();
        boolean was = session.clock.isRight();
        session.clock = clock;
        if (clock.isRight() != was) {
            session.line.clock(clock);
            news.tell(new MasterEvent.Clock(session.name, clock));
        }
        return true;
    }

    /// A session is over.
    public void left(String agent, long epoch, String why) {
        var session = live.get(agent);
        if (session != null && session.session.epoch() == epoch && live.remove(agent, session)) {
            unsaved.put(agent, session.seenAt);
            news.tell(new MasterEvent.Left(session.name, epoch, why));
        }
    }

    /// Refuses an agent from now on and ends its session.
    ///
    /// @throws Problems when there is none of this name
    public AgentSight revoke(String namespace, String name, String by) {
        var row = agents.revoke(namespace, name);
        news.tell(new MasterEvent.Revoked(name, by));
        var session = live.remove(row.id());
        if (session != null) {
            agents.refusal(row.id()).ifPresent(session.line::refuse);
            news.tell(new MasterEvent.Left(name, session.session.epoch(), "revoked"));
        }
        return sight(new Agents.Known(row, Optional.empty()));
    }

    /// Ends sessions whose agent is silent or whose certificate is over.
    public void sweep() {
        var now = time.instant();
        for (var each : List.copyOf(live.entrySet())) {
            var session = each.getValue();
            boolean silent = session.seenAt.plus(silenceMax).isBefore(now);
            if (silent || !session.certificateUntil.isAfter(now)) {
                session.line.goAway();
                left(
                        each.getKey(),
                        session.session.epoch(),
                        silent ? "silent for too long" : "its certificate is over");
            }
        }
    }

    /// Has the store know when agents were last heard.
    public void save() {
        var last = new HashMap<>(unsaved);
        live.forEach((agent, session) -> last.put(agent, session.seenAt));
        agents.seen(last);
        last.forEach(unsaved::remove);
    }

    /// Sends all agents away; they come back.
    public void goAway() {
        live.forEach((agent, session) -> {
            session.line.goAway();
            left(agent, session.session.epoch(), "the master ends");
        });
    }

    /// By namespace and name.
    public List<AgentSight> all(boolean withRevoked) {
        return agents.all(withRevoked).stream().map(this::sight).toList();
    }

    /// @throws Problems when there is none of this name
    public AgentSight named(String namespace, String name) {
        return sight(agents.named(namespace, name));
    }

    private AgentSight sight(Agents.Known known) {
        var row = known.agent();
        var now = Optional.ofNullable(live.get(row.id()));
        var session = now.map(each -> each.session).or(known::session);
        return new AgentSight(
                row.id(),
                row.namespace(),
                row.name(),
                state(row, now.isPresent()),
                row.tags(),
                row.region(),
                session.map(SessionRow::slots).orElse(row.slots()),
                session.map(SessionRow::version).orElse(""),
                session.map(SessionRow::host).orElse(""),
                session.map(SessionRow::system).orElse(""),
                session.map(SessionRow::address).orElse(""),
                session.map(SessionRow::epoch).orElse(0L),
                row.joinedAt(),
                now.map(each -> each.seenAt).orElse(row.seenAt()),
                row.certificateUntil(),
                now.map(each -> each.figures).orElse(Figures.UNKNOWN),
                now.map(each -> each.clock.wrong()).orElse(Duration.ZERO));
    }

    private static String state(AgentRow row, boolean connected) {
        if (row.revoked()) {
            return "revoked";
        }
        return connected ? "connected" : "away";
    }
}
