package dev.sloth.cli;

import dev.sloth.api.state.StateCommand;
import dev.sloth.api.value.Value;
import dev.sloth.cli.view.Document;
import dev.sloth.cli.view.Format;
import dev.sloth.cli.view.TextTable;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/// `state locks`: who holds what, and who waits for it.
final class StateLocks implements Command {
    private static final double MILLIS = 1e3;

    @Override
    public Spec spec() {
        var spec =
                StateFamily.child(
                        "locks",
                        "Shows the locks that are held: by whom, for how long, and who waits.",
                        "",
                        "For example: `sloth-runner state locks 'deploy/*'`.");
        spec.addPositional(Specs.positionals("PATTERN", 0, 1, StateFamily.PATTERN));
        return spec;
    }

    /// One lock that is held.
    ///
    /// @param expiresIn seconds
    record Lock(
            String name,
            String holder,
            long token,
            Instant since,
            double expiresIn,
            List<String> waiters) {
        /// @param standing as it is answered
        static Lock of(Value standing) {
            var table = (Value.Table) standing;
            return new Lock(
                    table.at("name").toString(),
                    table.at("holder").toString(),
                    (long) number(table, "token"),
                    Instant.ofEpochMilli(Math.round(number(table, "since") * MILLIS)),
                    number(table, "expires_in"),
                    StateList.texts(table.at("waiters")));
        }

        private static double number(Value.Table table, String name) {
            return ((Value.Num) table.at(name)).value();
        }

        Document document() {
            return new Document()
                    .with("name", name)
                    .with("holder", holder)
                    .with("token", token)
                    .with("since", since)
                    .with("expires_in", expiresIn)
                    .with("waiters", waiters);
        }
    }

    @Override
    public int run(Given given) {
        var format = given.documentFormat();
        var locks = new ArrayList<Lock>();
        try (var state = StateFamily.open(given)) {
            var names = state.ask(new StateCommand.Locks(StateFamily.pattern(given))).value();
            for (var name : StateList.texts(names)) {
                var standing = state.ask(new StateCommand.LockStanding(name));
                if (standing.done()) {
                    locks.add(Lock.of(standing.value()));
                }
            }
        }
        show(given.caller(), format, locks);
        return Exit.OK;
    }

    private static void show(Caller caller, Format format, List<Lock> locks) {
        if (format != Format.TEXT) {
            var document =
                    new Document().with("locks", locks.stream().map(Lock::document).toList());
            caller.out().print(document.as(format));
            return;
        }
        if (locks.isEmpty()) {
            caller.print("no locks are held");
            return;
        }
        var table = new TextTable("LOCK", "HOLDER", "TOKEN", "SINCE", "EXPIRES IN", "WAITERS");
        for (var lock : locks) {
            table.row(
                    lock.name(),
                    lock.holder(),
                    Long.toString(lock.token()),
                    RunDocuments.when(lock.since()),
                    StateText.left(lock.expiresIn()),
                    String.join(", ", lock.waiters()));
        }
        caller.print(table.lines(ScreenWidth.ofTable(caller)));
    }
}
