package dev.sloth.plugins.goroutine;

import dev.sloth.api.value.Value;
import java.util.function.Consumer;

/// Carries values from one channel to somewhere without a goroutine of its own: it acts in the turn
/// of whoever brings the value or makes the room.
final class Pump {
    /// Where a value goes. `next` must be run once, when the pump may take the next value.
    interface Target {
        void take(Value value, Runnable next);
    }

    private final Channel from;
    private final Target target;
    private final Runnable ended;
    private boolean running;
    private boolean again;

    private Pump(Channel from, Target target, Runnable ended) {
        this.from = from;
        this.target = target;
        this.ended = ended;
    }

    /// Starts carrying; `ended` is run when `from` is closed and empty and all is delivered.
    static void start(Channel from, Target target, Runnable ended) {
        new Pump(from, target, ended).more();
    }

    /// A target that sends into a channel, waiting for room. Values for a closed one are dropped.
    static Target into(Channel to) {
        return (value, next) -> {
            if (to.trySend(value) == Channel.Sent.FULL) {
                to.awaitRoom(new Choice(next), 0, value);
            } else {
                next.run();
            }
        };
    }

    /// A loop, not recursion: a target that is ready at once only asks for another round.
    private void more() {
        if (running) {
            again = true;
            return;
        }
        running = true;
        do {
            again = false;
            takeOne();
        } while (again);
        running = false;
    }

    private void takeOne() {
        var ready = from.tryReceive();
        if (ready.isPresent()) {
            arrived(ready.get());
        } else {
            onArrival(this::arrived);
        }
    }

    private void onArrival(Consumer<Channel.Received> then) {
        var waiting = new Choice[1];
        waiting[0] =
                new Choice(() ->
                        then.accept(new Channel.Received(waiting[0].value(), waiting[0].open())));
        from.awaitValue(waiting[0], 0);
    }

    private void arrived(Channel.Received received) {
        if (received.open()) {
            target.take(received.value(), this::more);
        } else {
            ended.run();
        }
    }
}
