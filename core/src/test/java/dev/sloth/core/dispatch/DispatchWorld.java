package dev.sloth.core.dispatch;

import dev.sloth.core.balance.Host;
import dev.sloth.core.balance.Want;
import dev.sloth.core.select.Selector;
import dev.sloth.testkit.Gen;
import dev.sloth.testkit.VirtualTime;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;

/// A master, its agents and runs that want orders, in virtual time. For a while everything breaks
/// that can; then nothing does, and all must come to an end.
final class DispatchWorld {
    static final Duration LENGTH_MAX = Duration.ofMinutes(15);

    private static final Instant FOR_EVER = Instant.MAX;
    private static final int ACTIONS_MAX = 1_000_000;
    private static final int AGENTS_MAX = 5;
    private static final int FAULTY_SECONDS = 1_800;
    private static final int SHORT_MILLIS = 2_000;
    private static final int LONG_MILLIS = 60_000;
    private static final int SILENCE_MILLIS = 25_000;
    private static final DispatchLimits SHORT =
            new DispatchLimits(
                    Duration.ofSeconds(40),
                    Duration.ofSeconds(3),
                    Duration.ofSeconds(5),
                    Duration.ofSeconds(60),
                    Duration.ofSeconds(10));

    final VirtualTime time = new VirtualTime();
    final Tally tally;
    final DispatchLimits limits;
    final SimulatedDisk disk = new SimulatedDisk();
    final DispatchJudge judge = new DispatchJudge(this);
    final SimulatedMaster master = new SimulatedMaster(this);
    final SimulatedRuns runs = new SimulatedRuns(this);
    final List<SimulatedAgent> agents = new ArrayList<>();
    private final List<Told> story = new ArrayList<>();
    private final RandomGenerator random;
    private final int orders;
    private final int faultyMillis;
    private final int killOneIn;
    private final int breakOneIn;
    private final int declineOneIn;
    private final int troubleMillis;
    private final int delayMillis;
    private boolean healed;

    /// How often things happened, so that a test sees that they do.
    static final class Tally {
        int worlds;
        int kills;
        int faults;
        int agentCrashes;
        int cuts;
        int removed;
        int drained;
        int added;
        int late;
        int declined;
        int left;
        int refusedForNow;
        int takenAfterRest;
        int forgotten;
        int abandoned;
        int done;
        int notBegun;
        int cancelled;
        int unknown;

        void count(Act.End end) {
            switch (end) {
                case Act.End.Done _ -> done++;
                case Act.End.NotBegun _ -> notBegun++;
                case Act.End.Cancelled _ -> cancelled++;
                case Act.End.Unknown _ -> unknown++;
            }
        }
    }

    DispatchWorld(Gen gen, Tally tally) {
        this.tally = tally;
        this.limits = gen.oneOf(DispatchLimits.DEFAULT, SHORT);
        this.orders = 1 + gen.below(2 * Math.max(1, gen.size()));
        this.faultyMillis = 1_000 * (1 + gen.below(FAULTY_SECONDS));
        this.killOneIn = gen.oneOf(0, 300, 50);
        this.breakOneIn = gen.oneOf(0, 300, 50);
        this.declineOneIn = gen.oneOf(0, 10, 3);
        this.troubleMillis = gen.oneOf(1_000, 10_000, 120_000);
        this.delayMillis = gen.oneOf(2, 100, 3_000);
        int hosts = gen.between(1, AGENTS_MAX);
        this.random = gen.random();
        for (int i = 0; i < hosts; i++) {
            adds("agent" + i);
        }
    }

    /// Until nothing is due any more.
    void run() {
        try {
            master.start();
            for (int i = 0; i < orders; i++) {
                var order = order("o" + i);
                later(faultyMillis, () -> wants(order));
            }
            later(troubleMillis, this::trouble);
            time.after(Duration.ofMillis(faultyMillis + 1L), this::heal);
            time.runUntilIdle(ACTIONS_MAX);
            judge.atTheEnd();
        } catch (AssertionError | RuntimeException e) {
            var told = String.join("\n", story.stream().map(Told::toString).toList());
            throw new AssertionError(e.getMessage() + "\n" + told, e);
        }
        tally.worlds++;
    }

    private void heal() {
        tell("from now on nothing breaks");
        healed = true;
        judge.healed();
        master.start();
        agents.forEach(SimulatedAgent::start);
    }

    void tell(String how, Object what) {
        if (!(what instanceof Input.Tick)) {
            story.add(new Told(time.instant(), how, what));
        }
    }

    void tell(String what) {
        tell(what, "");
    }

    // ---- chance

    int below(int bound) {
        return random.nextInt(bound);
    }

    boolean oneIn(int bound) {
        return random.nextInt(bound) == 0;
    }

    private boolean strikes(int oneIn) {
        return !healed && oneIn > 0 && oneIn(oneIn);
    }

    boolean kills() {
        return strikes(killOneIn);
    }

    boolean breaks() {
        return strikes(breakOneIn);
    }

    boolean forgets() {
        return strikes(8);
    }

    boolean declines() {
        return declineOneIn > 0 && oneIn(declineOneIn);
    }

    Duration within(int millis) {
        return Duration.ofMillis(1 + random.nextInt(millis));
    }

    Duration delay() {
        return within(delayMillis);
    }

