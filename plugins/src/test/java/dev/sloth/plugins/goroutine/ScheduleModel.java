package dev.sloth.plugins.goroutine;

import dev.sloth.api.value.Value;
import dev.sloth.plugins.testing.Caller;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/// What channels, mutexes and wait groups mean, as simple as can be: it is told when each goroutine
/// begins something and what came of it, and objects to what may not be. Where several cases of a
/// select are possible it follows the choice; all else has one right answer.
final class ScheduleModel {
    private static final Value NIL = Value.Nil.NIL;
    private static final String CLOSED = "send on closed channel";

    private static final class Channel {
        final int capacity;
        final ArrayDeque<Integer> held = new ArrayDeque<>();
        final ArrayDeque<Offer> senders = new ArrayDeque<>();
        final ArrayDeque<Offer> receivers = new ArrayDeque<>();
        boolean closed;

        Channel(int capacity) {
            this.capacity = capacity;
        }
    }

    private static final class Mutex {
        boolean held;
        final ArrayDeque<Integer> waiting = new ArrayDeque<>();
    }

    /// A case, from 0, at which a goroutine waits.
    private record Offer(int who, int index, int value) {}

    private final List<Channel> channels = new ArrayList<>();
    private final List<Mutex> mutexes = new ArrayList<>();
    private final int[] groups;

    /// What each goroutine that has been decided about must get; it may come late, but must come.
    private final Map<Integer, List<Value>> due = new HashMap<>();

    /// Those that wait.
    private final Map<Integer, Op> waiting = new HashMap<>();

    private final Map<Integer, Long> since = new HashMap<>();

    /// Who must be answered before anything else happens, and by which of the cases.
    private Optional<Integer> atOnce = Optional.empty();

    private Set<Integer> possible = Set.of();

    ScheduleModel(List<Integer> capacities, int mutexes, int groups) {
        capacities.forEach(capacity -> channels.add(new Channel(capacity)));
        for (int i = 0; i < mutexes; i++) {
            this.mutexes.add(new Mutex());
        }
        this.groups = new int[groups];
    }

    // ---- what happens

    void begins(int who, Op op, long now) {
        if (atOnce.isPresent()) {
            throw new AssertionError(who + " runs while " + atOnce.get() + " need not wait");
        }
        since.put(who, now);
        var answer = answer(who, op);
        if (answer.isPresent()) {
            atOnce = Optional.of(who);
            due.put(who, answer.get());
        } else if (possible.isEmpty()) {
            waiting.put(who, op);
        } else {
            atOnce = Optional.of(who);
        }
    }

    void ends(int who, Op op, List<Value> result, long now) {
        if (atOnce.isPresent() && atOnce.get() != who) {
            throw new AssertionError(who + " is answered while " + atOnce.get() + " need not wait");
        }
        atOnce = Optional.empty();
        if (op instanceof Op.Select select && !possible.isEmpty()) {
            follow(select, result);
        } else if (due.containsKey(who)) {
            same(op, due.remove(who), result);
        } else {
            late(who, op, result, now);
        }
    }

    private void late(int who, Op op, List<Value> result, long now) {
        int millis =
                switch (op) {
                    case Op.Select select -> select.millis();
                    case Op.Await await -> await.millis();
                    case Op.Sleep sleep -> sleep.millis();
                    case Op other -> throw new AssertionError(other + " gave up: " + result);
                };
        if (op instanceof Op.Await await && groups[await.group()] == 0) {
            same(op, Caller.values(true), result);
        } else {
            if (millis == 0 || now - since.getOrDefault(who, now) < millis * 1_000_000L) {
                throw new AssertionError(op + " gave up too early: " + result);
            }
            same(op, timeout(op), result);
        }
        leave(who);
    }

    private static List<Value> timeout(Op op) {
        return switch (op) {
            case Op.Select _ -> Caller.values(NIL, "timeout");
            case Op.Await _ -> Caller.values(false);
            case Op _ -> List.of();
        };
    }

