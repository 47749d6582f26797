package dev.sloth.core.state;

import dev.sloth.api.state.Answer;
import dev.sloth.api.state.SharedState.Transaction;
import dev.sloth.api.state.StateCommand;
import dev.sloth.api.state.StateRefusal;
import dev.sloth.api.state.StateRefusal.Reason;
import dev.sloth.api.value.Allowance;
import dev.sloth.api.value.Data;
import dev.sloth.core.store.state.StateEdit;
import dev.sloth.core.store.state.StateStore;
import dev.sloth.core.store.state.StateView;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/// Commands that are tried first, and done all at once in the end.
///
/// Each command is answered on a draft, which has what the commands before it have changed; when
/// others have changed something meanwhile, the draft is made anew. In the end all commands are
/// done once more, and stay if every answer is the one that was given. So whoever asked has seen
/// what it would have seen had nobody else been there, and nobody waits while it thinks.
final class LocalTransaction implements Transaction {
    private static final long NEVER = -1;

    private record Asked(StateCommand command, Answer answer) {}

    private final StateStore store;
    private final String space;
    private final StateLimits limits;
    private final Instant now;
    private final String causes;
    private final Once once;
    private final List<Asked> asked = new ArrayList<>();

    /// Bytes of all answers so far.
    private long answered;

    private Aside draft = new Aside();

    /// The last change of the store that the draft is made on.
    private long seen = NEVER;

    LocalTransaction(
            StateStore store,
            String space,
            StateLimits limits,
            Instant now,
            String causes,
            Once once) {
        this.store = store;
        this.space = space;
        this.limits = limits;
        this.now = now;
        this.causes = causes;
        this.once = once;
    }

    @Override
    public Answer ask(StateCommand command, Allowance allowance) {
        if (asked.size() == limits.commandsMax()) {
            throw new StateRefusal(
                    Reason.QUOTA,
                    "a transaction has at most %d commands (state.max_commands): set several keys with one, or do it in parts"
                            .formatted(limits.commandsMax()));
        }
        if (answered > limits.answerMax()) {
            throw new StateRefusal(
                    Reason.QUOTA,
                    "a transaction remembers answers of %d bytes at most (state.max_answer): ask for less in it"
                            .formatted(limits.answerMax()));
        }
        var cost = new Cost(allowance);
        var answer = store.read(view -> tried(view, command, cost));
        if (command instanceof StateCommand.Act) {
            cost.take(Data.bytes(answer.value()));
        }
        if (draft.written() > limits.answerMax()) {
            throw new StateRefusal(
                    Reason.QUOTA,
                    "a transaction writes at most %d bytes (state.max_answer): do it in parts"
                            .formatted(limits.answerMax()));
        }
        asked.add(new Asked(command, answer));
        answered += Data.bytes(answer.value());
        return answer;
    }

    private Answer tried(StateView view, StateCommand command, Cost cost) {
        long last = view.memory().last();
        if (seen != last) {
            draft = new Aside();
            again(new Draft(view, draft));
        }
        // What a command leaves that is refused half way is not to be gone on from.
        seen = NEVER;
        var answer = answer(new Draft(view, draft), command, cost);
        seen = last;
        return answer;
    }

    private Answer answer(StateEdit edit, StateCommand command, Cost cost) {
        return Acts.answer(new Writing(edit, space, now, limits, causes), command, cost);
    }

    /// @throws StateRefusal `CONFLICT` when an answer is another by now
    private void again(StateEdit edit) {
        for (var one : asked) {
            var answer = answer(edit, one.command(), Cost.NONE);
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
            return store.read(view -> {
                again(new Draft(view, new Aside()));
                return true;
            });
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
            return store.write(edit ->
                    once.done(
                                    edit,
                                    now,
                                    () -> {
                                        again(edit);
                                        return Answer.DONE;
                                    })
                            .done());
        } catch (StateRefusal e) {
            if (e.reason() == Reason.CONFLICT) {
                return false;
            }
            throw e;
        }
    }
}
