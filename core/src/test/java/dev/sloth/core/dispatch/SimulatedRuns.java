package dev.sloth.core.dispatch;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// Those who want orders. That they want one, that they do not any more and what came of it is on a
/// disk of their own; all else is lost with the master, in whose process they are.
final class SimulatedRuns {
    private static final int RESUME_MILLIS = 2_000;
    private static final int SOON_MILLIS = 50;
    private static final int AGAIN_MILLIS = 1_000;

    private final DispatchWorld world;
    private final Map<String, Wish> wishes = new LinkedHashMap<>();

    /// One order that a run wants, or has wanted.
    private static final class Wish {
        private final Order order;
        private Optional<Act.End> kept = Optional.empty();
        private boolean withdrawn;
        private boolean abandoned;

        // lost with the process
        private int asker;

        Wish(Order order) {
            this.order = order;
        }

        boolean isOver() {
            return abandoned || kept.isPresent();
        }
    }

    SimulatedRuns(DispatchWorld world) {
        this.world = world;
    }

    Set<String> ids() {
        return wishes.keySet();
    }

    boolean isWeightless(String id) {
        return wish(id).order.weightless();
    }

    private Wish wish(String id) {
        return Optional.ofNullable(wishes.get(id)).orElseThrow();
    }

    void want(Order order) {
        var wish = new Wish(order);
        wishes.put(order.id(), wish);
        ask(wish);
    }

    private void ask(Wish wish) {
        if (world.master.isUp() && !wish.isOver()) {
            world.master.post(new Input.Wanted(wish.order));
            if (wish.withdrawn) {
                world.master.post(new Input.Withdrawn(wish.order.id()));
            }
        }
    }

    void withdraw(String id) {
        var wish = wish(id);
        if (!wish.isOver()) {
            wish.withdrawn = true;
            world.master.post(new Input.Withdrawn(id));
        }
    }

    /// It is not wanted any more, whatever came of it.
    void abandon(String id) {
        var wish = wish(id);
        if (!wish.isOver()) {
            world.tell("nobody wants " + id + " any more");
            world.tally.abandoned++;
            wish.abandoned = true;
            settle(wish);
        }
    }

    /// Whoever waits for an order loses the thread, and asks anew.
    void askAgain(String id) {
        var wish = wish(id);
        if (!wish.isOver()) {
            wish.asker++;
            ask(wish);
        }
    }

    /// A master has started, or has begun anew: it knows nothing of what it was told before.
    void masterIsThere() {
        int life = world.master.life();
        for (var wish : wishes.values()) {
            wish.asker++;
            int then = wish.asker;
            world.later(
                    RESUME_MILLIS,
                    () -> {
                        if (world.master.isAlive(life) && wish.asker == then) {
                            resume(wish);
                        }
                    });
        }
    }

    private void resume(Wish wish) {
        if (!wish.isOver()) {
            ask(wish);
        } else if (world.disk.row(wish.order.id()).isPresent()) {
            settle(wish);
        }
    }

    private void settle(Wish wish) {
        world.judge.settles(wish.order.id());
        world.master.post(new Input.Settled(wish.order.id()));
    }

    void hear(String id, Act.End end) {
        var wish = wish(id);
        world.judge.answers(id, end);
        int life = world.master.life();
        int then = wish.asker;
        world.later(
                SOON_MILLIS,
                () -> {
                    if (world.master.isAlive(life) && wish.asker == then && !wish.isOver()) {
                        heard(wish, end);
                    }
                });
    }

    private void heard(Wish wish, Act.End end) {
        if (world.forgets()) {
            world.later(AGAIN_MILLIS, () -> askAgain(wish.order.id()));
            return;
        }
        world.tell("kept ", new Act.Answer(wish.order.id(), end));
        wish.kept = Optional.of(end);
        world.judge.kept(wish.order.id(), end);
        int life = world.master.life();
        world.later(
                SOON_MILLIS,
                () -> {
                    if (world.master.isAlive(life)) {
                        settle(wish);
                    }
                });
    }

    void atTheEnd() {
        for (var wish : wishes.values()) {
            assertThat(wish.isOver()).as("%s has come to an end", wish.order.id()).isTrue();
        }
    }
}
