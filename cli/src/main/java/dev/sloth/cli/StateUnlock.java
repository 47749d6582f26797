package dev.sloth.cli;

import dev.sloth.api.state.SharedState;
import dev.sloth.api.state.StateCommand;
import dev.sloth.api.state.StateRefusal;
import dev.sloth.cli.view.Document;
import dev.sloth.cli.view.Format;

/// `state unlock`: takes a lock away.
final class StateUnlock implements Command {
    private static final int TRIES_MAX = 10;

    @Override
    public Spec spec() {
        var spec =
                StateFamily.child(
                        "unlock",
                        "Takes a lock away from whoever holds it, and says from whom.",
                        "",
                        "Who held it is not told, but can change nothing with its token any more."
                                + " For example: `sloth-runner state unlock deploy/web`.");
        spec.addPositional(Specs.positionals("NAME", 1, 1, "The name of the lock."));
        spec.addOption(Specs.text("N", "Only if it was taken with this token.", StateFamily.TOKEN));
        return spec;
    }

    @Override
    public int run(Given given) {
        var format = given.documentFormat();
        var name = given.positionals().getFirst();
        var token = StateFamily.token(given);
        StateLocks.Lock taken;
        try (var state = StateFamily.open(given)) {
            taken = take(state, name, token.orElse(0L));
        }
        if (format == Format.TEXT) {
            given.caller()
                    .print(
                            "took %s away from %s (token %d)"
                                    .formatted(name, taken.holder(), taken.token()));
        } else {
            given.caller()
                    .out()
                    .print(new Document().with("unlocked", taken.document()).as(format));
        }
        return Exit.OK;
    }

    /// Whoever is told to have lost it is who has.
    private static StateLocks.Lock take(OpenState state, String name, long token) {
        for (int i = 0; i < TRIES_MAX; i++) {
            var transaction = state.begin();
            var standing = transaction.ask(new StateCommand.LockStanding(name));
            if (!standing.done()) {
                throw StateProblems.absent(
                        "nobody holds the lock '" + name + "'",
                        "`sloth-runner state locks` shows those that are held");
            }
            var lock = StateLocks.Lock.of(standing.value());
            if (token != 0 && token != lock.token()) {
                throw new StateRefusal(
                        StateRefusal.Reason.STALE,
                        "the lock '%s' is held by %s, with another token than %d"
                                .formatted(name, lock.holder(), token));
            }
            if (taken(transaction, name) && transaction.commit()) {
                return lock;
            }
        }
        throw new StateRefusal(
                StateRefusal.Reason.CONFLICT,
                "the lock '%s' went from hand to hand all the time".formatted(name));
    }

    private static boolean taken(SharedState.Transaction transaction, String name) {
        try {
            return transaction.ask(new StateCommand.Break(name)).done();
        } catch (StateRefusal e) {
            if (e.reason() == StateRefusal.Reason.CONFLICT) {
                return false;
            }
            throw e;
        }
    }
}
