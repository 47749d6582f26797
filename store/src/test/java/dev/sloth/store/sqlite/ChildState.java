package dev.sloth.store.sqlite;

import dev.sloth.api.state.SharedState;
import dev.sloth.api.state.StateCommand;
import dev.sloth.api.state.StateRefusal;
import dev.sloth.api.value.Value;
import dev.sloth.core.state.LocalState;
import dev.sloth.core.state.StateLimits;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import java.util.function.IntConsumer;

/// What another process does with shared state until it is killed, on four threads.
final class ChildState {
    private static final int THREADS = 4;

    /// A crash keeps a lock for so long.
    private static final Duration TTL = Duration.ofSeconds(1);

    private ChildState() {}

    private static LocalState open(Path home) {
        var store = Sample.open(home);
        var time = InstantSource.system();
        return new LocalState(store.state(), "test", StateLimits.DEFAULT, time, time);
    }

    private static void onThreads(IntConsumer work) {
        for (int i = 0; i < THREADS; i++) {
            int thread = i;
            Thread.ofPlatform().start(() -> work.accept(thread));
        }
    }

    /// Says when it asks and with which token, and when and how it was answered.
    static void ask(Path home, int seed) {
        var state = open(home);
        onThreads(thread -> {
            long token = 0;
            for (int number = 0; ; number++) {
                Child.say("call %d %d %d %d".formatted(thread, number, System.nanoTime(), token));
                var command = History.command(seed, thread, number, token);
                var answer = state.ask(command);
                Child.say(
                        "answer %d %d %d %s %s"
                                .formatted(
                                        thread,
                                        number,
                                        System.nanoTime(),
                                        answer.done(),
                                        word(answer.value())));
                token = History.token(token, command, answer);
            }
        });
    }

    /// A number, or the token of a lock that is held, or `nil`.
    private static String word(Value value) {
        return switch (value) {
            case Value.Num(double number) -> Double.toString(number);
            case Value.Table standing -> word(standing.at("token"));
            default -> "nil";
        };
    }

    /// Counts under a lock, by reading and writing apart.
    static void count(Path home) {
        var state = open(home);
        onThreads(_ -> {
            try {
                while (true) {
                    countOnce(state);
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        });
    }

    private static void countOnce(SharedState state) throws InterruptedException {
        var taken = state.lock(new StateCommand.Lock("sum", "child", TTL), Duration.ofSeconds(60));
        long token = (long) ((Value.Num) taken.value()).value();
        var old = state.ask(new StateCommand.Get("sum", Optional.empty())).value();
        double next = (old instanceof Value.Num(double n) ? n : 0) + 1;
        try {
            state.ask(
                    new StateCommand.Fenced(
                            token,
                            new StateCommand.Put(
                                    "sum", new Value.Num(next), Optional.empty(), false)));
            Child.say("counted");
        } catch (StateRefusal e) {
            Child.say("lost the lock: " + e.reason());
        }
        state.ask(new StateCommand.Unlock("sum", token));
    }
}
