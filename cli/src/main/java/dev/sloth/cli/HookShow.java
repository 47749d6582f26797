package dev.sloth.cli;

import dev.sloth.cli.view.Format;
import dev.sloth.cli.view.Took;
import dev.sloth.core.hook.Hooks;
import dev.sloth.core.store.event.HookRow;
import java.util.ArrayList;
import java.util.List;

/// `hook show`: all that is known of a hook.
final class HookShow implements Command {
    @Override
    public Spec spec() {
        return HookFamily.onHook("show", "Shows all that is known of a hook.");
    }

    @Override
    public int run(Given given) {
        var format = given.documentFormat();
        try (var events = EventsFamily.open(given)) {
            var hooks = events.hooks();
            var hook = HookFamily.hook(hooks, given.positionals().getFirst());
            var counts = hooks.counts(hook);
            if (format == Format.TEXT) {
                given.caller().print(lines(hook, counts));
            } else {
                given.caller().out().print(HookFamily.document(hook, counts).as(format));
            }
        }
        return Exit.OK;
    }

    private static List<String> lines(HookRow hook, Hooks.Counts counts) {
        var lines = new ArrayList<String>();
        lines.add("hook      " + hook.name() + (hook.enabled() ? "" : ", switched off"));
        if (!hook.description().isEmpty()) {
            lines.add("          " + hook.description());
        }
        lines.add("file      " + hook.file());
        lines.add("types     " + HookFamily.types(hook));
        if (!hook.condition().isEmpty()) {
            lines.add("when      " + hook.condition());
        }
        lines.add(
                "tries     %d, each of at most %s"
                        .formatted(hook.attempts(), Took.text(hook.timeout())));
        lines.add("added     " + RunDocuments.exactly(hook.addedAt()));
        lines.add(
                "events    %d pending, %d done, %d dead"
                        .formatted(counts.pending(), counts.done(), counts.dead()));
        if (counts.dead() > 0) {
            lines.add("          `sloth-runner hook dead " + hook.name() + "` shows the dead ones");
        }
        return lines;
    }
}
