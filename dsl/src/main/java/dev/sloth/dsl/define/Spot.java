package dev.sloth.dsl.define;

/// A place in a script as cheaply as it can be noted; [Places] makes a line and column of it when
/// somebody wants to know.
public sealed interface Spot {
    /// Not known, or of no interest.
    enum Nowhere implements Spot {
        NOWHERE;

        @Override
        public Spot field(String key) {
            return this;
        }
    }

    /// The call of something by this name on this line; an empty name is any call.
    record Called(String chunk, int line, String name) implements Spot {}

    /// A field of the table that stands at a spot; `key` is a name or a number from 1.
    record Field(Spot of, String key) implements Spot {}

    /// A table given to a global variable.
    record Global(String name) implements Spot {}

    default Spot field(String key) {
        return new Field(this, key);
    }
}
