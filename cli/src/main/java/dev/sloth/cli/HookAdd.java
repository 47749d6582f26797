package dev.sloth.cli;

import dev.sloth.api.event.HookBook.Put;
import dev.sloth.api.event.HookWish;
import dev.sloth.api.event.HookWish.Power;
import dev.sloth.cli.view.Format;
import dev.sloth.core.hook.NewHook;
import dev.sloth.core.store.event.HookRow;

/// `hook add`: from now on a file reacts to events.
final class HookAdd implements Command {
    private static final String FILE = "--file";
    private static final String WHEN = "--when";
    private static final String DESCRIPTION = "--description";
    private static final String TIMEOUT = "--timeout";
    private static final String ATTEMPTS = "--attempts";
    private static final String DISABLED = "--disabled";
    private static final String REPLACE = "--replace";

    @Override
    public Spec spec() {
        var spec =
                EventsFamily.child(
                        "add",
                        "Lets a file react to what happens from now on.",
                        "",
                        "The file is looked at now, and read anew for each event. Without --type it"
                                + " gets the types that it names itself as event_types, or all;"
                                + " without NAME the name that it says, or else that of the file"
                                + " without its ending.",
                        "",
                        "For example: `sloth-runner hook add page --file page.lua --type run.failed"
                                + " --when 'event.data.workflow == \"deploy\"'`.");
        spec.addPositional(
                Specs.positionals("NAME", 0, 1, "The hook's name; that of the file unless said."));
        spec.addOption(Specs.text("FILE", "The hook's script. Needed.", "-f", FILE));
        spec.addOption(
                Specs.many(
                        "TYPE",
                        "Events to be told of, such as task.failed or `run.*`. May be given several"
                                + " times.",
                        EventsFamily.TYPE));
        spec.addOption(
                Specs.text(
                        "EXPR",
                        "Only events for which this Lua expression over `event` holds.",
                        WHEN));
        spec.addOption(Specs.text("TEXT", "What it is for.", DESCRIPTION));
        spec.addOption(Specs.text("TIME", "How long one call may take; 30s unless said.", TIMEOUT));
        spec.addOption(
                Specs.text(
                        "N",
                        "How often an event is tried before it is dead; %d unless said."
                                .formatted(NewHook.ATTEMPTS),
                        ATTEMPTS));
        spec.addOption(Specs.flag("It is added, but switched off.", DISABLED));
        spec.addOption(
                Specs.flag(
                        "Gives a hook of the same name these settings: it is owed what it was owed,"
                                + " and is switched as it was.",
                        REPLACE));
        return spec;
    }

    @Override
    public int run(Given given) {
        var format = given.documentFormat();
        var wish = wish(given);
        try (var events = EventsFamily.open(given)) {
            var kept = events.book().checked(wish);
            var put = kept.put();
            var hooks = events.hooks();
            var hook = HookFamily.hook(hooks, kept.name());
            if (format == Format.TEXT) {
                given.caller().print(text(put, hook));
            } else {
                var document =
                        HookFamily.document(hook, hooks.counts(hook))
                                .with("changed", put != Put.SAME);
                given.caller().out().print(document.as(format));
            }
        }
        return Exit.OK;
    }

    private static String text(Put put, HookRow hook) {
        var what = hook.name() + " for " + HookFamily.types(hook);
        return switch (put) {
            case ADDED -> "added " + what + "; it is called while `sloth-runner serve` runs";
            case REPLACED -> "replaced " + what + "; it is owed what it was owed";
            case SAME -> "there is " + what + " already, just so";
        };
    }

    private static HookWish wish(Given given) {
        if (!given.has(FILE)) {
            throw StateFamily.wrong("say which file reacts", "add --file FILE");
        }
        return new HookWish(
                given.positionals().stream().findFirst(),
                given.caller().folder().resolve(given.text(FILE, "")),
                EventsFamily.types(given).patterns(),
                given.text(WHEN, ""),
                given.text(DESCRIPTION, ""),
                given.has(DISABLED) ? Power.OFF : Power.AS_IT_IS,
                StateFamily.time(given, TIMEOUT).orElse(NewHook.TIMEOUT),
                attempts(given),
                given.has(REPLACE));
    }

    private static int attempts(Given given) {
        var word = given.text(ATTEMPTS, Integer.toString(NewHook.ATTEMPTS));
        if (word.matches("[0-9]{1,3}")) {
            return Integer.parseInt(word);
        }
        throw StateFamily.wrong(
                ATTEMPTS + " cannot be '" + word + "'",
                "it must be a whole number from 1 to " + NewHook.ATTEMPTS_MAX);
    }
}