    private static void same(Op op, List<Value> expected, List<Value> result) {
        if (!expected.equals(result)) {
            throw new AssertionError(op + " gave " + result + " instead of " + expected);
        }
    }

    /// A goroutine that is told that all wait: so they must.
    void isToldOfDeadlock(int who) {
        rests();
        if (!waiting.containsKey(who)) {
            throw new AssertionError(who + " does not wait");
        }
        leave(who);
    }

    /// Nothing that was due has failed to come, and nobody waits in vain.
    void rests() {
        if (!due.isEmpty() || atOnce.isPresent()) {
            throw new AssertionError("never told: " + due + atOnce);
        }
        waiting.forEach((who, op) -> {
            if (op instanceof Op.Sleep
                    || (op instanceof Op.Await await && groups[await.group()] == 0)) {
                throw new AssertionError(who + " was never woken from " + op);
            }
        });
    }

    private void leave(int who) {
        waiting.remove(who);
        channels.forEach(channel -> {
            channel.senders.removeIf(offer -> offer.who() == who);
            channel.receivers.removeIf(offer -> offer.who() == who);
        });
        mutexes.forEach(mutex -> mutex.waiting.remove(who));
    }

    // ---- what it means

    /// The answer where there is one at once. A select leaves the cases that are possible instead.
    private Optional<List<Value>> answer(int who, Op op) {
        possible = Set.of();
        return switch (op) {
            case Op.Send(int c, int value) -> send(who, c, value);
            case Op.Receive(int c) -> receive(who, c);
            case Op.TrySend(int c, int value) -> Optional.of(trySend(channels.get(c), value));
            case Op.TryReceive(int c) -> Optional.of(tryReceive(channels.get(c)));
            case Op.Close(int c) -> Optional.of(close(channels.get(c)));
            case Op.Length(int c) -> Optional.of(Caller.values(channels.get(c).held.size()));
            case Op.Select select -> select(who, select);
            case Op.Lock(int m) -> lock(who, mutexes.get(m));
            case Op.TryLock(int m) -> Optional.of(Caller.values(take(mutexes.get(m))));
            case Op.Unlock(int m) -> Optional.of(unlock(mutexes.get(m)));
            case Op.Add(int g, int count) -> Optional.of(add(g, count));
            case Op.Await(int g, _) -> groups[g] == 0 ? Optional.of(Caller.values(true)) : none();
            case Op.Sleep _ -> none();
            case Op.Spawn _ -> Optional.of(List.of());
        };
    }

    private static Optional<List<Value>> none() {
        return Optional.empty();
    }

    private Optional<List<Value>> send(int who, int c, int value) {
        var channel = channels.get(c);
        if (canSend(channel)) {
            return Optional.of(
                    doSend(channel, value) ? Caller.values(true) : Caller.values(false, CLOSED));
        }
        channel.senders.add(new Offer(who, 0, value));
        return none();
    }

    private Optional<List<Value>> receive(int who, int c) {
        var channel = channels.get(c);
        if (canReceive(channel)) {
            return Optional.of(doReceive(channel));
        }
        channel.receivers.add(new Offer(who, 0, 0));
        return none();
    }

    private List<Value> trySend(Channel channel, int value) {
        if (!canSend(channel)) {
            return Caller.values(false, "channel is full");
        }
        return doSend(channel, value) ? Caller.values(true) : Caller.values(false, CLOSED);
    }

    private List<Value> tryReceive(Channel channel) {
        return canReceive(channel) ? doReceive(channel) : Caller.values(NIL, false);
    }

    private static boolean canSend(Channel channel) {
        return channel.closed
                || !channel.receivers.isEmpty()
                || channel.held.size() < channel.capacity;
    }

    private static boolean canReceive(Channel channel) {
        return channel.closed || !channel.held.isEmpty() || !channel.senders.isEmpty();
    }

    /// Whether the channel was open.
    private boolean doSend(Channel channel, int value) {
        if (channel.closed) {
            return false;
        }
        if (channel.receivers.isEmpty()) {
            channel.held.add(value);
        } else {
            decide(channel.receivers.getFirst(), Caller.values(value, true));
        }
        return true;
    }

