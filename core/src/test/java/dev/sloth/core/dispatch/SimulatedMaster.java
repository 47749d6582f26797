package dev.sloth.core.dispatch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sloth.core.store.cluster.AgentStanding;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// A process that hands orders over: it takes what happened in steps, keeps the rows of a step at
/// once, and then says what is to be said. It crashes between any two of these, and its disk fails.
final class SimulatedMaster {
    private static final int STEP_MILLIS = 20;
    private static final int STEP_INPUTS = 10;
    private static final int LATE_MILLIS = 60_000;
    private static final Duration FAULT_PAUSE = Duration.ofSeconds(1);

    private final DispatchWorld world;
    private final Map<String, SimulatedLine> lines = new HashMap<>();
    private final Deque<Input> inbox = new ArrayDeque<>();
    private Optional<Dispatcher> dispatcher = Optional.empty();
    private boolean up;
    private boolean stepDue;
    private int life;
    private int generation;

    SimulatedMaster(DispatchWorld world) {
        this.world = world;
    }

    boolean isUp() {
        return up;
    }

    /// Which process it is.
    int life() {
        return life;
    }

    boolean isAlive(int then) {
        return up && life == then;
    }

    // ---- life

    void start() {
        if (up) {
            return;
        }
        up = true;
        world.tell("the master starts");
        restore();
        world.runs.masterIsThere();
    }

    private void restore() {
        generation++;
        world.judge.begunAnew();
        var fresh = new Dispatcher(world.limits, generation);
        fresh.restore(world.disk.rows());
        for (var host : world.disk.hosts()) {
            assertThat(fresh.take(world.time.instant(), new Input.Known(host))).isEmpty();
        }
        dispatcher = Optional.of(fresh);
        stepSoon();
    }

    void crash(String when) {
        world.tell("the master crashes " + when);
        world.tally.kills++;
        up = false;
        life++;
        forget();
        inbox.clear();
        var cut = List.copyOf(lines.values());
        lines.clear();
        cut.forEach(line -> world.later(world.detection(), () -> line.agent().loses(line)));
        world.later(world.pause(), this::start);
    }

    private void forget() {
        dispatcher = Optional.empty();
        stepDue = false;
    }

    /// The disk did not take the rows: what was decided is forgotten, and all agents are sent away.
    private void recover() {
        world.tell("the master's disk fails");
        world.tally.faults++;
        forget();
        int then = life;
        world.time.after(
                FAULT_PAUSE,
                () -> {
                    if (isAlive(then)) {
                        world.tell("the master's disk works again");
                        restore();
                        sendAway();
                        world.runs.masterIsThere();
                    }
                });
    }

    private void sendAway() {
        for (var line : List.copyOf(lines.values())) {
            ends(line);
            world.later(world.detection(), () -> line.agent().loses(line));
        }
    }

    // ---- agents

    void hello(SimulatedLine line, Map<String, Boolean> held) {
        if (world.disk.host(line.host()).isEmpty()) {
            line.down(() -> line.agent().isRefused());
            return;
        }
        var old = Optional.ofNullable(lines.get(line.host()));
        line.begins(world.disk.nextEpoch(line.host()));
        lines.put(line.host(), line);
        old.ifPresent(each -> world.later(world.detection(), () -> each.agent().loses(each)));
        var came = new Input.Came(line.host(), line.epoch(), held);
        int leftFirst = world.below(3);
        if (leftFirst == 0) {
            old.ifPresent(this::left);
        }
        post(came);
        if (leftFirst == 1) {
            old.ifPresent(this::left);
        } else if (leftFirst == 2) {
            old.ifPresent(each -> late(() -> left(each)));
        }
        if (world.oneIn(20)) {
            world.tally.late++;
            late(() -> post(came));
        }
        line.down(() -> line.agent().isWelcome(line));
    }

    private void late(Runnable said) {
        int then = generation;
        world.later(
                LATE_MILLIS,
                () -> {
                    if (generation == then) {
                        said.run();
                    }
                });
    }

    private void left(SimulatedLine line) {
        post(new Input.Left(line.host(), line.epoch(), Duration.ZERO));
    }

    /// It sees that a line is over.
    void ends(SimulatedLine line) {
        if (lines.remove(line.host(), line)) {
            left(line);
        }
    }

    void removes(String host) {
        world.disk.remove(host);
        post(new Input.Removed(host, AgentStanding.REMOVED));
        var line = Optional.ofNullable(lines.remove(host));
        line.ifPresent(this::left);
        line.ifPresent(each -> each.down(() -> each.agent().isRefused()));
    }

    // ---- what happens

    void post(Input input) {
        if (up) {
            inbox.add(input);
            stepSoon();
        }
    }

    private void stepSoon() {
        if (!stepDue && dispatcher.isPresent()) {
            stepDue = true;
            stepAt(world.time.instant().plus(world.within(STEP_MILLIS)));
        }
    }

    private void stepAt(Instant at) {
        int then = generation;
        world.time.at(
                at,
                () -> {
                    if (generation == then && up) {
                        dispatcher.ifPresent(this::step);
                    }
                });
    }

    private void step(Dispatcher with) {
        stepDue = false;
        var happened = new ArrayList<Input>();
        while (!inbox.isEmpty() && happened.size() < STEP_INPUTS) {
            happened.add(inbox.remove());
        }
        happened.add(new Input.Tick());
        var acts = new ArrayList<Act>();
        for (var input : happened) {
            world.tell("in  ", input);
            var decided = with.take(world.time.instant(), input);
            world.judge.decides(input, decided);
            acts.addAll(decided);
        }
        if (world.kills()) {
            crash("before it keeps what it decided");
        } else if (world.breaks()) {
            recover();
        } else {
            carryOut(acts);
            with.next().ifPresent(this::stepAt);
            if (!inbox.isEmpty()) {
                stepSoon();
            }
        }
    }

    private void carryOut(List<Act> acts) {
        acts.forEach(act -> world.tell("out ", act));
        world.judge.keeps(acts);
        world.disk.keep(acts);
        world.judge.looks();
        for (var act : acts) {
            if (world.kills()) {
                crash("before it has said all");
                return;
            }
            carryOut(act);
        }
    }

    private void carryOut(Act act) {
        switch (act) {
            case Act.Keep _, Act.Drop _ -> {}
            case Act.Message message -> {
                world.judge.says(message);
                var line = lines.get(message.host());
                if (line != null && line.epoch() == message.epoch()) {
                    line.down(() -> line.agent().hears(line, message));
                }
            }
            case Act.Answer(var id, var end) -> world.runs.hear(id, end);
        }
    }

    void atTheEnd() {
        var last = dispatcher.orElseThrow();
        assertThat(last.next()).as("nothing is waited for").isEmpty();
        assertThat(last.size()).as("what is remembered").isZero();
    }
}
