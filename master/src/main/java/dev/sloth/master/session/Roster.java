package dev.sloth.master.session;

import dev.sloth.api.workflow.Problem;
import dev.sloth.api.workflow.Problems;
import dev.sloth.api.workflow.Span;
import dev.sloth.core.balance.Host;
import dev.sloth.core.dispatch.Act;
import dev.sloth.core.security.audit.Deed;
import dev.sloth.core.security.authn.Agents;
import dev.sloth.core.store.cluster.AgentRow;
import dev.sloth.core.store.cluster.AgentStanding;
import dev.sloth.core.store.cluster.SessionRow;
import dev.sloth.wire.AgentSight;
import dev.sloth.wire.ClockOffset;
import dev.sloth.wire.Figures;
import dev.sloth.wire.RecentLines;
import dev.sloth.wire.WatcherPage;
import dev.sloth.wire.WireProblems;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.UnaryOperator;

/// Who is connected. Safe for use by many threads.
public final class Roster {
    /// How many heartbeats of an agent that says when they come may fail to.
    private static final int BEATS_MISSED_MAX = 3;

    private static final Duration SILENCE_MIN = Duration.ofSeconds(3);

    /// More than this between two sweeps is slow.
    private static final Duration SLOW = Duration.ofSeconds(2);

    private final Agents agents;
    private final String master;
    private final Duration silenceMax;
    private final InstantSource time;
    private final MasterNews news;
    private final Attendance attendance;
    private final Questions<RecentLines> questions = new Questions<>();
    private final Questions<WatcherPage> ofWatchers = new Questions<>();
    private final Map<String, Live> live = new ConcurrentHashMap<>();
    private final Map<String, Instant> unsaved = new ConcurrentHashMap<>();
    private volatile Instant sweptAt = Instant.MIN;

    /// @param master the id of ours
    /// @param silenceMax after so long without a heartbeat a session is over
    /// @param attendance hears who comes and goes
    public Roster(
            Agents agents,
            String master,
            Duration silenceMax,
            InstantSource time,
            MasterNews news,
            Attendance attendance) {
        this.attendance = attendance;
        this.agents = agents;
        this.master = master;
        this.silenceMax = silenceMax;
        this.time = time;
        this.news = news;
    }

    /// What an agent says again and again.
    ///
    /// @param next how long until the next at most; zero when it does not say
    /// @param leaving whether it takes nothing new, and ends when what it has is done
    public record Beat(Figures figures, ClockOffset clock, Duration next, boolean leaving) {}

    /// A session that goes on. Only what the heartbeats say changes.
    private static final class Live {
        private final String name;
        private final SessionRow session;
        private final Instant certificateUntil;
        private final Line line;
        private volatile Instant seenAt;
        private volatile Duration silenceMax;
        private volatile Figures figures = Figures.UNKNOWN;
        private volatile ClockOffset clock;
        private volatile AgentStanding standing = AgentStanding.WORKING;
        private volatile boolean leaving;

        Live(String name, SessionRow session, Arrival how, Line line, Duration silenceMax) {
            this.silenceMax = silenceMax;
            this.name = name;
            this.session = session;
            this.certificateUntil = how.certificateUntil();
            this.clock = how.clock();
            this.line = line;
            this.seenAt = session.connectedAt();
        }
    }

    /// Tells of all agents that there are.
    public void callTheRoll() {
        agents.all(false).forEach(known -> attendance.known(host(known.agent(), Optional.empty())));
    }

    /// There is such an agent, or it is another now.
    public void changed(AgentRow row) {
        attendance.known(host(row, Optional.ofNullable(live.get(row.id()))));
    }

    /// It gets work while it is neither draining nor has a wrong clock.
    private static Host host(AgentRow row, Optional<Live> here) {
        int slots = here.map(each -> each.session.slots()).orElse(row.slots());
        boolean accepts =
                row.standing() == AgentStanding.WORKING
                        && here.map(each -> each.clock.isRight() && !each.leaving).orElse(true);
        return new Host(
                row.id(), row.name(), row.tags(), row.region(), Math.max(1, slots), accepts);
    }

    /// Says something to an agent, if that session is the one that it has.
    public void send(Act.Message message) {
        var session = live.get(message.host());
        if (session != null && session.session.epoch() == message.epoch()) {
            session.line.send(message);
        }
    }

    /// A session that an agent was offered. It has begun when the agent has answered: a hello may
    /// have been under way for long, on a connection that the agent has given up since.
    public static final class Offer {
        private final String agent;
        private final Live session;
        private final Map<String, Boolean> held;

        private Offer(String agent, Live session, Map<String, Boolean> held) {
            this.agent = agent;
            this.session = session;
            this.held = held;
        }

        public long epoch() {
            return session.session.epoch();
        }
    }

    /// Offers a session.
    ///
    /// @param held the orders that the agent has, and whether they have ended there
    /// @throws Problems when the agent is refused
    public Offer arrived(Arrival how, Map<String, Boolean> held, Line line) {
        var known = agents.arrived(how.agent(), epoch -> row(how, epoch));
        var session = known.session().orElseThrow();
        return new Offer(
                how.agent(),
                new Live(known.agent().name(), session, how, line, silenceMax),
                Map.copyOf(held));
    }