    private List<Value> doReceive(Channel channel) {
        if (!channel.senders.isEmpty()) {
            var sender = channel.senders.getFirst();
            channel.held.add(sender.value());
            decide(sender, Caller.values(true));
        }
        return channel.held.isEmpty()
                ? Caller.values(NIL, false)
                : Caller.values(channel.held.poll(), true);
    }

    private List<Value> close(Channel channel) {
        if (channel.closed) {
            return Caller.values(false, "channel already closed");
        }
        channel.closed = true;
        while (!channel.receivers.isEmpty()) {
            decide(channel.receivers.getFirst(), Caller.values(NIL, false));
        }
        while (!channel.senders.isEmpty()) {
            decide(channel.senders.getFirst(), Caller.values(false, CLOSED));
        }
        return Caller.values(true);
    }

    private void decide(Offer offer, List<Value> result) {
        var op = waiting.get(offer.who());
        due.put(
                offer.who(),
                op instanceof Op.Select select ? taken(select, offer.index(), result) : result);
        leave(offer.who());
    }

    /// What a select gives whose case gave that.
    private static List<Value> taken(Op.Select select, int index, List<Value> result) {
        if (!select.cases().get(index).send()) {
            return Caller.values(index + 1, result.get(0), result.get(1));
        }
        return result.size() == 1 ? Caller.values(index + 1) : Caller.values(NIL, CLOSED);
    }

    private Optional<List<Value>> select(int who, Op.Select select) {
        var now = new TreeSet<Integer>();
        for (int i = 0; i < select.cases().size(); i++) {
            var channel = channels.get(select.cases().get(i).channel());
            if (select.cases().get(i).send() ? canSend(channel) : canReceive(channel)) {
                now.add(i);
            }
        }
        possible = now;
        if (!now.isEmpty()) {
            return none();
        }
        if (select.millis() < 0) {
            return Optional.of(Caller.values(select.cases().size() + 1));
        }
        for (int i = 0; i < select.cases().size(); i++) {
            var one = select.cases().get(i);
            var channel = channels.get(one.channel());
            (one.send() ? channel.senders : channel.receivers).add(new Offer(who, i, one.value()));
        }
        return none();
    }

    /// Does what the select has chosen, if it might; a send that failed does not say which it was.
    private void follow(Op.Select select, List<Value> result) {
        for (int index : possible) {
            var one = select.cases().get(index);
            var channel = channels.get(one.channel());
            boolean fails = one.send() && channel.closed;
            if (result.getFirst().equals(fails ? NIL : new Value.Num(index + 1))) {
                var given = one.send() ? sent(channel, one.value()) : doReceive(channel);
                same(select, taken(select, index, given), result);
                possible = Set.of();
                return;
            }
        }
        throw new AssertionError(select + " gave " + result + ", possible were " + possible);
    }

    private List<Value> sent(Channel channel, int value) {
        return doSend(channel, value) ? Caller.values(true) : Caller.values(false, CLOSED);
    }

    private static boolean take(Mutex mutex) {
        boolean free = !mutex.held;
        mutex.held = true;
        return free;
    }

    private static Optional<List<Value>> lock(int who, Mutex mutex) {
        if (take(mutex)) {
            return Optional.of(List.of());
        }
        mutex.waiting.add(who);
        return none();
    }

    private List<Value> unlock(Mutex mutex) {
        if (!mutex.held) {
            return Caller.values("unlock of a mutex that is not locked");
        }
        if (mutex.waiting.isEmpty()) {
            mutex.held = false;
        } else {
            int next = mutex.waiting.getFirst();
            due.put(next, List.of());
            leave(next);
        }
        return List.of();
    }

    private List<Value> add(int group, int count) {
        if (groups[group] + count < 0) {
            return Caller.values("the wait group is done more often than was added");
        }
        groups[group] += count;
        return List.of();
    }
}
