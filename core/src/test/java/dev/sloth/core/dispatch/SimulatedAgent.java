package dev.sloth.core.dispatch;

import dev.sloth.core.balance.Host;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// An agent with a journal that outlives its crashes. It begins what it has accepted once, says how
/// each order ended until that was taken, and hears nobody but the master of its session.
final class SimulatedAgent {
    private static final int SOON_MILLIS = 50;
    private static final int JITTER_MILLIS = 3_000;
    private static final int WELCOME_MILLIS = 20_000;

    private final DispatchWorld world;
    private final Host host;
    private final Map<String, Held> journal = new LinkedHashMap<>();

    /// What it could not take for now.
    private final Set<String> turnedAway = new HashSet<>();

    private Optional<SimulatedLine> line = Optional.empty();
    private boolean welcome;
    private boolean up = true;
    private boolean refused;
    private boolean leaving;
    private int life;
    private Instant blockedUntil = Instant.EPOCH;
    private Instant fullUntil = Instant.EPOCH;

    /// What the journal says of an order.
    private static final class Held {
        private boolean begun;
        private Optional<String> end = Optional.empty();
    }

    SimulatedAgent(DispatchWorld world, Host host) {
        this.world = world;
        this.host = host;
    }

    String id() {
        return host.id();
    }

    Host host() {
        return host;
    }

    boolean isRefusedForEver() {
        return refused;
    }

    boolean isUp() {
        return up;
    }

    Optional<SimulatedLine> line() {
        return line;
    }

    Set<String> holds() {
        return Set.copyOf(journal.keySet());
    }

    // ---- the way to the master

    void connect() {
        if (!up || refused || line.isPresent()) {
            return;
        }
        if (!world.master.isUp() || world.lasts(blockedUntil)) {
            world.later(JITTER_MILLIS, this::connect);
            return;
        }
        var fresh = new SimulatedLine(world, this);
        line = Optional.of(fresh);
        welcome = false;
        var held = new LinkedHashMap<String, Boolean>();
        journal.forEach((id, each) -> held.put(id, each.end.isPresent()));
        fresh.up(() -> world.master.hello(fresh, held));
        world.later(
                WELCOME_MILLIS,
                () -> {
                    if (!welcome) {
                        loses(fresh);
                    }
                });
    }

    void isRefused() {
        refused = true;
        line = Optional.empty();
    }

    void isWelcome(SimulatedLine by) {
        if (isOn(by)) {
            welcome = true;
            journal.keySet().forEach(this::sayEnd);
        }
    }

    private boolean isOn(SimulatedLine which) {
        return up && line.filter(which::equals).isPresent();
    }

    void loses(SimulatedLine which) {
        if (isOn(which)) {
            line = Optional.empty();
            world.later(world.detection(), () -> world.master.ends(which));
            world.later(JITTER_MILLIS, this::connect);
        }
    }

    /// Nobody hears it until then.
    void blocked(Instant until) {
        blockedUntil = until;
    }

    private void say(Input said) {
        sayOnce(said);
        if (world.oneIn(15)) {
            sayOnce(said);
        }
    }

    private void sayOnce(Input said) {
        if (welcome) {
            line.ifPresent(on -> on.up(() -> world.master.post(said)));
        }
    }

    private long epoch() {
        return line.map(SimulatedLine::epoch).orElse(0L);
    }

    // ---- orders

    void hears(SimulatedLine by, Act.Message message) {
        if (!isOn(by)) {
            world.tally.late++;
            return;
        }
        world.tell(host.name() + " hears ", message);
        switch (message) {
            case Act.Message.Send(_, _, var order) -> takes(order.id());
            case Act.Message.Cancel(_, _, var id) -> cancels(id);
            case Act.Message.Taken(_, _, var id) -> {
                world.judge.taken(id, Optional.ofNullable(journal.remove(id)).isPresent());
            }
            case Act.Message.Forget(_, _, var id) -> {
                world.tally.forgotten++;
                journal.remove(id);
            }
        }
    }

