package dev.sloth.agent;

import dev.sloth.agent.mask.Mask;
import dev.sloth.api.state.Answer;
import dev.sloth.api.state.SharedState;
import dev.sloth.api.state.StateCommand;
import dev.sloth.api.state.StateRefusal;
import dev.sloth.api.value.Text;
import dev.sloth.api.value.Value;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;

/// Shared state for a script that knows secrets: what is kept there can be read by all, and is told
/// of in events.
record OpenlyKeptState(SharedState state, Mask mask) implements SharedState {
    private void check(StateCommand command) {
        if (command instanceof StateCommand.Act act && kept(act).anyMatch(this::hidden)) {
            throw new StateRefusal(
                    StateRefusal.Reason.WRONG,
                    "shared state can be read by all: it may hold no secret (keep it with `sloth-runner secrets set`)");
        }
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
            case StateCommand.Add(var key, _) -> Stream.of(Text.of(key));
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
            case Value.Num number -> mask.text(Verdict.text(number)).equals(Mask.SHOWN);
            case Value.Table table ->
                    table.entries().stream()
                            .anyMatch(entry -> hidden(entry.key()) || hidden(entry.value()));
            case Value.Nil _, Value.Bool _, Value.Callable _, Value.Handle _ -> false;
        };
    }

    @Override
    public Answer ask(StateCommand command) {
        check(command);
        return state.ask(command);
    }

    @Override
    public Answer lock(StateCommand.Lock lock, Duration timeout) throws InterruptedException {
        check(lock);
        return state.lock(lock, timeout);
    }

    @Override
    public Transaction begin() {
        var transaction = state.begin();
        return new Transaction() {
            @Override
            public Answer ask(StateCommand command) {
                check(command);
                return transaction.ask(command);
            }

            @Override
            public boolean holds() {
                return transaction.holds();
            }

            @Override
            public boolean commit() {
                return transaction.commit();
            }

            @Override
            public void close() {
                transaction.close();
            }
        };
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
