package dev.sloth.store.sqlite;

import dev.sloth.api.state.Answer;
import dev.sloth.api.state.StateCommand;
import dev.sloth.api.value.Value;
import java.util.List;
import java.util.Optional;

/// What a lock answers to those who do not wait for it, while no time is up. What there is: nothing
/// when it was never taken, the last token when it is free, and behind it who holds it otherwise:
/// this token, or nil when whoever took it could not say with which one.
final class LockModel {
    private static final int HELD = 2;

    private LockModel() {}

    /// Does a command.
    ///
    /// @param given the answer that was given: tokens may leave some out, so it says which one came
    /// @return what is to be answered
    static Answer apply(StateCommand command, Optional<Answer> given, List<Value> state) {
        return switch (command) {
            case StateCommand.Lock _ -> take(given, state);
            case StateCommand.Unlock(_, long token) -> release(holds(state, token), state);
            case StateCommand.Break _ -> release(state.size() == HELD, state);
            case StateCommand.Renew(_, long token, _) -> Answer.of(holds(state, token));
            case StateCommand.LockStanding _ -> standing(given, state);
            default -> throw new IllegalArgumentException(command.toString());
        };
    }

    /// A token is greater than all before it.
    private static Answer take(Optional<Answer> given, List<Value> state) {
        var token = given.map(Answer::value).orElse(Value.Nil.NIL);
        boolean wrong = given.filter(Answer::done).isPresent() && !isNew(token, state);
        if (state.size() == HELD || wrong) {
            return Answer.NOT;
        }
        hold(token, state);
        return Answer.of(token);
    }

    private static boolean isNew(Value token, List<Value> state) {
        return token instanceof Value.Num(double number) && number > last(state);
    }

    private static double last(List<Value> state) {
        return state.isEmpty() ? 0 : ((Value.Num) state.getFirst()).value();
    }

    private static void hold(Value token, List<Value> state) {
        double last = token instanceof Value.Num(double number) ? number : last(state);
        state.clear();
        state.add(new Value.Num(last));
        state.add(token);
    }

    private static boolean holds(List<Value> state, long token) {
        return state.size() == HELD && state.getLast().equals(new Value.Num(token));
    }

    private static Answer release(boolean held, List<Value> state) {
        if (held) {
            state.removeLast();
        }
        return Answer.of(held);
    }

    /// Tells the token also when it was not known.
    private static Answer standing(Optional<Answer> given, List<Value> state) {
        if (state.size() != HELD) {
            return Answer.NOT;
        }
        var shown = given.map(Answer::value).orElse(Value.Nil.NIL);
        if (state.getLast() == Value.Nil.NIL && isNew(shown, state)) {
            hold(shown, state);
        }
        return Answer.of(state.getLast());
    }
}
