package dev.sloth.plugins.state;

import dev.sloth.api.plugin.Call;
import dev.sloth.api.plugin.CallFailure;
import dev.sloth.api.plugin.Host;
import dev.sloth.api.state.SharedState.Transaction;
import dev.sloth.api.state.StateRefusal;
import dev.sloth.api.value.ScriptFailure;
import dev.sloth.api.value.Value;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;

/// The transactions of a script, one for each of its functions that run beside each other.
final class Transactions {
    /// The first wait before another try; each is twice the one before, and chance takes up to
    /// half.
    private static final Duration PAUSE = Duration.ofMillis(1);

    private static final Duration PAUSE_MAX = Duration.ofMillis(200);

    private static final String TOO_LONG =
            "the transaction took longer than state.transaction_max: have slow work done before it;"
                    + " where others change what it reads each time, take a lock first";

    private final Host host;
    private final IdentityHashMap<Object, Open> open = new IdentityHashMap<>();

    /// A transaction that has begun.
    ///
    /// @param underWay whether its function runs: not while it has yielded, which is when others
    ///   are not part of it
    /// @param until when it has to be done
    /// @param kept what it remembers
    record Open(Transaction transaction, BooleanSupplier underWay, Instant until, Kept kept) {}

    /// What a transaction remembers to the end, which is memory of the script. Each try begins
    /// anew, so the largest counts.
    static final class Kept {
        private final Call call;
        private long bytes;
        private long taken;

        Kept(Call call) {
            this.call = call;
        }

        void again() {
            bytes = 0;
        }

        void add(long more) {
            bytes += more;
            if (bytes > taken) {
                call.take(bytes - taken);
                taken = bytes;
            }
        }
    }

    private Transactions(Host host) {
        this.host = host;
    }

    static Transactions of(Host host) {
        return host.keep(Transactions.class, () -> new Transactions(host));
    }

    /// Of the function that runs now.
    ///
    /// @throws CallFailure when its time is up
    Optional<Open> current() {
        var current = underWay();
        current.ifPresent(here -> giveUpAt(here.until()));
        return current;
    }

    private Optional<Open> underWay() {
        return open.isEmpty()
                ? Optional.empty()
                : Optional.ofNullable(open.get(host.concurrency().current()))
                        .filter(here -> here.underWay().getAsBoolean());
    }

    /// Calls the function until nobody has changed meanwhile what it has seen.
    List<Value> run(Call call) throws InterruptedException, IOException {
        if (underWay().isPresent()) {
            throw new CallFailure("a transaction cannot be begun in a transaction");
        }
        var function = call.function("fn");
        var end = host.time().instant().plus(Asked.refusing(host.state()::transactionMax));
        var pause = PAUSE;
        var kept = new Kept(call);
        while (true) {
            kept.again();
            var results = tried(function, end, kept);
            if (results.isPresent()) {
                return results.get();
            }
            giveUpAt(end);
            long nanos = pause.toNanos();
            host.concurrency().sleep(Duration.ofNanos(host.random().nextLong(nanos / 2, nanos)));
            pause = pause.compareTo(PAUSE_MAX) < 0 ? pause.multipliedBy(2) : PAUSE_MAX;
        }
    }

    private void giveUpAt(Instant end) {
        if (!host.time().instant().isBefore(end)) {
            throw new CallFailure(TOO_LONG);
        }
    }

    /// Empty when it has to be done again.
    private Optional<List<Value>> tried(Value.Callable function, Instant end, Kept kept)
            throws InterruptedException, IOException {
        try (var transaction = Asked.refusing(() -> host.state().begin())) {
            return tried(new Open(transaction, host.concurrency().underWay(), end, kept), function);
        }
    }

    private Optional<List<Value>> tried(Open begun, Value.Callable function)
            throws InterruptedException, IOException {
        var self = host.concurrency().current();
        var transaction = begun.transaction();
        var end = begun.until();
        open.put(self, begun);
        List<Value> results;
        try {
            var left = Duration.between(host.time().instant(), end);
            results = host.concurrency().within(left, TOO_LONG, function);
        } catch (ScriptFailure e) {
            // An error that comes of what others have changed meanwhile is none of the script's.
            if (conflict(e) || !Asked.refusing(() -> host.blocking(transaction::holds))) {
                return Optional.empty();
            }
            throw e;
        } finally {
            open.remove(self);
        }
        giveUpAt(end);
        boolean done = Asked.refusing(() -> host.blocking(transaction::commit));
        return done ? Optional.of(results) : Optional.empty();
    }

    private static boolean conflict(Throwable failure) {
        for (var cause = failure.getCause(); cause != null; cause = cause.getCause()) {
            if (cause instanceof StateRefusal refusal) {
                return refusal.reason() == StateRefusal.Reason.CONFLICT;
            }
        }
        return false;
    }
}