    void later(int withinMillis, Runnable action) {
        time.after(within(withinMillis), action);
    }

    /// Until one side sees that the other is gone.
    int detection() {
        return oneIn(2) ? delayMillis : SILENCE_MILLIS;
    }

    /// Until something is back.
    int pause() {
        return switch (below(6)) {
            case 0 -> (int) LENGTH_MAX.toMillis();
            case 1, 2 -> LONG_MILLIS;
            default -> SHORT_MILLIS;
        };
    }

    /// How long an order takes.
    int length() {
        return pause();
    }

    /// Whether trouble that is to last until then still does. One kind goes on when nothing else
    /// breaks any more: what waits for those must come to an end too.
    boolean lasts(Instant until) {
        return until.equals(FOR_EVER) || (!healed && until.isAfter(time.instant()));
    }

    // ---- orders

    private Order order(String id) {
        return new Order(id, "run", want(), oneIn(3), oneIn(5), new byte[0]);
    }

    private Want want() {
        return switch (below(5)) {
            case 0, 1 -> new Want.Any();
            case 2 -> new Want.Matching(Selector.of("'web' in tags"));
            case 3 -> new Want.Matching(Selector.of("region == 'north'"));
            default -> new Want.Named("agent" + below(AGENTS_MAX));
        };
    }

    /// Somebody wants it, and may do something about it besides waiting.
    private void wants(Order order) {
        runs.want(order);
        later(
                pause(),
                () -> {
                    switch (below(12)) {
                        case 0, 1, 2, 3 -> runs.withdraw(order.id());
                        case 4, 5 -> runs.askAgain(order.id());
                        case 6 -> runs.abandon(order.id());
                        default -> {}
                    }
                });
    }

    /// Who has an order.
    List<String> holders(String id) {
        return agents.stream()
                .filter(agent -> agent.holds().contains(id))
                .map(SimulatedAgent::id)
                .toList();
    }

    // ---- trouble

    private void trouble() {
        if (healed) {
            return;
        }
        var agent = agents.get(below(agents.size()));
        switch (below(20)) {
            case 0 -> crash(agent);
            case 1 -> crashMaster();
            case 2, 3, 4 -> cut(agent, true, true);
            case 5, 6 -> cut(agent, true, false);
            case 7, 8 -> cut(agent, false, true);
            case 9, 10 -> reset(agent);
            case 11, 12 -> drain(agent);
            case 13 -> joins();
            case 14 -> removes(agent);
            case 15, 16 -> agent.ends(pause());
            case 17, 18 -> agent.fills(oneIn(8) ? FOR_EVER : time.instant().plus(within(pause())));
            default ->
                    runs.ids().stream().skip(below(orders)).findFirst().ifPresent(runs::askAgain);
        }
        later(troubleMillis, this::trouble);
    }

    private void crash(SimulatedAgent agent) {
        if (agent.isUp()) {
            agent.crash();
        }
    }

    private void crashMaster() {
        if (master.isUp() && killOneIn > 0) {
            master.crash("between two steps");
        }
    }

    private void cut(SimulatedAgent agent, boolean up, boolean down) {
        agent.blocked(time.instant().plus(within(pause())));
        agent.line()
                .ifPresent(line -> {
                    tell("%s is cut off: up %s, down %s".formatted(agent.id(), up, down));
                    tally.cuts++;
                    line.cut(up, down);
                    later(SILENCE_MILLIS, () -> master.ends(line));
                    later(SILENCE_MILLIS, () -> agent.loses(line));
                });
    }

    /// What was said may still come.
    private void reset(SimulatedAgent agent) {
        agent.line()
                .ifPresent(line -> {
                    tell("the line of %s is reset".formatted(agent.id()));
                    later(delayMillis, () -> master.ends(line));
                    later(delayMillis, () -> agent.loses(line));
                });
    }

    private void drain(SimulatedAgent agent) {
        disk.host(agent.id())
                .ifPresent(host -> {
                    tally.drained++;
                    knows(
                            new Host(
                                    host.id(),
                                    host.name(),
                                    host.tags(),
                                    host.region(),
                                    host.slots(),
                                    !host.accepts()));
                });
    }

    private void knows(Host host) {
        disk.put(host);
        master.post(new Input.Known(host));
    }

    private void joins() {
        var free =
                List.of("agent0", "agent1", "agent2", "agent3", "agent4").stream()
                        .filter(name -> disk.hosts().stream().noneMatch(h -> h.name().equals(name)))
                        .toList();
        if (master.isUp() && !free.isEmpty()) {
            tally.added++;
            adds(free.get(below(free.size())));
        }
    }

    private void adds(String name) {
        var tags = oneIn(2) ? List.of("web") : List.<String>of();
        var host =
                new Host(
                        name + "-" + agents.size(),
                        name,
                        tags,
                        oneIn(2) ? "north" : "",
                        1 + below(3),
                        true);
        var agent = new SimulatedAgent(this, host);
        agents.add(agent);
        knows(host);
        later(SHORT_MILLIS, agent::connect);
    }

    private void removes(SimulatedAgent agent) {
        if (master.isUp() && oneIn(3) && disk.host(agent.id()).isPresent()) {
            tally.removed++;
            master.removes(agent.id());
        }
    }
}
