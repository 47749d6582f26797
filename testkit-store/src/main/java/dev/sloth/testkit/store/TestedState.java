package dev.sloth.testkit.store;

import dev.sloth.api.state.Answer;
import dev.sloth.api.state.SharedState;
import dev.sloth.api.state.StateCommand;
import dev.sloth.api.value.Allowance;
import dev.sloth.core.state.Held;
import dev.sloth.core.state.LocalState;
import java.time.Duration;
import java.util.List;

/// Shared state that is held to its contract.
///
/// @param seen who is asked
/// @param local where it is kept
record TestedState(SharedState seen, LocalState local) implements SharedState, AutoCloseable {
    @Override
    public Answer ask(StateCommand command, Allowance allowance) {
        return seen.ask(command, allowance);
    }

    @Override
    public Answer lock(StateCommand.Lock lock, Duration timeout) throws InterruptedException {
        return seen.lock(lock, timeout);
    }

    @Override
    public Transaction begin() {
        return seen.begin();
    }

    @Override
    public Duration transactionMax() {
        return seen.transactionMax();
    }

    @Override
    public SharedState becauseOf(List<String> causes) {
        return seen.becauseOf(causes);
    }

    @Override
    public Watch watch(String pattern) {
        return seen.watch(pattern);
    }

    List<Held> held(String pattern) {
        return local.held(pattern);
    }

    void hold(List<Held> all, List<String> causes) {
        local.hold(all, causes);
    }

    @Override
    public void close() {
        local.close();
    }
}
