package dev.sloth.plugins.state;

import dev.sloth.api.plugin.Call;
import dev.sloth.api.plugin.CallFailure;
import dev.sloth.api.plugin.Function;
import dev.sloth.api.plugin.Host;
import dev.sloth.api.plugin.Keeper;
import dev.sloth.api.plugin.Parameter;
import dev.sloth.api.plugin.Results;
import dev.sloth.api.plugin.Type;
import dev.sloth.api.state.Answer;
import dev.sloth.api.state.StateCommand;
import dev.sloth.api.value.Text;
import dev.sloth.api.value.Value;
import java.io.IOException;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/// Functions on locks.
final class LockFunctions {
    private static final Duration WAIT_DEFAULT = Duration.ofSeconds(30);
    private static final Duration TTL_DEFAULT = Duration.ofSeconds(30);

    private LockFunctions() {}

    static List<Function> all() {
        return List.of(
                tryLock(), lock(), unlock(), withLock(), renewLock(), lockInfo(), isLocked());
    }

    /// The tokens of the locks that a script has taken, by name.
    private static final class Taken implements Keeper {
        private final Map<String, Value> tokens = new HashMap<>();

        static Taken of(Host host) {
            return host.keep(Taken.class, Taken::new);
        }

        @Override
        public void show(Consumer<Value> each) {
            tokens.forEach((name, token) -> {
                each.accept(Text.of(name));
                each.accept(token);
            });
        }
    }

    private static Function.Builder onLock(String name) {
        return StateModule.named(name).param("name", Type.STRING, "The name of the lock.");
    }

    private static Parameter timeout() {
        return Parameter.optional(
                "timeout", Type.DURATION, "How long to wait for it; 30 seconds if nil.");
    }

    private static Parameter token() {
        return Parameter.optional(
                "token", Type.NUMBER, "Its token; that of this script's own lock if nil.");
    }

    private static Function.Builder gives(Function.Builder function) {
        return function.returns("taken", Type.BOOLEAN, "Whether it was taken.")
                .returnsOrNil(
                        "token",
                        Type.INTEGER,
                        "Its token, greater than all before; give it to the functions that change"
                                + " what the lock is for, and they refuse once it is lost.");
    }

    private static Function tryLock() {
        return gives(onLock("try_lock"))
                .doc("Takes a lock if it is free and nobody waits for it.")
                .optional(
                        "ttl",
                        Type.DURATION,
                        "How long it is held unless renewed; 30 seconds if nil.")
                .body(call ->
                        taken(
                                call,
                                Asked.of(call).ask(wanted(call, ttl(call))),
                                call.text("name")));
    }

    private static Duration ttl(Call call) {
        return call.duration("ttl", TTL_DEFAULT);
    }

    private static StateCommand.Lock wanted(Call call, Duration ttl) {
        return new StateCommand.Lock(Asked.of(call).text("name"), call.host().self(), ttl);
    }

    private static List<Value> taken(Call call, Answer answer, String name) {
        if (!answer.done()) {
            return List.of(Value.Bool.FALSE);
        }
        Taken.of(call.host()).tokens.put(name, answer.value());
        return List.of(Value.Bool.TRUE, answer.value());
    }

    private static Function lock() {
        return gives(onLock("lock"))
                .doc(
                        "Takes a lock, waiting for it in the order in which all who wait have come."
                                + " It is held until it is given back or its time is up.")
                .param(timeout())
                .optional(
                        "ttl",
                        Type.DURATION,
                        "How long it is held unless renewed; 30 seconds if nil.")
                .example("local ok, token = state.lock(\"deploy\", \"5m\")")
                .body(call -> taken(call, waited(call, ttl(call)), call.text("name")));
    }

    private static Answer waited(Call call, Duration ttl) throws InterruptedException, IOException {
        var host = call.host();
        if (Transactions.of(host).current().isPresent()) {
            throw new CallFailure("a transaction waits for no lock: take the lock around it");
        }
        if (host.phase() == Host.Phase.DEFINE) {
            throw new CallFailure(
                    "no lock can be taken while the script is read for its definitions");
        }
        var timeout = call.duration("timeout", WAIT_DEFAULT);
        var state = host.state();
        return Asked.refusing(() -> host.blocking(() -> state.lock(wanted(call, ttl), timeout)));
    }

    private static Function unlock() {
        return onLock("unlock")
                .doc("Gives a lock back.")
                .param(token())
                .returns(
                        "done",
                        Type.BOOLEAN,
                        "False when it was not held with this token any more.")
                .body(call -> Results.bool(released(call, mine(call))));
    }

