package dev.sloth.master.afar;

import java.util.function.Supplier;

/// What to do when a master does not answer: a question that changes nothing may be asked again.
public interface Patience {
    /// Takes the first no for an answer.
    Patience NONE =
            new Patience() {
                @Override
                public <T> T with(Supplier<T> question) {
                    return question.get();
                }
            };

    /// @param question may be asked several times
    <T> T with(Supplier<T> question);
}
