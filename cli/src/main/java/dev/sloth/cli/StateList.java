package dev.sloth.cli;

import dev.sloth.api.state.StateCommand;
import dev.sloth.api.value.Value;
import dev.sloth.cli.view.Document;
import dev.sloth.cli.view.Format;
import dev.sloth.cli.view.TextTable;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// `state list`: the keys of a namespace.
final class StateList implements Command {
    private static final int LIMIT_DEFAULT = 1_000;
    private static final int LIMIT_MAX = 10_000;
    private static final String LIMIT = "--limit";
    private static final String AFTER = "--after";
    private static final String LONG = "--long";

    @Override
    public Spec spec() {
        var spec =
                StateFamily.child(
                        "list",
                        "Lists the keys that there are, sorted by their bytes.",
                        "",
                        "For example: `sloth-runner state list 'release/*' -l`.");
        spec.addPositional(Specs.positionals("PATTERN", 0, 1, StateFamily.PATTERN));
        spec.addOption(
                Specs.text(
                        "N",
                        "How many at most, up to %d; %d unless said."
                                .formatted(LIMIT_MAX, LIMIT_DEFAULT),
                        LIMIT));
        spec.addOption(Specs.text("KEY", "Only keys behind this one: the next page.", AFTER));
        spec.addOption(
                Specs.flag(
                        "Shows type, size and time to live of each; a document always does.",
                        "-l",
                        LONG));
        return spec;
    }

    /// One key.
    ///
    /// @param ttl seconds that it has left; -1 for ever
    private record Row(String key, String type, long size, double ttl) {
        Document document() {
            return new Document()
                    .with("key", key)
                    .with("type", type)
                    .with("size", size)
                    .with("ttl", ttl);
        }
    }

    @Override
    public int run(Given given) {
        var format = given.documentFormat();
        int limit = limit(given);
        boolean all = format != Format.TEXT || given.has(LONG);
        var rows = new ArrayList<Row>();
        Optional<String> next = Optional.empty();
        try (var state = StateFamily.open(given)) {
            var ask =
                    new StateCommand.Keys(
                            StateFamily.pattern(given), given.text(AFTER, ""), limit + 1);
            var keys = texts(state.ask(ask).value());
            if (keys.size() > limit) {
                next = Optional.of(keys.get(limit - 1));
            }
            for (var key : keys.subList(0, Math.min(limit, keys.size()))) {
                (all ? row(state, key) : Optional.of(new Row(key, "", 0, 0))).ifPresent(rows::add);
            }
        }
        show(given, format, rows, next);
        return Exit.OK;
    }

    static List<String> texts(Value list) {
        return ((Value.Table) list)
                .entries().stream().map(entry -> entry.value().toString()).toList();
    }

    /// Empty when it is gone meanwhile.
    private static Optional<Row> row(OpenState state, String key) {
        var size = state.ask(new StateCommand.Size(key));
        if (!size.done()) {
            return Optional.empty();
        }
        return Optional.of(
                new Row(
                        key,
                        state.ask(new StateCommand.Type(key)).value().toString(),
                        (long) number(size.value()),
                        number(state.ask(new StateCommand.Ttl(key)).value())));
    }

    private static double number(Value value) {
        return ((Value.Num) value).value();
    }

    private static int limit(Given given) {
        var word = given.text(LIMIT, Integer.toString(LIMIT_DEFAULT));
        if (word.matches("[0-9]{1,5}")) {
            int limit = Integer.parseInt(word);
            if (limit >= 1 && limit <= LIMIT_MAX) {
                return limit;
            }
        }
        throw StateFamily.wrong(
                "--limit cannot be '" + word + "'",
                "it must be a whole number from 1 to " + LIMIT_MAX);
    }

    private static void show(Given given, Format format, List<Row> rows, Optional<String> next) {
        var caller = given.caller();
        if (format != Format.TEXT) {
            var document =
                    new Document()
                            .with("keys", rows.stream().map(Row::document).toList())
                            .with("next", next.orElse(""));
            caller.out().print(document.as(format));
            return;
        }
        var table =
                given.has(LONG)
                        ? new TextTable("KEY", "TYPE", "SIZE", "TTL")
                        : new TextTable("KEY");
        for (var row : rows) {
            if (given.has(LONG)) {
                table.row(row.key(), row.type(), Sizes.text(row.size()), StateText.left(row.ttl()));
            } else {
                table.row(row.key());
            }
        }
        var lines = table.lines(ScreenWidth.ofTable(caller));
        caller.print(given.has(LONG) ? lines : lines.subList(1, lines.size()));
        next.ifPresent(key -> caller.print("more: --after '" + key + "'"));
    }
}
