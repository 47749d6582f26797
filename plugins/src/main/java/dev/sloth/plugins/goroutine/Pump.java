package dev.sloth.plugins.goroutine;

import dev.sloth.api.plugin.Keeper;
import dev.sloth.api.value.Value;
import java.util.function.Consumer;

/// Carries values from one channel to somewhere without a goroutine of its own: it acts in the turn
/// of whoever brings the value or makes the room.
final class Pump implements Keeper {
    /// Where a value goes. [#more] of the pump must be called once, when it may take the next one.
    interface Target {
        void take(Value value, Pump pump);
    }

    private final Channel from;
    private final Channel to;
    private final Target target;
    private final Runnable ended;
    private boolean running;
    private boolean again;

    private Pump(Channel from, Channel to, Target target, Runnable ended) {
        this.from = from;
        this.to = to;
        this.target = target;
        this.ended = ended;
    }

    /// Starts carrying; `ended` is run when `from` is closed and empty and all is delivered.
    static void start(Channel from, Channel to, Runnable ended) {
        start(from, to, into(to), ended);
    }

    /// The same by way of a target, which sends into `to` in the end.
    static void start(Channel from, Channel to, Target target, Runnable ended) {
        new Pump(from, to, target, ended).more();
    }

    /// A target that sends into a channel, waiting for room. Values for a closed one are dropped.
    static Target into(Channel to) {
        return (value, pump) -> {
            if (to.trySend(value) == Channel.Sent.FULL) {
                to.awaitRoom(new Choice(pump::more, pump), 0, value);
            } else {
                pump.more();
            }
        };
    }

    /// A loop, not recursion: a target that is ready at once only asks for another round.
    void more() {
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
                new Choice(
                        () ->
                                then.accept(
                                        new Channel.Received(
                                                waiting[0].value(), waiting[0].open())),
                        this);
        from.awaitValue(waiting[0], 0);
    }

    private void arrived(Channel.Received received) {
        if (received.open()) {
            target.take(received.value(), this);
        } else {
            ended.run();
        }
    }

    /// The channels at both ends: nobody else may hold them.
    @Override
    public void show(Consumer<Value> each) {
        each.accept(ChannelFunctions.handle(from));
        each.accept(ChannelFunctions.handle(to));
    }
}
