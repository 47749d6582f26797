package dev.sloth.core.state;

import dev.sloth.api.state.Answer;
import dev.sloth.api.state.StateCommand;
import java.time.Duration;
import java.time.Instant;

/// One waiting for a lock.
final class LockWait {
    private final LocalState state;
    private final StateCommand.Lock lock;
    private final Once once;
    private final Instant deadline;
    private long ticket;

    LockWait(LocalState state, StateCommand.Lock lock, Duration timeout, Once once) {
        this.state = state;
        this.lock = lock;
        this.once = once;
        this.deadline = state.patience().instant().plus(timeout);
    }

    Answer run() throws InterruptedException {
        boolean done = false;
        try {
            while (true) {
                switch (attempt()) {
                    case Locks.Wait.Taken(var answer) -> {
                        done = true;
                        return answer;
                    }
                    case Locks.Wait.Waiting(long number, var until) -> {
                        ticket = number;
                        if (!left().isPositive()) {
                            return Answer.NOT;
                        }
                        rest(until);
                    }
                }
            }
        } finally {
            if (!done && ticket != 0) {
                leave();
            }
        }
    }

    private Duration left() {
        return Duration.between(state.patience().instant(), deadline);
    }

    private Locks.Wait attempt() {
        return state.write((edit, writing) -> {
            var known = once.known(edit);
            if (known.isPresent()) {
                edit.dequeue(ticket);
                return new Locks.Wait.Taken(known.get());
            }
            var wait = new Locks(writing).takeInTurn(lock, ticket);
            if (wait instanceof Locks.Wait.Taken(var answer)) {
                once.keep(edit, writing.now(), answer);
            }
            return wait;
        });
    }

    /// Until an attempt is worth it, or something is due, or we have to be heard of.
    private void rest(Instant until) throws InterruptedException {
        var bell = state.listening();
        var patience = state.patience();
        var due = Duration.between(state.now(), until);
        var longest = state.limits().waiterTtl().dividedBy(3);
        var end = patience.instant().plus(due.compareTo(longest) < 0 ? due : longest);
        end = end.isBefore(deadline) ? end : deadline;
        for (var now = patience.instant(); now.isBefore(end); now = patience.instant()) {
            long heard = bell.rings();
            if (ready()) {
                return;
            }
            bell.await(heard, Duration.between(now, end));
        }
    }

    private boolean ready() {
        return state.read(reading -> Locks.ready(reading, lock.name(), ticket));
    }

    private void leave() {
        boolean _ =
                state.write((edit, _) -> {
                    edit.dequeue(ticket);
                    return true;
                });
    }
}
