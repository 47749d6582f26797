package dev.sloth.plugins.reliability;

import dev.sloth.api.plugin.Keeper;
import dev.sloth.api.value.DataTable;
import dev.sloth.api.value.Value;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Consumer;

/// A circuit breaker: after too many failures in a row it refuses calls for a while, then lets some
/// through to see whether things are well again.
final class Circuit implements Keeper {
    /// What the breaker does with calls.
    enum State {
        CLOSED,
        OPEN,
        HALF_OPEN;

        String text() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /// When it opens and closes.
    record Settings(int failuresMax, Duration pause, int successesNeeded) {}

    private State state = State.CLOSED;
    private long requests;
    private long successes;
    private long failures;
    private int successesInRow;
    private int failuresInRow;
    private Optional<Instant> lastSuccess = Optional.empty();
    private Optional<Instant> lastFailure = Optional.empty();
    private Instant openedAt = Instant.EPOCH;

    State state() {
        return state;
    }

    /// Whether a call may go through now.
    boolean admits(Settings settings, Instant now) {
        if (state == State.OPEN && !now.isBefore(openedAt.plus(settings.pause()))) {
            state = State.HALF_OPEN;
            successesInRow = 0;
        }
        return state != State.OPEN;
    }

    void succeeded(Settings settings, Instant now) {
        requests++;
        successes++;
        successesInRow++;
        failuresInRow = 0;
        lastSuccess = Optional.of(now);
        if (state == State.HALF_OPEN && successesInRow >= settings.successesNeeded()) {
            state = State.CLOSED;
        }
    }

    void failed(Settings settings, Instant now) {
        requests++;
        failures++;
        failuresInRow++;
        successesInRow = 0;
        lastFailure = Optional.of(now);
        if (state == State.HALF_OPEN || failuresInRow >= settings.failuresMax()) {
            state = State.OPEN;
            openedAt = now;
        }
    }

    DataTable stats() {
        var stats =
                new DataTable()
                        .with("state", state.text())
                        .with("requests", (double) requests)
                        .with("total_success", (double) successes)
                        .with("total_failures", (double) failures)
                        .with("consecutive_success", successesInRow)
                        .with("consecutive_failures", failuresInRow);
        lastSuccess.ifPresent(at -> stats.put("last_success_time", seconds(at)));
        lastFailure.ifPresent(at -> stats.put("last_failure_time", seconds(at)));
        return stats;
    }

    private static Value seconds(Instant at) {
        return new Value.Num(at.getEpochSecond());
    }

    /// When it was called last; its counts take no more than that.
    @Override
    public void show(Consumer<Value> each) {
        each.accept(lastSuccess.map(Circuit::seconds).orElse(Value.Nil.NIL));
        each.accept(lastFailure.map(Circuit::seconds).orElse(Value.Nil.NIL));
    }
}
