package dev.sloth.plugins.state;

import dev.sloth.api.plugin.Call;
import dev.sloth.api.plugin.CallFailure;
import dev.sloth.api.plugin.Function;
import dev.sloth.api.plugin.Host;
import dev.sloth.api.plugin.Keeper;
import dev.sloth.api.plugin.Results;
import dev.sloth.api.plugin.Type;
import dev.sloth.api.state.SharedState.Watch;
import dev.sloth.api.state.StateChange;
import dev.sloth.api.value.DataTable;
import dev.sloth.api.value.Text;
import dev.sloth.api.value.Value;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/// The function that waits for changes.
final class WatchFunctions {
    private static final Duration TIMEOUT_DEFAULT = Duration.ofSeconds(60);

    /// How many patterns a script may watch.
    private static final int PATTERNS_MAX = 64;

    private static final double MILLIS = 1e3;

    private WatchFunctions() {}

    static List<Function> all() {
        return List.of(watch());
    }

    /// A watch that goes on from call to call, and what of it was not told yet.
    private record Open(Watch watch, Deque<StateChange> untold) {}

    /// The watches of a script, by pattern.
    private static final class Watches implements Keeper {
        private final Map<String, Open> byPattern = new HashMap<>();

        static Open of(Host host, String pattern) {
            var watches = host.keep(Watches.class, Watches::new);
            if (watches.byPattern.size() == PATTERNS_MAX
                    && !watches.byPattern.containsKey(pattern)) {
                throw new CallFailure("a script watches at most " + PATTERNS_MAX + " patterns");
            }
            return watches.byPattern.computeIfAbsent(
                    pattern, _ -> new Open(host.state().watch(pattern), new ArrayDeque<>()));
        }

        /// What was not told yet.
        @Override
        public void show(Consumer<Value> each) {
            for (var open : byPattern.values()) {
                for (var change : open.untold()) {
                    each.accept(Text.of(change.key()));
                    showAll(change.place(), each);
                    showAll(change.old(), each);
                    showAll(change.now(), each);
                }
            }
        }

        /// A value with all that is in it, which is data.
        private static void showAll(Value value, Consumer<Value> each) {
            each.accept(value);
            if (value instanceof Value.Table table) {
                for (var entry : table.entries()) {
                    showAll(entry.key(), each);
                    showAll(entry.value(), each);
                }
            }
        }
    }

    private static Function watch() {
        return StateModule.named("watch")
                .doc(
                        "Calls a function for each change of the keys that match, until the time is"
                                + " up or the function returns false. The first call of a pattern"
                                + " sees what changes from then on; later calls go on where the one"
                                + " before ended, so that nothing between them is missed. What the"
                                + " function raised an error for is told again by the next call.")
                .param("pattern", Type.STRING, "Which keys, as for `state.keys`.")
                .param(
                        "fn",
                        Type.FUNCTION,
                        "Called with the key, what is there now, what was there before, and a table"
                                + " of number, at, expired, and field: the field of a hash or the"
                                + " member of a set that changed. Of a list it gets the item that"
                                + " came or went.")
                .optional("timeout", Type.DURATION, "How long to wait; 60 seconds if nil.")
                .returns("count", Type.INTEGER, "How often it was called.")
                .example(
                        "state.watch(\"deploy/*\", function(key, new) print(key, new) end, \"5m\")")
                .body(WatchFunctions::watched);
    }

    private static List<Value> watched(Call call) throws InterruptedException, IOException {
        var host = call.host();
        if (Transactions.of(host).current().isPresent()) {
            throw new CallFailure("a transaction waits for no change");
        }
        var pattern = Asked.of(call).text("pattern");
        var open = Asked.refusing(() -> Watches.of(host, pattern));
        var function = call.function("fn");
        var end = host.time().instant().plus(call.duration("timeout", TIMEOUT_DEFAULT));
        int count = 0;
        for (boolean looked = false; ; looked = true) {
            while (!open.untold().isEmpty()) {
                count++;
                if (isLast(open.untold(), function)) {
                    return Results.number(count);
                }
            }
            var left = Duration.between(host.time().instant(), end);
            if (looked && !left.isPositive()) {
                return Results.number(count);
            }
            open.untold()
                    .addAll(Asked.refusing(() -> host.blocking(() -> open.watch().next(left))));
        }
    }

    /// Tells of the next change; whether the function wants no more. It is taken away first, since
    /// the function may watch the same.
    private static boolean isLast(Deque<StateChange> untold, Value.Callable function) {
        var change = untold.remove();
        boolean told = false;
        try {
            var results = function.call(told(change));
            told = true;
            return results.equals(List.of(Value.Bool.FALSE));
        } finally {
            if (!told) {
                untold.addFirst(change);
            }
        }
    }

    private static List<Value> told(StateChange change) {
        var more =
                new DataTable()
                        .with("number", (double) change.number())
                        .with("at", change.at().toEpochMilli() / MILLIS)
                        .with("expired", change.expired())
                        .with("field", change.place());
        return List.of(Text.of(change.key()), change.now(), change.old(), more);
    }
}
