package dev.sloth.api.state;

import dev.sloth.api.value.Value;

/// What came of a command.
///
/// @param done whether there was what was asked for, or whether it was done: each command says
/// @param value what each command says, or nil
public record Answer(boolean done, Value value) {
    /// Done, and there is nothing to tell.
    public static final Answer DONE = new Answer(true, Value.Nil.NIL);

    /// Not there, or not done.
    public static final Answer NOT = new Answer(false, Value.Nil.NIL);

    public static Answer of(boolean done) {
        return done ? DONE : NOT;
    }

    public static Answer of(Value value) {
        return new Answer(true, value);
    }

    /// @param number that a double holds exactly
    public static Answer of(long number) {
        return of((double) number);
    }

    public static Answer of(double number) {
        return new Answer(true, new Value.Num(number));
    }
}
