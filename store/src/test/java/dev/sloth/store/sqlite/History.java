package dev.sloth.store.sqlite;

import dev.sloth.api.state.Answer;
import dev.sloth.api.state.StateCommand;
import dev.sloth.api.state.StateCommand.End;
import dev.sloth.api.value.Value;
import java.time.Duration;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;

/// What many have asked of one key, and when. It is linearizable when each command can be given a
/// moment between its call and its answer so that, done one after the other at those moments, all
/// give the answers that they gave. One that was never answered may have been done or not.
///
/// Found by search over all orders, which goes back where an answer does not fit and never looks at
/// the same state with the same commands done twice (Wing and Gong, with Lowe's memory).
final class History {
    static final String LOCK = "lock";
    static final List<String> KEYS = List.of("counter", "register", "queue", LOCK);

    /// Longer than any history.
    private static final Duration TTL = Duration.ofHours(1);

    /// A command and its answer.
    ///
    /// @param returned [Long#MAX_VALUE] when there is no answer
    record Operation(StateCommand command, long called, long returned, Optional<Answer> answer) {}

    private final List<Operation> operations;
    private final Set<String> seen = new HashSet<>();

    private History(List<Operation> operations) {
        this.operations =
                operations.stream().sorted(Comparator.comparingLong(Operation::called)).toList();
    }

    static String key(StateCommand command) {
        return switch (command) {
            case StateCommand.Get(var key, _) -> key;
            case StateCommand.Add(var key, _) -> key;
            case StateCommand.Swap(var key, _, _) -> key;
            case StateCommand.Push(var key, _, _) -> key;
            case StateCommand.Pop(var key, _) -> key;
            case StateCommand.Length(var key) -> key;
            case StateCommand.Lock(var name, _, _) -> name;
            case StateCommand.Unlock(var name, _) -> name;
            case StateCommand.Break(var name) -> name;
            case StateCommand.Renew(var name, _, _) -> name;
            case StateCommand.LockStanding(var name) -> name;
            default -> throw new IllegalArgumentException(command.toString());
        };
    }

    /// The command that a thread of a process asks next: the same for the same numbers.
    ///
    /// @param token that it has, 0 for none; see [#token]
    static StateCommand command(long seed, int thread, int number, long token) {
        var random = new SplittableRandom(seed * 31 + thread * 1_000_003L + number * 7_919L);
        if (token > 0 && random.nextBoolean()) {
            return random.nextInt(4) == 0
                    ? new StateCommand.Renew(LOCK, token, TTL)
                    : new StateCommand.Unlock(LOCK, token);
        }
        return switch (random.nextInt(10)) {
            case 0, 1 -> new StateCommand.Add("counter", random.nextInt(1, 4));
            case 2 -> new StateCommand.Get("counter", Optional.empty());
            case 3 ->
                    new StateCommand.Swap(
                            "register",
                            random.nextInt(4) == 0 ? Value.Nil.NIL : number(random.nextInt(3)),
                            number(random.nextInt(3)));
            case 4 -> new StateCommand.Get("register", Optional.empty());
            case 5 ->
                    new StateCommand.Push(
                            "queue",
                            number(seed % 97 * 1e8 + thread * 1e6 + number),
                            random.nextBoolean() ? End.FRONT : End.BACK);
            case 6 -> new StateCommand.Pop("queue", random.nextBoolean() ? End.FRONT : End.BACK);
            case 7, 8 -> new StateCommand.Lock(LOCK, "thread " + thread, TTL);
            default ->
                    // Frees it also from who was killed.
                    random.nextInt(8) == 0
                            ? new StateCommand.Break(LOCK)
                            : new StateCommand.LockStanding(LOCK);
        };
    }

    /// The token that a thread has after a command. One that it has given back it keeps until that
    /// is refused, so that tokens that are none any more are tried too.
    static long token(long before, StateCommand command, Answer answer) {
        return switch (command) {
            case StateCommand.Lock _ when answer.value() instanceof Value.Num(double token) ->
                    (long) token;
            case StateCommand.Unlock _ when !answer.done() -> 0;
            default -> before;
        };
    }

    private static Value number(double number) {
        return new Value.Num(number);
    }

    static boolean linearizable(List<Operation> operations) {
        var history = new History(operations);
        return history.search(new BitSet(), 0, List.of());
    }

    /// @param first all before it are done
    /// @param state of the key: its items, or its only value, or nothing
    private boolean search(BitSet done, int first, List<Value> state) {
        int from = done.nextClearBit(first);
        long soonest = Long.MAX_VALUE;
        for (int i = from; i < operations.size(); i++) {
            if (!done.get(i)) {
                soonest = Math.min(soonest, operations.get(i).returned());
            }
        }
        if (soonest == Long.MAX_VALUE) {
            // What is left was never answered.
            return true;
        }
        if (!seen.add(done + " " + state)) {
            return false;
        }
        for (int i = from; i < operations.size(); i++) {
            var operation = operations.get(i);
            if (operation.called() > soonest) {
                return false;
            }
            if (!done.get(i) && fits(done, from, state, i)) {
                return true;
            }
        }
        return false;
    }

    private boolean fits(BitSet done, int from, List<Value> state, int number) {
        var operation = operations.get(number);
        var next = new ArrayList<>(state);
        var answer = apply(operation, next);
        if (operation.answer().isPresent() && !operation.answer().get().equals(answer)) {
            return false;
        }
        done.set(number);
        boolean all = search(done, from, next);
        done.clear(number);
        return all;
    }

    private static Answer apply(Operation operation, List<Value> state) {
        return switch (operation.command()) {
            case StateCommand.Get _ -> state.isEmpty() ? Answer.NOT : Answer.of(state.getFirst());
            case StateCommand.Add(_, double delta) -> {
                double old = state.isEmpty() ? 0 : ((Value.Num) state.getFirst()).value();
                state.clear();
                state.add(number(old + delta));
                yield Answer.of(old + delta);
            }
            case StateCommand.Swap(_, var expected, var next) -> {
                var old = state.isEmpty() ? Value.Nil.NIL : state.getFirst();
                if (!old.equals(expected)) {
                    yield Answer.NOT;
                }
                state.clear();
                state.add(next);
                yield Answer.DONE;
            }
            case StateCommand.Push(_, var item, var end) -> {
                state.add(end == End.FRONT ? 0 : state.size(), item);
                yield Answer.of((long) state.size());
            }
            case StateCommand.Pop(_, var end) -> {
                if (state.isEmpty()) {
                    yield Answer.NOT;
                }
                yield Answer.of(end == End.FRONT ? state.removeFirst() : state.removeLast());
            }
            case StateCommand command -> LockModel.apply(command, operation.answer(), state);
        };
    }
}
