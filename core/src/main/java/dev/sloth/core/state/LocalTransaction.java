package dev.sloth.core.state;

import dev.sloth.api.state.Answer;
import dev.sloth.api.state.SharedState.Transaction;
import dev.sloth.api.state.StateCommand;
import dev.sloth.api.state.StateRefusal;
import dev.sloth.api.state.StateRefusal.Reason;
import dev.sloth.core.store.state.StateEdit;
import dev.sloth.core.store.state.StateStore;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/// Commands that are tried first, and done all at once in the end.
///
/// Each command is answered by doing all commands so far and taking them back. In the end they are
/// done once more, and stay if every answer is the one that was given. So whoever asked has seen
/// what it would have seen had nobody else been there, and nobody waits while it thinks.
final class LocalTransaction implements Transaction {
    /// How many commands one may have: each is done again with every later one.
    static final int COMMANDS_MAX = 1_000;

    private record Asked(StateCommand command, Answer answer) {}

    /// Takes back what was tried, and brings its answer out.
    private static final class Tried extends RuntimeException {
        private static final long serialVersionUID = 1L;
        private final transient Answer answer;

        Tried(Answer answer) {
            super("tried", null, false, false);
            this.answer = answer;
        }
    }

    private final StateStore store;
    private final String space;
    private final StateLimits limits;
    private final Instant now;
    private final String causes;
    private final List<Asked> asked = new ArrayList<>();

    LocalTransaction(
            StateStore store, String space, StateLimits limits, Instant now, String causes) {
        this.store = store;
        this.space = space;
        this.limits = limits;
        this.now = now;
        this.causes = causes;
    }

    @Override
    public Answer ask(StateCommand command) {
        if (asked.size() == COMMANDS_MAX) {
            throw new StateRefusal(
                    Reason.QUOTA, "a transaction has at most %d commands".formatted(COMMANDS_MAX));
        }
        var answer =
                looksOnly() && command instanceof StateCommand.Look look
                        ? look(look)
                        : tried(command);
        asked.add(new Asked(command, answer));
        return answer;
    }

    private boolean looksOnly() {
        return asked.stream().allMatch(a -> a.command() instanceof StateCommand.Look);
    }

    private Answer look(StateCommand.Look look) {
        return store.read(view -> new Looks(new Reading(view, space, now, limits)).answer(look));
    }

    private Answer tried(StateCommand command) {
        try {
            return store.write(edit -> {
                again(edit);
                throw new Tried(answer(edit, command));
            });
        } catch (Tried e) {
            return e.answer;
        }
    }

    private Answer answer(StateEdit edit, StateCommand command) {
        return Acts.answer(new Writing(edit, space, now, limits, causes), command);
    }

    /// @throws StateRefusal `CONFLICT` when an answer is another by now
    private void again(StateEdit edit) {
        for (var one : asked) {
            var answer = answer(edit, one.command());
            if (answer.done() != one.answer().done()
                    || !Same.values(answer.value(), one.answer().value())) {
                throw new StateRefusal(
                        Reason.CONFLICT, "others have changed what this transaction has seen");
            }
        }
    }

    @Override
    public boolean holds() {
        try {
            return store.write(edit -> {
                again(edit);
                throw new Tried(Answer.DONE);
            });
        } catch (Tried e) {
            return e.answer.done();
        } catch (StateRefusal e) {
            return false;
        }
    }

    @Override
    public boolean commit() {
        if (asked.isEmpty()) {
            return true;
        }
        try {
            return store.write(edit -> {
                again(edit);
                return true;
            });
        } catch (StateRefusal e) {
            if (e.reason() == Reason.CONFLICT) {
                return false;
            }
            throw e;
        }
    }
}
