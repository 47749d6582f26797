package dev.sloth.plugins.state;

import dev.sloth.api.plugin.Call;
import dev.sloth.api.plugin.CallFailure;
import dev.sloth.api.plugin.Host;
import dev.sloth.api.state.Answer;
import dev.sloth.api.state.SharedState;
import dev.sloth.api.state.StateCommand;
import dev.sloth.api.state.StateRefusal;
import dev.sloth.api.value.Allowance;
import dev.sloth.api.value.Data;
import dev.sloth.api.value.DataTable;
import dev.sloth.api.value.Text;
import dev.sloth.api.value.Value;
import dev.sloth.plugins.value.Durations;
import dev.sloth.plugins.value.Shown;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;

/// A call of a function of the module, as a question to shared state.
///
/// @param options of the call: a table, a time to live, or nil
record Asked(Call call, Value options) {
    private static final Set<Value> TIMED = Set.of(Text.of("ttl"), Text.of("token"));

    /// Of a function without options.
    static Asked of(Call call) {
        return new Asked(call, Value.Nil.NIL);
    }

    /// Of a function whose options are called so.
    static Asked with(Call call) {
        return new Asked(call, call.value("options"));
    }

    /// Of a function that takes a time to live, or options in its place.
    static Asked timed(Call call) {
        var given = call.value("ttl");
        if (given instanceof Value.Table table) {
            for (var entry : table.entries()) {
                if (!TIMED.contains(entry.key())) {
                    throw new CallFailure(
                            "options are ttl and token, not " + Shown.excerpt(entry.key()));
                }
            }
        }
        return new Asked(call, given);
    }

    /// A parameter as data of its own, by which a value is kept under the key.
    Value value(String parameter) {
        return data(call.value(parameter), "'" + key() + "'", call);
    }

    /// A parameter that is, or may be, in what is kept under the key.
    Value item(String parameter) {
        return data(call.value(parameter), "an item of '" + key() + "'", call);
    }

    /// Made here: who keeps the state does it for others too, and must neither wait for the script
    /// nor end with it.
    static Value data(Value value, String where, Allowance allowance) {
        try {
            return Data.copyOf(value, where, allowance);
        } catch (IllegalArgumentException e) {
            throw new CallFailure(String.valueOf(e.getMessage()), e);
        }
    }

    /// Answers a command, in the transaction that is under way if there is one.
    Answer ask(StateCommand command) throws InterruptedException, IOException {
        var transaction = Transactions.of(call.host()).current();
        if (transaction.isPresent()) {
            return inside(transaction.get(), command);
        }
        if (command instanceof StateCommand.Act && call.host().phase() == Host.Phase.DEFINE) {
            throw new CallFailure(
                    "state cannot be changed while the script is read for its definitions: do it in"
                            + " a task");
        }
        var state = call.host().state();
        return refusing(() -> call.host().blocking(() -> state.ask(command, call)));
    }

    private Answer inside(Transactions.Open open, StateCommand command)
            throws InterruptedException, IOException {
        var answer =
                refusing(() -> call.host().blocking(() -> open.transaction().ask(command, call)));
        open.kept().add(Data.bytes(answer.value()));
        if (command instanceof StateCommand.Act) {
            // As it was given and as it is written.
            call.all().forEach(given -> open.kept().add(2 * Data.bytes(given)));
        }
        return answer;
    }

    /// A change that is made only while the lock of the token in the options is held.
    Answer act(StateCommand.Act act) throws InterruptedException, IOException {
        return ask(fenced(act));
    }

    private StateCommand.Act fenced(StateCommand.Act act) {
        var token = option("token");
        return token.isEmpty() ? act : new StateCommand.Fenced(token(token.get()), act);
    }

    static long token(Value value) {
        if (value instanceof Value.Num token && token.whole() && token.value() >= 1) {
            return (long) token.value();
        }
        throw new CallFailure(
                "a token is the whole number that came with a lock, not " + Shown.excerpt(value));
    }

    /// A field of the options.
    Optional<Value> option(String name) {
        return options instanceof Value.Table table
                ? Optional.of(table.at(name)).filter(value -> value != Value.Nil.NIL)
                : Optional.empty();
    }

    /// Seconds, or text such as `10m`.
    Optional<Duration> ttl() {
        var given = options instanceof Value.Table ? option("ttl") : Optional.of(options);
        return given.filter(value -> value != Value.Nil.NIL).map(Asked::ttl);
    }

    private static Duration ttl(Value given) {
        if (given instanceof Value.Num(double seconds)
                && seconds > SharedState.TTL_MAX.toSeconds()) {
            throw new CallFailure(
                    "a time to live is at most %d days, which are %d seconds, not %s"
                            .formatted(
                                    SharedState.TTL_MAX.toDays(),
                                    SharedState.TTL_MAX.toSeconds(),
                                    Shown.excerpt(given)));
        }
        return Durations.of(given, "a time to live");
    }

    String key() {
        return text("key");
    }

    /// A parameter whose bytes must be UTF-8.
    String text(String parameter) {
        return text(call.bytes(parameter), "the " + parameter);
    }

    static String text(Text text, String what) {
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(text.bytes()))
                    .toString();
        } catch (CharacterCodingException e) {
            throw new CallFailure(what + " must be text in UTF-8", e);
        }
    }

    /// A table of the script's own, as the answer's value.
    static DataTable table(Answer answer) {
        return answer.value() instanceof DataTable table ? table : new DataTable();
    }

    /// Does something that shared state may refuse.
    @FunctionalInterface
    interface Act<T> {
        T perform() throws InterruptedException, IOException;
    }

    static <T> T refusing(Act<T> act) throws InterruptedException, IOException {
        try {
            return act.perform();
        } catch (StateRefusal e) {
            throw new CallFailure(String.valueOf(e.getMessage()), e);
        }
    }
}