    /// Begins a session; the agent's older one ends, be it this one. From now on it can be spoken
    /// to.
    ///
    /// @throws Problems when the agent is refused
    public void answered(Offer offer) {
        var mine = offer.session;
        mine.seenAt = time.instant();
        if (!live.merge(offer.agent, mine, Roster::newer).equals(mine)) {
            return;
        }
        stay(offer.agent, mine);
        news.tell(new MasterEvent.Connected(mine.name, offer.epoch(), mine.session.address()));
        if (!mine.clock.isRight()) {
            news.tell(new MasterEvent.Clock(mine.name, mine.clock));
        }
        attendance.came(offer.agent, offer.epoch(), offer.held);
        if (!mine.equals(live.get(offer.agent))) {
            attendance.left(offer.agent, offer.epoch(), Duration.ZERO);
        }
    }

    /// Whoever was revoked between being written down and now must not.
    private void stay(String agent, Live mine) {
        boolean stays = false;
        try {
            restand(agent);
            stays = true;
        } finally {
            if (!stays) {
                live.remove(agent, mine);
            }
        }
    }

    /// Has a session know how its agent stands. One at a time for each agent, each after what it is
    /// to know was kept: so the last one knows the newest.
    private void restand(String agent) {
        var _ =
                live.computeIfPresent(
                        agent,
                        (id, session) -> {
                            var row = agents.live(id);
                            session.standing = row.standing();
                            attendance.known(host(row, Optional.of(session)));
                            return session;
                        });
    }

    /// Whether an agent may be given work now.
    ///
    /// @param agent its id
    public boolean accepts(String agent) {
        return readiness(agent) == Readiness.READY;
    }

