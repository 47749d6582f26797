package dev.sloth.api.event;

import dev.sloth.api.event.EventRefusal.Reason;
import java.util.List;

/// Where somebody says what happened. Safe for use by many threads.
public interface Events {
    /// For where nobody listens: everything is refused.
    Events NONE =
            new Events() {
                private static EventRefusal refusal() {
                    return new EventRefusal(Reason.WRONG, "there are no events here");
                }

                @Override
                public String dispatch(Fact fact) {
                    throw refusal();
                }

                @Override
                public String watch(Watcher watcher) {
                    throw refusal();
                }
            };

    /// Keeps a fact; when this returns, it is on disk, and whoever follows the events will get it.
    ///
    /// @return its id
    /// @throws EventRefusal when it is not taken
    String dispatch(Fact fact);

    /// Has something watched from now on, by whoever serves this home, until it is removed. One of
    /// the same name is replaced.
    ///
    /// @return its name
    /// @throws EventRefusal when it is not taken
    String watch(Watcher watcher);

    /// Who reacts to what happens.
    default HookBook hooks() {
        return HookBook.NONE;
    }

    /// Lets somebody in to say what happened.
    @FunctionalInterface
    interface Door {
        /// Where nobody listens.
        Door CLOSED = (_, _) -> NONE;

        /// @param source who says so
        /// @param causes what led to whatever is said, the first cause first
        Events as(String source, List<String> causes);
    }
}
