package dev.sloth.core.state;

import dev.sloth.api.state.Answer;
import dev.sloth.core.store.state.StateEdit;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Supplier;

/// Keeps what is asked for twice from being done twice. For use within one write of the store.
interface Once {
    /// For those who hear every answer, and so ask for nothing twice.
    Once ALWAYS_NEW =
            new Once() {
                @Override
                public Optional<Answer> known(StateEdit edit) {
                    return Optional.empty();
                }

                @Override
                public void keep(StateEdit edit, Instant now, Answer answer) {
                    // Nobody will ask for it.
                }
            };

    /// What was answered, when it was done already.
    Optional<Answer> known(StateEdit edit);

    /// Remembers the answer.
    void keep(StateEdit edit, Instant now, Answer answer);

    default Answer done(StateEdit edit, Instant now, Supplier<Answer> act) {
        var before = known(edit);
        if (before.isPresent()) {
            return before.get();
        }
        var answer = act.get();
        keep(edit, now, answer);
        return answer;
    }
}