    /// The same, with why not.
    public Readiness readiness(String agent) {
        var session = live.get(agent);
        if (session == null) {
            return Readiness.AWAY;
        }
        if (session.standing != AgentStanding.WORKING || session.leaving) {
            return Readiness.DRAINING;
        }
        return session.clock.isRight() ? Readiness.READY : Readiness.CLOCK_OFF;
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

    private static Live newer(Live one, Live other) {
        boolean first = one.session.epoch() > other.session.epoch();
        var older = first ? other : one;
        var newer = first ? one : other;
        older.line.displaced(Displacement.of(older.name, older.session, newer.session));
        return newer;
    }

    /// @return whether the session is the agent's current one
    public boolean beat(String agent, long epoch, Beat beat) {
        var session = live.get(agent);
        if (session == null || session.session.epoch() != epoch) {
            return false;
        }
        session.figures = beat.figures();
        session.seenAt = time.instant();
        session.silenceMax = silence(beat.next());
        boolean turned = session.clock.isRight() != beat.clock().isRight();
        boolean another = turned || session.leaving != beat.leaving();
        session.clock = beat.clock();
        session.leaving = beat.leaving();
        if (another) {
            restand(agent);
        }
        if (turned) {
            session.line.clock(beat.clock());
            news.tell(new MasterEvent.Clock(session.name, beat.clock()));
        }
        return true;
    }

    /// How long an agent may be silent that says when it is heard next. It cannot ask for more than
    /// others get, nor for so little that a busy moment would end its session.
    private Duration silence(Duration next) {
        var allowed = next.isZero() ? silenceMax : next.multipliedBy(BEATS_MISSED_MAX);
        var least = allowed.compareTo(SILENCE_MIN) < 0 ? SILENCE_MIN : allowed;
        return least.compareTo(silenceMax) < 0 ? least : silenceMax;
    }

    /// A session is over.
    public void left(String agent, long epoch, String why) {
        var session = live.get(agent);
        if (session != null && session.session.epoch() == epoch && live.remove(agent, session)) {
            unsaved.put(agent, session.seenAt);
            attendance.left(agent, epoch, Duration.between(session.seenAt, time.instant()));
            news.tell(new MasterEvent.Left(session.name, epoch, why));
        }
    }

    /// Refuses an agent from now on and ends its session.
    ///
    /// @throws Problems when there is none of this name
    public AgentSight revoke(String namespace, String name, Deed deed) {
        var row = agents.revoke(namespace, name, deed);
        news.tell(new MasterEvent.Revoked(name, deed.name()));
        return ended(row, "revoked");
    }

    /// Forgets an agent that nobody needs any more: it is refused as a revoked one is.
    ///
    /// @param force also when it is connected
    /// @throws Problems when there is none of this name, or it is connected
    public AgentSight remove(String namespace, String name, boolean force, Deed deed) {
        var row = agents.named(namespace, name).agent();
        if (!force && live.containsKey(row.id())) {
            throw new Problems(connected(name));
        }
        var removed = agents.stand(namespace, name, AgentStanding.REMOVED, deed);
        news.tell(new MasterEvent.Changed(deed.what(), name, deed.name()));
        return ended(removed, "removed");
    }

    private static Problem connected(String name) {
        return new Problem(
                "SLOTH-4734",
                "the agent '%s' is connected".formatted(name),
                Span.NOWHERE,
                "end it on its machine first, or add --force");
    }

    private AgentSight ended(AgentRow row, String why) {
        var session = live.remove(row.id());
        attendance.removed(row.id(), row.standing());
        if (session != null) {
            unsaved.put(row.id(), session.seenAt);
            agents.refusal(row.id()).ifPresent(session.line::refuse);
            news.tell(new MasterEvent.Left(row.name(), session.session.epoch(), why));
        }
        return sight(new Agents.Known(row, Optional.empty()));
    }

    /// Gives an agent no more work, or gives it work again.
    ///
    /// @throws Problems when there is none of this name
    public AgentSight drain(String namespace, String name, boolean draining, Deed deed) {
        var standing = draining ? AgentStanding.DRAINING : AgentStanding.WORKING;
        var row = agents.stand(namespace, name, standing, deed);
        tell(row);
        news.tell(new MasterEvent.Changed(deed.what(), name, deed.name()));
        return named(namespace, name);
    }

    /// That an agent is another now, whether it is here or not.
    private void tell(AgentRow row) {
        if (live.containsKey(row.id())) {
            restand(row.id());
        } else {
            changed(row);
        }
    }

    /// Tags an agent, and says where it is.
    ///
    /// @throws Problems when there is none of this name, or it cannot be tagged so
    public AgentSight label(
            String namespace, String name, UnaryOperator<AgentRow> labels, Deed deed) {
        tell(agents.label(namespace, name, labels, deed));
        news.tell(new MasterEvent.Changed(deed.what(), name, deed.name()));
        return named(namespace, name);
    }

    /// What an agent itself has told lately.
    ///
    /// @param after only lines with a greater number
    /// @throws Problems when there is none of this name, or it is not here, or does not answer
    public RecentLines lines(String namespace, String name, long after) {
        var agent = agents.named(namespace, name).agent().id();
        var line = line(agent, name);
        return questions.ask(agent, name, question -> line.ask(question, after));
    }

    private Line line(String agent, String name) {
        var session = live.get(agent);
        if (session == null) {
            throw WireProblems.of(
                    WireProblems.AGENT_AWAY,
                    "the agent '%s' is not connected".formatted(name),
                    "ask again when `sloth-runner agent list` shows that it is; its machine has what"
                            + " it tells: of a service `journalctl -u sloth-agent`");
        }
        return session.line;
    }

    /// What an agent watches, as much of it as is told at once.
    ///
    /// @param after only those with a greater name
    /// @param remove what is to be watched no longer: all of these, or none
    /// @throws Problems when there is none of this name, or it is not here, or does not answer
    public WatcherPage watchers(String namespace, String name, String after, List<String> remove) {
        var agent = agents.named(namespace, name).agent().id();
        var line = line(agent, name);
        return ofWatchers.ask(agent, name, question -> line.askWatchers(question, after, remove));
    }

    /// What an agent has answered.
    public void answered(String agent, long question, WatcherPage watchers) {
        ofWatchers.answered(agent, question, watchers);
    }

    /// What an agent has answered.
    public void answered(String agent, long question, RecentLines lines) {
        questions.answered(agent, question, lines);
    }

    /// Ends sessions whose agent is silent or whose certificate is over.
    public void sweep() {
        var now = time.instant();
        boolean weWereSlow = sweptAt.plus(SLOW).isBefore(now);
        sweptAt = now;
        for (var each : List.copyOf(live.entrySet())) {
            var session = each.getValue();
            // When we were held up, so was what agents say: it may be about to be heard.
            var allowed = weWereSlow ? silenceMax : session.silenceMax;
            boolean silent = session.seenAt.plus(allowed).isBefore(now);
            if (silent || !session.certificateUntil.isAfter(now)) {
                session.line.goAway();
                left(
                        each.getKey(),
                        session.session.epoch(),
                        silent ? "silent for too long" : "its certificate is over");
            }
        }
    }

    /// Has the store know when agents were last heard that have left. Of those who are here it is
    /// written nowhere: were all of them to be written down again and again, it would be most of
    /// what an idle master does. [Agents#wereHere] makes up for it after a crash.
    public void save() {
        var last = new HashMap<>(unsaved);
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
                now.map(each -> each.seenAt).orElseGet(() -> seenAt(row)),
                row.certificateUntil(),
                now.map(each -> each.figures).orElse(Figures.UNKNOWN),
                work(row).word(),
                now.map(each -> each.clock.wrong()).orElse(Duration.ZERO));
    }

    /// When one was here last that is away.
    private Instant seenAt(AgentRow row) {
        return unsaved.getOrDefault(row.id(), row.seenAt());
    }

    /// That an agent is draining is worth knowing also when it is away.
    private Readiness work(AgentRow row) {
        return row.standing() == AgentStanding.DRAINING ? Readiness.DRAINING : readiness(row.id());
    }

    private static String state(AgentRow row, boolean connected) {
        if (row.revoked()) {
            return row.standing().name().toLowerCase(Locale.ROOT);
        }
        return connected ? "connected" : "away";
    }
}
