package dev.sloth.plugins.goroutine;

import dev.sloth.api.plugin.Keeper;
import dev.sloth.api.value.Value;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;

/// Waits at several channels at once and does exactly one of the things that become possible. Among
/// several that are possible at once, chance decides, so that none starves.
final class Selecting implements Keeper {
    /// One thing that may be done.
    sealed interface Case {
        Channel channel();

        record Send(Channel channel, Value value) implements Case {}

        record Receive(Channel channel) implements Case {}
    }

    /// What was done: the case by its index from 0, what was received, and whether it was open.
    record Chosen(int index, Value value, boolean open) {}

    private final List<Case> cases;

    Selecting(List<? extends Case> cases) {
        this.cases = List.copyOf(cases);
    }

    /// Does one thing that is possible now.
    Optional<Chosen> now(RandomGenerator random) {
        var order = new ArrayList<Integer>();
        for (int i = 0; i < cases.size(); i++) {
            order.add(i);
        }
        if (order.size() > 1) {
            Collections.shuffle(order, random);
        }
        for (int index : order) {
            var chosen = now(index);
            if (chosen.isPresent()) {
                return chosen;
            }
        }
        return Optional.empty();
    }

    private Optional<Chosen> now(int index) {
        return switch (cases.get(index)) {
            case Case.Receive(var channel) ->
                    channel.tryReceive().map(r -> new Chosen(index, r.value(), r.open()));
            case Case.Send(var channel, var value) ->
                    switch (channel.trySend(value)) {
                        case SENT -> Optional.of(new Chosen(index, Value.Nil.NIL, true));
                        case CLOSED -> Optional.of(new Chosen(index, Value.Nil.NIL, false));
                        case FULL -> Optional.empty();
                    };
        };
    }

    /// Waits until one thing is done; empty when the time was up before.
    Optional<Chosen> await(RandomGenerator random, String what, Limit limit)
            throws InterruptedException {
        var ready = now(random);
        if (ready.isPresent()) {
            return ready;
        }
        var waiter = limit.turns().waiter(what, this);
        var choice = new Choice(waiter::wake, Keeper.NOTHING);
        enter(choice);
        try {
            while (!choice.decided() && !limit.over()) {
                waiter.park(limit.left());
            }
        } finally {
            cases.forEach(c -> c.channel().forget(choice));
        }
        return choice.decided()
                ? Optional.of(new Chosen(choice.chosen(), choice.value(), choice.open()))
                : Optional.empty();
    }

    /// What it waits for, for a report of a deadlock.
    @Override
    public String toString() {
        long receives = cases.stream().filter(Case.Receive.class::isInstance).count();
        return "select of %d receives and %d sends".formatted(receives, cases.size() - receives);
    }

    private void enter(Choice choice) {
        for (int i = 0; i < cases.size(); i++) {
            switch (cases.get(i)) {
                case Case.Receive(var channel) -> channel.awaitValue(choice, i);
                case Case.Send(var channel, var value) -> channel.awaitRoom(choice, i, value);
            }
        }
    }

    /// The channels, which nobody else may hold, with what is to be sent.
    @Override
    public void show(Consumer<Value> each) {
        cases.forEach(one -> each.accept(ChannelFunctions.handle(one.channel())));
    }
}
