package dev.sloth.cli;

import dev.sloth.cli.view.Document;
import dev.sloth.cli.view.Format;
import dev.sloth.cli.view.TextTable;
import dev.sloth.core.store.event.DeliveryRow;
import dev.sloth.core.store.event.DeliveryRow.State;
import java.util.EnumSet;
import java.util.List;

/// `hook history`: what a hook was told, and what came of it.
final class HookHistory implements Command {
    private static final int LIMIT_DEFAULT = 20;
    private static final int LIMIT_MAX = 10_000;
    private static final String OUTPUT = "--with-output";

    @Override
    public Spec spec() {
        var spec =
                HookFamily.onHook(
                        "history",
                        "Shows what a hook was told and what came of it, the newest first.");
        spec.addOption(
                Specs.text(
                        "N",
                        "How many at most, up to %d; %d unless said."
                                .formatted(LIMIT_MAX, LIMIT_DEFAULT),
                        "--limit"));
        spec.addOption(Specs.flag("Shows what each said, too; a document always does.", OUTPUT));
        return spec;
    }

    @Override
    public int run(Given given) {
        var format = given.documentFormat();
        int limit = EventsList.limit(given, LIMIT_DEFAULT, LIMIT_MAX);
        try (var events = EventsFamily.open(given)) {
            var hooks = events.hooks();
            var hook = HookFamily.hook(hooks, given.positionals().getFirst());
            show(given, format, hooks.deliveries(hook, EnumSet.allOf(State.class), limit));
        }
        return Exit.OK;
    }

    static void show(Given given, Format format, List<DeliveryRow> deliveries) {
        var caller = given.caller();
        if (format != Format.TEXT) {
            var all = deliveries.stream().map(HookFamily::document).toList();
            caller.out().print(new Document().with("deliveries", all).as(format));
            return;
        }
        if (deliveries.isEmpty()) {
            caller.print("no deliveries");
            return;
        }
        var table =
                new TextTable(
                        "DELIVERY",
                        "EVENT",
                        "TYPE",
                        "SUBJECT",
                        "STATE",
                        "TRIES",
                        "WHEN",
                        "MESSAGE");
        for (var delivery : deliveries) {
            table.row(
                    Long.toString(delivery.number()),
                    delivery.event(),
                    delivery.type(),
                    delivery.subject(),
                    HookFamily.state(delivery),
                    Integer.toString(delivery.attempts()),
                    RunDocuments.when(delivery.due()),
                    delivery.message().lines().findFirst().orElse(""));
        }
        caller.print(table.lines(ScreenWidth.ofTable(caller)));
        if (given.has(OUTPUT)) {
            deliveries.stream()
                    .filter(delivery -> !delivery.output().isEmpty())
                    .forEach(delivery -> {
                        caller.print("");
                        caller.print("delivery " + delivery.number() + ":");
                        caller.print(delivery.output().lines().toList());
                    });
        }
    }
}
