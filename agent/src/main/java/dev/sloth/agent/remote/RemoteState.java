package dev.sloth.agent.remote;

import dev.sloth.api.state.Answer;
import dev.sloth.api.state.SharedState;
import dev.sloth.api.state.StateCommand;
import dev.sloth.api.value.Allowance;
import dev.sloth.api.value.Value;
import dev.sloth.wire.proto.SharedOutcome;
import dev.sloth.wire.shared.Ask;
import dev.sloth.wire.shared.Asking;
import dev.sloth.wire.shared.LockAsk;
import dev.sloth.wire.shared.Numbered;
import dev.sloth.wire.shared.Outcomes;
import dev.sloth.wire.shared.Settling;
import io.grpc.StatusException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicReference;

/// The state of a namespace that a master keeps, for those who work on one order.
final class RemoteState implements SharedState {
    private static final System.Logger LOG = System.getLogger(RemoteState.class.getName());

    private final Shared shared;
    private final Asking asking;
    private final AtomicReference<Optional<Duration>> transactionMax;

    RemoteState(Shared shared, String order) {
        this(
                shared,
                new Asking(order, List.of()),
                new AtomicReference<>(Optional.<Duration>empty()));
    }

    private RemoteState(
            Shared shared, Asking asking, AtomicReference<Optional<Duration>> transactionMax) {
        this.shared = shared;
        this.asking = asking;
        this.transactionMax = transactionMax;
    }

    @Override
    public SharedState becauseOf(List<String> causes) {
        return new RemoteState(shared, new Asking(asking.order(), causes), transactionMax);
    }

    @Override
    public Answer ask(StateCommand command, Allowance allowance) {
        Optional<Numbered> request =
                command instanceof StateCommand.Act
                        ? Optional.of(shared.changes().next())
                        : Optional.empty();
        var parts = new Ask(asking, request, command).parts();
        byte[] outcome =
                shared.asked(patience -> {
                    var left = patience.left();
                    var call =
                            shared.lines()
                                    .quick()
                                    .withDeadlineAfter(left.toNanos(), TimeUnit.NANOSECONDS)
                                    .ask();
                    try (var incoming = new Incoming(call, shared.limits().answerMax())) {
                        Incoming.send(call, parts, left);
                        return incoming.next(left, allowance);
                    }
                });
        request.ifPresent(number -> shared.changes().came(number, outcome.length));
        return Outcomes.read(outcome, Incoming.paying(allowance));
    }

    // ---- locks

    @Override
    public Answer lock(StateCommand.Lock lock, Duration timeout) throws InterruptedException {
        var end = Deadline.within(timeout);
        var request = shared.locks().next();
        boolean answered = false;
        try {
            var answer = shared.waited(patience -> lock(lock, request, end, patience));
            answered = true;
            return answer;
        } finally {
            if (!answered) {
                giveUp(lock, request);
            }
        }
    }

    private Answer lock(
            StateCommand.Lock lock, Numbered request, Deadline end, Tries.Patience patience)
            throws StatusException, TimeoutException, InterruptedException {
        var ask = new LockAsk(asking, request, lock, end.left());
        var call = shared.lines().patient().lock(ask.message());
        try {
            var first = Incoming.part(call, patience.left());
            patience.renew();
            var answer = Outcomes.answer(first);
            while (answer.isEmpty()) {
                var most = end.left().plus(shared.limits().patience());
                answer = Outcomes.answer(Incoming.part(call, most));
            }
            return answer.get();
        } finally {
            Incoming.end(call);
        }
    }

    /// Whoever stopped waiting may have got the lock at that moment: then it is given back, on a
    /// thread of its own, for nobody waits for that. When the master is away the lock ends when its
    /// time is up.
    private void giveUp(StateCommand.Lock lock, Numbered request) {
        var _ =
                Thread.ofVirtual()
                        .name("giving back " + lock.name())
                        .start(() -> {
                            try {
                                if (settled(request).value() instanceof Value.Num(double token)) {
                                    var _ = ask(new StateCommand.Unlock(lock.name(), (long) token));
                                }
                            } catch (RuntimeException e) {
                                LOG.log(
                                        System.Logger.Level.DEBUG,
                                        "the lock %s may be held until its time is up"
                                                .formatted(lock.name()),
                                        e);
                            }
                        });
    }

    /// What was answered to a change that may not have come; it will not be done any more.
    Answer settled(Numbered request) {
        var settling = new Settling(asking, request).message();
        SharedOutcome outcome =
                shared.asked(patience ->
                        shared.lines()
                                .quick()
                                .withDeadlineAfter(patience.left().toNanos(), TimeUnit.NANOSECONDS)
                                .settle(settling));
        return Outcomes.read(outcome);
    }

    // ---- transactions

    @Override
    public Transaction begin() {
        return new RemoteTransaction(shared, this, asking);
    }

    @Override
    public Duration transactionMax() {
        var known = transactionMax.get();
        if (known.isPresent()) {
            return known.get();
        }
        var terms =
                shared.asked(patience ->
                        shared.lines()
                                .quick()
                                .withDeadlineAfter(patience.left().toNanos(), TimeUnit.NANOSECONDS)
                                .terms(Settling.terms(asking)));
        var most = Settling.transactionMax(terms);
        transactionMax.set(Optional.of(most));
        return most;
    }

    @Override
    public Watch watch(String pattern) {
        return RemoteWatch.begun(shared, asking, pattern);
    }
}
