package dev.sloth.cli;

import dev.sloth.core.store.event.DeliveryRow;
import dev.sloth.core.store.event.DeliveryRow.State;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Set;

/// `hook dead`: what failed for good.
final class HookDead implements Command {
    private static final int LIMIT_DEFAULT = 100;
    private static final int LIMIT_MAX = 10_000;

    @Override
    public Spec spec() {
        var spec =
                EventsFamily.child(
                        "dead",
                        "Lists deliveries that failed as often as they are tried, the newest first.",
                        "",
                        "`sloth-runner hook retry N` tries one anew, `sloth-runner hook drop N` gives"
                                + " it up.");
        spec.addPositional(Specs.positionals("NAME", 0, 1, "Only those of this hook."));
        spec.addOption(
                Specs.text(
                        "N",
                        "How many of each hook at most, up to %d; %d unless said."
                                .formatted(LIMIT_MAX, LIMIT_DEFAULT),
                        "--limit"));
        return spec;
    }

    @Override
    public int run(Given given) {
        var format = given.documentFormat();
        int limit = EventsList.limit(given, LIMIT_DEFAULT, LIMIT_MAX);
        var dead = new ArrayList<DeliveryRow>();
        try (var events = EventsFamily.open(given)) {
            var hooks = events.hooks();
            var wanted = new ArrayList<>(hooks.list());
            if (!given.positionals().isEmpty()) {
                var hook = HookFamily.hook(hooks, given.positionals().getFirst());
                wanted.removeIf(other -> other.number() != hook.number());
            }
            wanted.forEach(hook -> dead.addAll(hooks.deliveries(hook, Set.of(State.DEAD), limit)));
        }
        dead.sort(Comparator.comparingLong(DeliveryRow::number).reversed());
        HookHistory.show(given, format, dead);
        return Exit.OK;
    }
}
