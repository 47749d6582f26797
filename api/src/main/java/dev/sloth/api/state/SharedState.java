package dev.sloth.api.state;

import dev.sloth.api.value.Allowance;
import java.time.Duration;
import java.util.List;

/// The state that scripts of a namespace share. Safe for use by many threads.
public interface SharedState {
    /// How long a lock or a value may live at most, other than for ever.
    Duration TTL_MAX = Duration.ofDays(36_500);

    /// For where there is none: every command is refused.
    SharedState NONE =
            new SharedState() {
                private static StateRefusal refusal() {
                    return new StateRefusal(
                            StateRefusal.Reason.WRONG, "there is no shared state here");
                }

                @Override
                public Answer ask(StateCommand command, Allowance allowance) {
                    throw refusal();
                }

                @Override
                public Answer lock(StateCommand.Lock lock, Duration timeout) {
                    throw refusal();
                }

                @Override
                public Transaction begin() {
                    throw refusal();
                }

                @Override
                public Duration transactionMax() {
                    throw refusal();
                }

                @Override
                public Watch watch(String pattern) {
                    throw refusal();
                }

                @Override
                public SharedState becauseOf(List<String> causes) {
                    return this;
                }
            };

    /// Does one command; when this returns, what it did is on disk.
    ///
    /// @param allowance pays for what the answer takes, while it is read: who reads holds up others
    ///   and does not wait for the script
    /// @throws StateRefusal when it cannot be done; nothing has changed. A change whose answer the
    ///   allowance does not give room for is done
    Answer ask(StateCommand command, Allowance allowance);

    /// The same for work that no script asked for.
    default Answer ask(StateCommand command) {
        return ask(command, Allowance.FREE);
    }

    /// Waits for a lock in the order of those who wait for it.
    ///
    /// @param timeout how long to wait at most
    /// @return done with its token as the value, or not done when the time is up
    /// @throws StateRefusal as above
    Answer lock(StateCommand.Lock lock, Duration timeout) throws InterruptedException;

    /// Begins a transaction.
    Transaction begin();

    /// How long a transaction may take, with all its tries.
    Duration transactionMax();

    /// The same state for somebody who acts because of something: what is changed there says so.
    ///
    /// @param causes the first cause first
    SharedState becauseOf(List<String> causes);

    /// Changes as they happen, from now on.
    ///
    /// @param pattern of the keys that matter
    Watch watch(String pattern);

    /// Several commands that are done as one. What it answers holds if [#commit] says so. For use
    /// by one thread, which closes it when nothing more is asked.
    interface Transaction extends AutoCloseable {
        /// @param allowance as above; what the transaction remembers of the answer is not paid for
        /// @throws StateRefusal as above
        Answer ask(StateCommand command, Allowance allowance);

        /// As above.
        default Answer ask(StateCommand command) {
            return ask(command, Allowance.FREE);
        }

        /// Whether every answer so far is still the one that it would be now.
        boolean holds();

        /// Does all that was asked, unless an answer would be another by now: then nothing is done.
        boolean commit();

        @Override
        default void close() {}
    }

    /// A look at changes that misses none. For use by one thread.
    interface Watch {
        /// The next changes, at most [#CHANGES_MAX]; waits for them until the time is up.
        List<StateChange> next(Duration timeout) throws InterruptedException;

        int CHANGES_MAX = 256;
    }
}