    /// @throws CallFailure when this script has no lock of that name, and somebody else has
    private static Value mine(Call call) throws InterruptedException, IOException {
        var name = call.text("name");
        var token = call.value("token");
        if (token != Value.Nil.NIL) {
            return token;
        }
        var known = Taken.of(call.host()).tokens.getOrDefault(name, Value.Nil.NIL);
        if (known == Value.Nil.NIL) {
            var standing = Asked.of(call).ask(new StateCommand.LockStanding(name));
            if (standing.done()) {
                throw new CallFailure(
                        "the lock '%s' is not this script's: %s holds it; whoever has its token can give it back, or `sloth-runner state unlock %s` takes it away"
                                .formatted(name, Asked.table(standing).at("holder"), name));
            }
        }
        return known;
    }

    private static boolean released(Call call, Value token)
            throws InterruptedException, IOException {
        var name = Asked.of(call).text("name");
        Taken.of(call.host()).tokens.remove(name, token);
        return token != Value.Nil.NIL
                && Asked.of(call).ask(new StateCommand.Unlock(name, Asked.token(token))).done();
    }

    private static Function withLock() {
        return onLock("with_lock")
                .doc(
                        "Takes a lock, calls a function, and gives the lock back, also when the"
                                + " function raises an error. The lock is renewed as long as the"
                                + " function runs; that it was lost meanwhile is an error.")
                .param("fn", Type.FUNCTION, "What to call, with the token of the lock.")
                .param(timeout())
                .returnsOrNil("values", Type.ANY, "What the function returned.")
                .example("state.with_lock(\"deploy\", function(token) deploy() end)")
                .body(LockFunctions::locked);
    }

    private static List<Value> locked(Call call) throws InterruptedException, IOException {
        var answer = waited(call, TTL_DEFAULT);
        var name = Asked.of(call).text("name");
        if (!answer.done()) {
            throw new CallFailure(
                    "the lock '%s' was not free within the time to wait for it; `sloth-runner state locks` shows who holds it"
                            .formatted(name));
        }
        long token = Asked.token(answer.value());
        Taken.of(call.host()).tokens.put(name, answer.value());
        var renew = new StateCommand.Renew(name, token, TTL_DEFAULT);
        boolean given = false;
        try (var _ = Renewal.start(call.host().state(), renew)) {
            var values = call.function("fn").call(List.of(answer.value()));
            given = true;
            refuseLost(call, name, answer.value());
            return values;
        } finally {
            if (!given) {
                boolean _ = released(call, answer.value());
            }
        }
    }

    /// A function that gave the lock back itself has not lost it.
    private static void refuseLost(Call call, String name, Value token)
            throws InterruptedException, IOException {
        boolean ours = token.equals(Taken.of(call.host()).tokens.get(name));
        if (ours && !released(call, token)) {
            throw new CallFailure(
                    "the lock '%s' was lost while its function ran, which has ended: others may have done the same meanwhile"
                            .formatted(name));
        }
    }

    private static Function renewLock() {
        return onLock("renew_lock")
                .doc("Holds a lock for so long from now on.")
                .param("ttl", Type.DURATION, "How long.")
                .param(token())
                .returns(
                        "done", Type.BOOLEAN, "False when it is not held with this token any more.")
                .body(call -> {
                    var token = mine(call);
                    if (token == Value.Nil.NIL) {
                        return Results.bool(false);
                    }
                    var renew =
                            new StateCommand.Renew(
                                    Asked.of(call).text("name"),
                                    Asked.token(token),
                                    call.duration("ttl"));
                    return Results.bool(Asked.of(call).ask(renew).done());
                });
    }

    private static Function lockInfo() {
        return onLock("lock_info")
                .doc("Who holds a lock.")
                .returnsOrNil(
                        "info",
                        Type.TABLE,
                        "name, holder, token, since, expires_in in seconds, and waiters, a list of"
                                + " who waits; nil when it is free.")
                .body(call -> List.of(standing(call).value()));
    }

    private static Answer standing(Call call) throws InterruptedException, IOException {
        return Asked.of(call).ask(new StateCommand.LockStanding(Asked.of(call).text("name")));
    }

    private static Function isLocked() {
        return onLock("is_locked")
                .doc("Whether somebody holds a lock.")
                .returns("locked", Type.BOOLEAN, "Whether it is held.")
                .body(call -> Results.bool(standing(call).done()));
    }
}