    private void takes(String id) {
        if (!journal.containsKey(id)) {
            if (leaving) {
                world.tally.left++;
                say(new Input.Declined(host.id(), epoch(), id, "ending", Declining.LEAVING));
                return;
            }
            if (world.lasts(fullUntil)) {
                world.tally.refusedForNow++;
                turnedAway.add(id);
                sayOnce(new Input.Declined(host.id(), epoch(), id, "full", Declining.FOR_NOW));
                return;
            }
            if (world.declines()) {
                world.tally.declined++;
                say(new Input.Declined(host.id(), epoch(), id, "not me", Declining.NEVER));
                return;
            }
            if (turnedAway.remove(id)) {
                world.tally.takenAfterRest++;
            }
            journal.put(id, new Held());
            within(SOON_MILLIS, id, held -> begin(id, held));
        }
        say(new Input.Accepted(host.id(), epoch(), id));
    }

    @FunctionalInterface
    private interface Step {
        void with(Held held);
    }

    /// Unless it crashes before, or the order is gone or has ended then.
    private void within(int millis, String id, Step step) {
        int then = life;
        world.later(
                millis,
                () -> {
                    var held = journal.get(id);
                    if (life == then && held != null && held.end.isEmpty()) {
                        step.with(held);
                    }
                });
    }

    private void begin(String id, Held held) {
        if (!held.begun) {
            world.tell(host.name() + " begins " + id);
            held.begun = true;
            world.judge.begins(id, host.id());
            goesOn(id);
        }
    }

    private void goesOn(String id) {
        within(world.length(), id, held -> end(id, held, "done"));
    }

    private void end(String id, Held held, String how) {
        var end = "%s: %s on %s".formatted(id, how, host.id());
        world.tell(end);
        held.end = Optional.of(end);
        world.judge.ended(id, end);
        sayEnd(id);
    }

    private void sayEnd(String id) {
        Optional.ofNullable(journal.get(id))
                .flatMap(held -> held.end)
                .map(end -> end.getBytes(StandardCharsets.UTF_8))
                .ifPresent(end -> say(new Input.Ended(host.id(), epoch(), id, end)));
    }

    private void cancels(String id) {
        if (world.oneIn(4)) {
            world.tell(host.name() + " does not get " + id + " to end");
            return;
        }
        within(JITTER_MILLIS, id, held -> end(id, held, "cancelled"));
    }

    // ---- life

    /// Its disk is full until then.
    void fills(Instant until) {
        world.tell(host.name() + " has a full disk until " + until);
        fullUntil = until;
    }

    /// It is told to end: until it does it takes nothing new, which the master learns only from
    /// what it declines.
    void ends(int withinMillis) {
        if (!up || leaving) {
            return;
        }
        world.tell(host.name() + " is to end");
        leaving = true;
        int then = life;
        world.later(
                withinMillis,
                () -> {
                    if (up && life == then) {
                        crash();
                    }
                });
    }

    void crash() {
        world.tell(host.name() + " crashes");
        world.tally.agentCrashes++;
        up = false;
        leaving = false;
        life++;
        line.ifPresent(was -> world.later(world.detection(), () -> world.master.ends(was)));
        line = Optional.empty();
        world.later(world.pause(), this::start);
    }

    void start() {
        if (up) {
            return;
        }
        up = true;
        world.tell(host.name() + " starts");
        for (var id : List.copyOf(journal.keySet())) {
            if (world.oneIn(3)) {
                within(SOON_MILLIS, id, held -> lost(id, held));
            } else {
                within(SOON_MILLIS, id, held -> found(id, held));
            }
        }
        connect();
    }

    private void found(String id, Held held) {
        if (held.begun) {
            goesOn(id);
        } else {
            begin(id, held);
        }
    }

    private void lost(String id, Held held) {
        if (held.begun) {
            end(id, held, "unknown");
        } else {
            begin(id, held);
        }
    }
}
