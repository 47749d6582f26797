package dev.sloth.plugins.goroutine;

import dev.sloth.api.plugin.Keeper;
import dev.sloth.api.value.Value;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Stream;

/// Values from senders to receivers, in order. Without room a sender waits until its value is
/// taken.
final class Channel implements Keeper {
    /// Which way values may go through this end.
    enum Direction {
        BIDIRECTIONAL,
        SEND,
        RECEIVE
    }

    /// What came of trying to send.
    enum Sent {
        SENT,
        CLOSED,
        FULL
    }

    /// A value, or the news that no more will come.
    record Received(Value value, boolean open) {}

    /// One side of a choice that waits here.
    private record Offer(Choice choice, int index, Value value) {}

    private final int capacity;
    private final Direction direction;
    private final ArrayDeque<Value> held = new ArrayDeque<>();
    private final ArrayDeque<Offer> receivers = new ArrayDeque<>();
    private final ArrayDeque<Offer> senders = new ArrayDeque<>();
    private boolean closed;

    Channel(int capacity, Direction direction) {
        this.capacity = capacity;
        this.direction = direction;
    }

    Sent trySend(Value value) {
        if (closed) {
            return Sent.CLOSED;
        }
        var receiver = next(receivers);
        if (receiver.isPresent()) {
            receiver.get().choice().decide(receiver.get().index(), value, true);
            return Sent.SENT;
        }
        if (held.size() >= capacity) {
            return Sent.FULL;
        }
        held.add(value);
        return Sent.SENT;
    }

    /// Empty when nothing is there yet.
    Optional<Received> tryReceive() {
        var value = held.poll();
        if (value == null) {
            var sender = next(senders);
            sender.ifPresent(Channel::accepted);
            return sender.map(s -> new Received(s.value(), true))
                    .or(() ->
                            closed
                                    ? Optional.of(new Received(Value.Nil.NIL, false))
                                    : Optional.empty());
        }
        var sender = next(senders);
        sender.ifPresent(s -> held.add(s.value()));
        sender.ifPresent(Channel::accepted);
        return Optional.of(new Received(value, true));
    }

    private static void accepted(Offer sender) {
        sender.choice().decide(sender.index(), Value.Nil.NIL, true);
    }

    void awaitValue(Choice choice, int index) {
        receivers.add(new Offer(choice, index, Value.Nil.NIL));
    }

    void awaitRoom(Choice choice, int index, Value value) {
        senders.add(new Offer(choice, index, value));
    }

    /// Ends the waiting of a choice here, whether decided or given up.
    void forget(Choice choice) {
        receivers.removeIf(o -> o.choice() == choice);
        senders.removeIf(o -> o.choice() == choice);
    }

    /// False when it was closed already. Values held can still be received.
    boolean close() {
        if (closed) {
            return false;
        }
        closed = true;
        var waiting = Stream.concat(receivers.stream(), senders.stream()).toList();
        receivers.clear();
        senders.clear();
        tellClosed(waiting);
        return true;
    }

    private static void tellClosed(List<Offer> waiting) {
        for (var offer : waiting) {
            if (!offer.choice().decided()) {
                offer.choice().decide(offer.index(), Value.Nil.NIL, false);
            }
        }
    }

    private static Optional<Offer> next(ArrayDeque<Offer> offers) {
        var offer = offers.poll();
        while (offer != null && offer.choice().decided()) {
            offer = offers.poll();
        }
        return Optional.ofNullable(offer);
    }

    boolean closed() {
        return closed;
    }

    int held() {
        return held.size();
    }

    int capacity() {
        return capacity;
    }

    Direction direction() {
        return direction;
    }

    /// What waits here, and what those lead to who wait.
    @Override
    public void show(Consumer<Value> each) {
        held.forEach(each);
        senders.forEach(sender -> each.accept(sender.value()));
        Stream.concat(receivers.stream(), senders.stream())
                .forEach(offer -> offer.choice().behind().show(each));
    }
}
