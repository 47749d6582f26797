package dev.sloth.agent;

import dev.sloth.agent.mask.Mask;
import dev.sloth.api.state.Answer;
import dev.sloth.api.state.SharedState;
import dev.sloth.api.state.StateCommand;
import dev.sloth.api.state.StateRefusal;
import dev.sloth.api.value.Allowance;
import dev.sloth.api.value.Text;
import dev.sloth.api.value.Value;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// Shared state for a script that knows secrets: what is kept there can be read by all, and is told
/// of in events.
///
/// A command that computes with what is there is looked at before it counts: a secret may come of
/// parts that are none. What lists and sets hold in several items is looked at item by item.
record OpenlyKeptState(SharedState state, Mask mask) implements SharedState {
    /// How often a command is tried again when others change the same key.
    private static final int TRIES_MAX = 100;

    private void check(StateCommand command) {
        if (command instanceof StateCommand.Act act && kept(act).anyMatch(this::hidden)) {
            throw refusal();
        }
    }

    private static StateRefusal refusal() {
        return new StateRefusal(
                StateRefusal.Reason.WRONG,
                "shared state can be read by all: it may hold no secret (keep it with `sloth-runner secrets set`)");
    }

    /// What a command would have there that was not there before.
    private static Stream<Value> kept(StateCommand.Act act) {
        return switch (act) {
            case StateCommand.Fenced(_, var inner) -> kept(inner);
            case StateCommand.Put put -> Stream.of(Text.of(put.key()), put.value());
            case StateCommand.PutMany many ->
                    Stream.concat(
                            many.values().keySet().stream().map(Text::of),
                            many.values().values().stream());
            case StateCommand.Swap swap -> Stream.of(Text.of(swap.key()), swap.next());
            case StateCommand.Append(var key, var text) -> Stream.of(Text.of(key), text);
            case StateCommand.Add(var key, var delta) ->
                    Stream.of(Text.of(key), new Value.Num(delta));
            case StateCommand.Rename(_, var next) -> Stream.of(Text.of(next));
            case StateCommand.Push push -> Stream.of(Text.of(push.key()), push.item());
            case StateCommand.PutField put ->
                    Stream.of(Text.of(put.key()), Text.of(put.field()), put.value());
            case StateCommand.AddMember(var key, var member) -> Stream.of(Text.of(key), member);
            case StateCommand.Lock lock -> Stream.of(Text.of(lock.name()));
            case StateCommand.Delete _,
                    StateCommand.DeleteMany _,
                    StateCommand.Clear _,
                    StateCommand.Expire _,
                    StateCommand.CleanUp _,
                    StateCommand.Pop _,
                    StateCommand.RemoveItem _,
                    StateCommand.DropField _,
                    StateCommand.DropMember _,
                    StateCommand.Unlock _,
                    StateCommand.Break _,
                    StateCommand.Renew _ ->
                    Stream.empty();
        };
    }

    private boolean hidden(Value value) {
        return switch (value) {
            case Text text -> mask.hides(text.bytes());
            case Value.Num(var number) -> {
                var digits = Verdict.text(new Value.Num(Math.abs(number)));
                yield mask.text(digits).equals(Mask.SHOWN);
            }
            case Value.Table table ->
                    table.entries().stream()
                            .anyMatch(entry -> hidden(entry.key()) || hidden(entry.value()));
            case Value.Nil _, Value.Bool _, Value.Callable _, Value.Handle _ -> false;
        };
    }

    @Override
    public Answer ask(StateCommand command, Allowance allowance) {
        check(command);
        return computes(command) ? lookedAt(command, allowance) : state.ask(command, allowance);
    }

    private boolean computes(StateCommand command) {
        return switch (bare(command)) {
            case StateCommand.Append _ -> true;
            case StateCommand.Add _ -> mask.hidesNumbers();
            case StateCommand _ -> false;
        };
    }

    private static StateCommand bare(StateCommand command) {
        return command instanceof StateCommand.Fenced(_, var inner) ? bare(inner) : command;
    }

    private Answer lookedAt(StateCommand command, Allowance allowance) {
        for (int i = 0; i < TRIES_MAX; i++) {
            var transaction = state.begin();
            var answer = transaction.ask(command, allowance);
            if (hidden(made(command, answer, transaction))) {
                throw refusal();
            }
            if (transaction.commit()) {
                return answer;
            }
        }
        throw new StateRefusal(
                StateRefusal.Reason.CONFLICT,
                "others have changed the same key %d times meanwhile: try again"
                        .formatted(TRIES_MAX));
    }

    /// What there is after a command that computes.
    private static Value made(StateCommand command, Answer answer, Transaction in) {
        return bare(command) instanceof StateCommand.Append(var key, _)
                ? in.ask(new StateCommand.Get(key, Optional.empty())).value()
                : answer.value();
    }

    @Override
    public Answer lock(StateCommand.Lock lock, Duration timeout) throws InterruptedException {
        check(lock);
        return state.lock(lock, timeout);
    }

    @Override
    public Transaction begin() {
        return new LookedAt(state.begin());
    }

    /// One that comes to nothing once a secret has come of it.
    private final class LookedAt implements Transaction {
        private final Transaction transaction;
        private Optional<StateRefusal> refusal = Optional.empty();

        LookedAt(Transaction transaction) {
            this.transaction = transaction;
        }

        @Override
        public Answer ask(StateCommand command, Allowance allowance) {
            check(command);
            var answer = transaction.ask(command, allowance);
            if (computes(command) && hidden(made(command, answer, transaction))) {
                refusal = Optional.of(refusal());
                throw refusal.get();
            }
            return answer;
        }

        @Override
        public boolean holds() {
            return transaction.holds();
        }

        @Override
        public boolean commit() {
            if (refusal.isPresent()) {
                throw refusal.get();
            }
            return transaction.commit();
        }

        @Override
        public void close() {
            transaction.close();
        }
    }

    @Override
    public Duration transactionMax() {
        return state.transactionMax();
    }

    @Override
    public SharedState becauseOf(List<String> causes) {
        return new OpenlyKeptState(state.becauseOf(causes), mask);
    }

    @Override
    public Watch watch(String pattern) {
        return state.watch(pattern);
    }
}
