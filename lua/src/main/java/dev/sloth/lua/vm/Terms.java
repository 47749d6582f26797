package dev.sloth.lua.vm;

import java.util.Optional;
import java.util.function.LongConsumer;

/// On which terms a script is compiled.
///
/// @param taken is told of bytes before they are taken, and throws to refuse them
/// @param borne whether one state has the script for itself, and has to bear the classes that it
///   becomes
/// @param promoter makes classes of what is hot
/// @param observer watches it, if anybody does
public record Terms(
        LongConsumer taken, boolean borne, Promoter promoter, Optional<Observer> observer) {
    /// For a script of the host's, which may take what it needs and serve any state.
    public static Terms of(Promoter promoter) {
        return new Terms(_ -> {}, false, promoter, Optional.empty());
    }

    /// For a script of the host's that is watched: nothing of it becomes a class.
    public static Terms watched(Observer observer) {
        return new Terms(_ -> {}, false, Promoter.NONE, Optional.of(observer));
    }

    /// The same where somebody has to bear what compiling takes.
    ///
    /// @param told is told of bytes before they are taken, and throws to refuse them
    public Terms telling(LongConsumer told) {
        return new Terms(told, borne, promoter, observer);
    }

    /// The same for one state alone.
    public Terms forOneState() {
        return new Terms(taken, true, promoter, observer);
    }
}
